"""Tell a rule of any room as a story: after this, when that is asked, then these facts or a no."""

from dataclasses import dataclass
from typing import Any

import pytest

from ledger.command import Command
from ledger.line import Fact, Line
from ledger.reader import Reader
from ledger.refusal import Refused
from ledger.rulebook import Rulebook
from tests.scenario import lines_of


@dataclass(frozen=True)
class Asked:
    """A command given to a room, after what happened there before."""

    rulebook: Rulebook
    past: list[Line]
    command: Command
    known: Reader

    def then(self, *expected: Fact) -> Any:  # noqa: ANN401  (a room's state)
        """Exactly these facts, in this order; the state after them, for the room lives with it."""
        before = self._before()
        decided = self.rulebook.decide(self.command, before, self.known)
        assert list(decided) == list(expected)
        by, at = self.command.by, self.command.at
        lines = lines_of([(fact, by, at) for fact in decided], after=before.version)
        return self.rulebook.evolve(before, lines)

    def then_refused(self, reason: type[Refused], /, **details: object) -> None:
        """This very reason; of the details, those that are given here."""
        with pytest.raises(Refused) as caught:
            self.rulebook.decide(self.command, self._before(), self.known)
        assert type(caught.value) is reason
        assert {name: caught.value.details.get(name) for name in details} == details

    def _before(self) -> Any:  # noqa: ANN401  (a room's state)
        return self.rulebook.evolve(self.rulebook.nothing_yet, self.past)


@dataclass(frozen=True)
class Given:
    """What happened in a room before, and what its rules can look at."""

    rulebook: Rulebook
    past: list[Line]
    known: Reader

    def when(self, command: Command) -> Asked:
        return Asked(self.rulebook, self.past, command, self.known)
