"""A month's report of signals: which ones it lists, and what came of them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Self

from ledger.school.calendar import local_day
from ledger.signals.facts import (
    QuestionAnswered,
    ReportedSignal,
    SignalOutcome,
    SignalStatus,
    TeacherAsked,
)
from ledger.signals.state import Act, Handled
from web.signals.found import FoundSignal, FoundSignals

# A line of the ledger has room for so many; of those that nobody has looked at, the strongest.
LISTED_AT_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class MonthReport:
    """What a report of a month would say now: every signal that is open, or was acted on in it.

    `unlisted` counts signals for which it has no room, all of them weaker ones that nobody has
    looked at. `asked` and `answered` count questions and answers of the month, `outcomes` what
    came of the signals that were closed in it.
    """

    month: str
    listed: tuple[FoundSignal, ...]
    unlisted: int
    asked: int
    answered: int
    outcomes: Mapping[SignalOutcome, int]
    tested: int
    position: int

    @classmethod
    def of(cls, found: FoundSignals, month: str) -> Self:
        concerned = [one for one in found.signals if _belongs(one, month)]
        known = [one for one in concerned if one.status is not SignalStatus.NEW]
        new = [one for one in concerned if one.status is SignalStatus.NEW]
        listed = (known + new)[:LISTED_AT_MOST]
        acts = [act for one in concerned for act in _acts_in(one.handled, month)]
        closed = [one.handled.closed for one in known if one.handled and one.handled.closed]
        return cls(
            month=month,
            listed=tuple(listed),
            unlisted=len(concerned) - len(listed),
            asked=sum(isinstance(act.fact, TeacherAsked) for act in acts),
            answered=sum(isinstance(act.fact, QuestionAnswered) for act in acts),
            outcomes=Counter(act.fact.outcome for act in closed),
            tested=found.tested,
            position=found.position,
        )

    @property
    def reported(self) -> tuple[ReportedSignal, ...]:
        """The listed signals as the ledger keeps them."""
        return tuple(
            ReportedSignal(signal_id=one.signal_id, status=one.status) for one in self.listed
        )

    @property
    def fingerprint(self) -> str:
        """What a form sends back, so that nothing is submitted that was not shown."""
        listed = (f"{one.signal_id} {one.status}" for one in self.reported)
        return sha256("\n".join(listed).encode()).hexdigest()

    @property
    def total(self) -> int:
        return len(self.listed) + self.unlisted

    def count(self, *statuses: SignalStatus) -> int:
        """How many signals are in one of these states."""
        unseen = self.unlisted if SignalStatus.NEW in statuses else 0
        return sum(one.status in statuses for one in self.listed) + unseen

    def parts(self) -> Sequence[tuple[SignalStatus, Sequence[FoundSignal]]]:
        """The listed signals by what became of them, what needs the principal first."""
        return [
            (status, of_it)
            for status in _ORDER
            if (of_it := [one for one in self.listed if one.status is status])
        ]


_ORDER: Final = (
    SignalStatus.ESCALATED,
    SignalStatus.CLOSED,
    SignalStatus.EXPLAINED,
    SignalStatus.ANSWERED,
    SignalStatus.ASKED,
    SignalStatus.SEEN,
    SignalStatus.NEW,
)


def month_of(act: Act) -> str:
    """The month of an act in Việt Nam, "2026-10"."""
    return f"{local_day(act.at):%Y-%m}"


def _belongs(one: FoundSignal, month: str) -> bool:
    return one.status is not SignalStatus.CLOSED or any(_acts_in(one.handled, month))


def _acts_in(handled: Handled | None, month: str) -> Iterator[Act]:
    for act in handled.acts if handled else ():
        if month_of(act) == month:
            yield act
