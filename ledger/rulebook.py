"""One kind of stream, as the application knows it: its empty state, its rules and its fold."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.command import Command
from ledger.line import Fact, Line
from ledger.reader import Reader


def _nothing(_command: Any, _facts: Sequence[Fact], _after: Any, _reader: Reader) -> list[Command]:  # noqa: ANN401  (of any room)
    return []


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What decides the commands of one room.

    A state has a `version`, which counts the lines of its stream. `carry` tells what the facts of
    a command mean to other streams (a new teacher of a class joins its sheets): commands that are
    decided by their own rulebooks and recorded in the same append, all of them or none. They have
    the author, moment and id of the command that they follow from.
    """

    nothing_yet: Any
    decide: Callable[[Any, Any, Reader], Sequence[Fact]]
    evolve: Callable[[Any, Iterable[Line]], Any]
    carry: Callable[[Any, Sequence[Fact], Any, Reader], Sequence[Command]] = _nothing
