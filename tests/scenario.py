"""Tell a rule as a story: given these facts, when this is asked, then these facts or a refusal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import pytest

from ledger.line import Fact, Line
from ledger.refusal import Refused
from ledger.sheet.commands import AnyCommand
from ledger.sheet.decide import decide
from ledger.sheet.state import Sheet, evolve, replay
from ledger.vocabulary import Author, CommandId
from tests.school import EARLIER, LAN, SHEET, numbered_id

Past = Fact | tuple[Fact, Author, datetime]


def lines_of(past: Iterable[Past], *, after: int = 0) -> list[Line]:
    """The facts as lines of one stream; a bare fact is written by the teacher, an hour ago."""
    lines = []
    for version, told in enumerate(past, after + 1):
        fact, by, at = (told, LAN.author, EARLIER) if isinstance(told, Fact) else told
        lines.append(Line(SHEET, version, fact, by, at, CommandId(numbered_id(version))))
    return lines


@dataclass(frozen=True)
class Asked:
    """A command given to a sheet with a past."""

    past: list[Line]
    command: AnyCommand

    def then(self, *expected: Fact) -> None:
        """Exactly these facts, in this order; and the sheet can live with them."""
        sheet = replay(self.past)
        decided = decide(self.command, sheet)
        assert decided == list(expected)
        by, at = self.command.by, self.command.at
        evolve(sheet, lines_of([(fact, by, at) for fact in decided], after=sheet.version))

    def then_nothing_happens(self) -> None:
        self.then()

    def then_refused(self, reason: type[Refused], /, **details: object) -> None:
        """This very reason; of the details, those that are given here."""
        with pytest.raises(Refused) as caught:
            decide(self.command, replay(self.past))
        assert type(caught.value) is reason
        assert {name: caught.value.details.get(name) for name in details} == details


@dataclass(frozen=True)
class Given:
    """What has happened to a sheet."""

    past: list[Line]

    def when(self, command: AnyCommand) -> Asked:
        return Asked(self.past, command)

    @property
    def sheet(self) -> Sheet:
        return replay(self.past)


def given(*past: Past) -> Given:
    """Facts of the past, or triples of a fact, its author and its moment."""
    return Given(lines_of(past))
