"""A line is a fact with its place in the ledger, its author and its moment."""

from datetime import datetime
from typing import ClassVar, NamedTuple
from uuid import UUID

from ledger.vocabulary import Author, CommandId, Value


class Fact(Value):
    """Something that has happened: past tense, immutable, its name never changed or reused."""

    NAME: ClassVar[str]
    SHAPE: ClassVar[int] = 1


class Line(NamedTuple):
    """One line of the ledger; a named tuple, since a replay makes hundreds of thousands of them.

    `version` counts from 1 within the stream, `position` from 1 within the whole ledger and is
    0 for a line not recorded yet. `at` is aware and says when the command was given.
    """

    stream_id: UUID
    version: int
    fact: Fact
    by: Author
    at: datetime
    command_id: CommandId
    position: int = 0
