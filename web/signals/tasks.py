"""What signals ask of a person today, for the first page."""

from dataclasses import dataclass
from typing import Final

from ledger.school.calendar import local_day
from ledger.signals.facts import SignalStatus
from ledger.signals.state import Signals
from ledger.supervision.rules import months_of
from ledger.vocabulary import Role
from web.access.identity import SignedIn
from web.desk import Desk
from web.progress.semesters import ChosenSemester
from web.signals.at_hand import LEADERS
from web.signals.questions import waiting_for


@dataclass(frozen=True, slots=True)
class SignalTasks:
    """Questions to answer; and for leaders how many signals wait to be looked at and judged.

    `judge` counts those that were answered or explained, `decide` those that lie before the
    principal. `report` is the last month that nobody has reported, `receive` are the months that
    the principal has not received.
    """

    to_answer: int = 0
    school_year: str = ""
    new: int = 0
    judge: int = 0
    decide: int = 0
    report: str = ""
    receive: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        counts = (self.to_answer, self.new, self.judge, self.decide)
        return any(counts) or bool(self.report or self.receive)


def signal_tasks(desk: Desk, user: SignedIn) -> SignalTasks:
    """The tasks of the person in the year of today; answers are owed in every year."""
    to_answer = waiting_for(desk, user.person)
    chosen = ChosenSemester.of(desk, "") if user.may_act_as(*LEADERS) else None
    if chosen is None:
        return SignalTasks(to_answer=to_answer)
    signals = desk.ledger.signals(chosen.school_year)
    statuses = [one.status for one in signals.of.values()]
    watches = Role.VICE_PRINCIPAL in user.roles
    decides = user.may_act_as(Role.PRINCIPAL)
    return SignalTasks(
        to_answer=to_answer,
        school_year=chosen.school_year,
        new=_new(desk, chosen.school_year, signals) if watches else 0,
        judge=sum(one in _TO_JUDGE for one in statuses) if watches else 0,
        decide=statuses.count(SignalStatus.ESCALATED) if decides else 0,
        report=_to_report(desk, chosen.school_year, signals) if watches else "",
        receive=_to_receive(signals) if decides else (),
    )


_TO_JUDGE: Final = frozenset({SignalStatus.ANSWERED, SignalStatus.EXPLAINED})


def _new(desk: Desk, school_year: str, signals: Signals) -> int:
    # The first page waits for no screen that could be made beside it.
    screened = desk.anomalies.screened_lately(school_year)
    return sum(one.signal_id not in signals.of for one in screened.signals)


def _to_report(desk: Desk, school_year: str, signals: Signals) -> str:
    """The last month that is over, where it was not reported."""
    now = f"{local_day(desk.clock()):%Y-%m}"
    year = desk.ledger.year(school_year)
    over = [month for month in months_of(year) if month < now] if year.planned else []
    return over[-1] if over and over[-1] not in signals.reports else ""


def _to_receive(signals: Signals) -> tuple[str, ...]:
    return tuple(month for month, sent in signals.reports.items() if not sent[-1].received)
