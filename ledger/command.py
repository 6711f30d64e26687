"""A command asks for something; carried out, it becomes facts of one stream, or of several."""

from abc import ABC, abstractmethod
from typing import ClassVar
from uuid import UUID

from ledger.vocabulary import Author, CommandId, Moment, Value


class Command(Value, ABC):
    """A request by one person at one moment. `command_id` makes sending it twice harmless."""

    NAME: ClassVar[str]
    command_id: CommandId
    by: Author
    at: Moment

    @property
    @abstractmethod
    def stream_id(self) -> UUID:
        """The stream whose rules decide the command."""
