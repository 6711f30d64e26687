"""What supervision asks of a person today, for the first page."""

from dataclasses import dataclass

from ledger.school.year import Year
from ledger.vocabulary import Role
from projections.progress import ColumnProgress, Standing
from web.access.identity import SignedIn
from web.desk import Desk
from web.progress.departments import ProposalShown, proposals_shown
from web.progress.inspections import classes_due, month_of
from web.progress.scope import SEES_PROGRESS, WATCHES, Scope, departments_led
from web.progress.semesters import ChosenSemester


@dataclass(frozen=True, slots=True)
class SupervisionTasks:
    """Late columns that only an unlock opens again, numbers to watch, proposals, inspections.

    `late` are the person's own; `watched` counts the columns of all that the person watches over.
    `waiting` are proposals that the person is to answer, `answered` those to be closed.
    """

    late: tuple[ColumnProgress, ...] = ()
    watched: tuple[int, int] = (0, 0)
    waiting: tuple[ProposalShown, ...] = ()
    answered: tuple[ProposalShown, ...] = ()
    uninspected: tuple[str, ...] = ()
    month: str = ""

    def __bool__(self) -> bool:
        lists = (self.late, self.waiting, self.answered, self.uninspected)
        return any(lists) or any(self.watched)


def supervision_tasks(desk: Desk, user: SignedIn) -> SupervisionTasks:
    """The tasks of the person in the semester of today."""
    chosen = ChosenSemester.of(desk, "") if user.may_act_as(*SEES_PROGRESS) else None
    if chosen is None:
        return SupervisionTasks()
    year, moment = desk.ledger.year(chosen.school_year), desk.clock()
    supervision = desk.ledger.supervision(chosen.school_year)
    led = {one.department for one in departments_led(user, year)}
    to_answer = [one for one in supervision.proposals_to(user.person) if one.awaits_an_answer]
    to_close = [
        one
        for one in supervision.proposals.values()
        if one.made.department in led and one.answers and one.closed is None
    ]
    inspects = Role.VICE_PRINCIPAL in user.roles
    return SupervisionTasks(
        late=_late(desk, user, chosen),
        watched=_watched(desk, user, chosen, year),
        waiting=proposals_shown(desk, to_answer),
        answered=proposals_shown(desk, to_close),
        uninspected=tuple(classes_due(year, supervision, moment)) if inspects else (),
        month=month_of(moment),
    )


def _late(desk: Desk, user: SignedIn, chosen: ChosenSemester) -> tuple[ColumnProgress, ...]:
    """The person's own columns that are late and closed to entry; others are open tasks anyway."""
    if Role.SUBJECT_TEACHER not in user.roles:
        return ()
    own = desk.progress.columns(chosen.school_year, chosen.semester, teacher=user.person)
    moment = desk.clock()
    return tuple(
        one for one in own if one.standing(moment) is Standing.LATE and one.view.official_at(moment)
    )


def _watched(desk: Desk, user: SignedIn, chosen: ChosenSemester, year: Year) -> tuple[int, int]:
    """How many columns are late and coming due, of all that the person watches over."""
    if not user.may_act_as(*WATCHES):
        return 0, 0
    every = desk.progress.columns(chosen.school_year, chosen.semester)
    moment = desk.clock()
    standings = [one.standing(moment) for one in Scope.of(user, year).seen(every)]
    return standings.count(Standing.LATE), standings.count(Standing.COMING_DUE)
