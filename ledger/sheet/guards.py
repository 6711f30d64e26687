"""Guards that several rules share: who may act, and what the column allows at a moment."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from ledger.authority import only_for
from ledger.sheet import refusals
from ledger.sheet.state import Place, Sheet
from ledger.vocabulary import PERIODIC, Author, Mark, MarkState, PupilId, Role


def only_a_teacher_of(sheet: Sheet, by: Author) -> None:
    """Refuse everybody but a teacher of the sheet acting as one."""
    only_for(by, Role.SUBJECT_TEACHER)
    if by.person not in sheet.teachers:
        raise refusals.NotYourSheet


def known_column(sheet: Sheet, column: str) -> None:
    """Refuse a column the sheet does not have."""
    if column not in sheet.columns:
        raise refusals.NoSuchColumn(column=column)


def not_locked(sheet: Sheet, column: str, moment: datetime, cells: Iterable[Place] = ()) -> None:
    """Refuse a locked column, telling who locked it, when, why, and until when it was open."""
    if sheet.is_past_deadline(column, moment):
        due = sheet.deadlines[column]
        raise refusals.DeadlineHasPassed(
            column=column,
            deadline=due.deadline,
            by=due.by.person,
            role=due.by.role,
            at=due.at,
            reason=due.reason,
            cells=list(cells),
        )
    if not sheet.is_locked(column, moment):
        return
    decision = sheet.locks[column]
    raise refusals.SheetIsLocked(
        column=column,
        whole_sheet=decision.whole_sheet,
        by=decision.by.person,
        role=decision.by.role,
        at=decision.at,
        reason=decision.reason,
        until=decision.until,
        cells=list(cells),
    )


def named_once(places: Sequence[Place]) -> None:
    """Refuse a cell that stands twice in a batch: nobody could say which mark was meant."""
    if len(set(places)) < len(places):
        twice = {place for place in places if places.count(place) > 1}
        raise refusals.CellNamedTwice(cells=sorted(twice))


def zeros_by_rule_fit(marks: Iterable[tuple[Place, Mark]]) -> None:
    """Refuse the 0 for an absence outside the periodic tests (TT22 Điều 7)."""
    if zeros := [
        place
        for place, mark in marks
        if mark.state is MarkState.ZERO_BY_RULE and place[1] not in PERIODIC
    ]:
        raise refusals.ZeroByRuleIsForPeriodicTests(cells=zeros)


def pupils_listed(sheet: Sheet, pupils: Iterable[PupilId]) -> None:
    """Refuse pupils who were never on the sheet."""
    if strangers := set(pupils) - sheet.numbers.keys():
        raise refusals.PupilNotOnSheet(pupils=sorted(strangers))


def pupils_present(sheet: Sheet, pupils: Collection[PupilId]) -> None:
    """Refuse pupils who are not on the sheet, or who have left it."""
    pupils_listed(sheet, pupils)
    if sheet.left and (gone := sheet.left.intersection(pupils)):
        raise refusals.PupilHasLeft(pupils=sorted(gone))
