"""Opening a sheet, and the people who join and leave it."""

from ledger.authority import SETS_UP, only_for
from ledger.sheet import commands, facts, refusals
from ledger.sheet.entering import with_voided
from ledger.sheet.guards import known_column, named_once, pupils_present
from ledger.sheet.state import Sheet
from ledger.vocabulary import Role, columns_of


def open_sheet(command: commands.OpenSheet, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, *SETS_UP)
    if sheet.opened:
        raise refusals.SheetAlreadyOpen
    if not command.teachers:
        raise refusals.SheetNeedsATeacher
    numbers = {entry.number for entry in command.pupils}
    pupils = {entry.pupil for entry in command.pupils}
    if not len(numbers) == len(pupils) == len(command.pupils):
        raise refusals.PupilsNumberedTwice
    columns = columns_of(command.regular_count)
    for deadline in command.deadlines:
        if deadline.column not in columns:
            raise refusals.NoSuchColumn(column=deadline.column)
    kept = command.model_dump(exclude={"command_id", "sheet_id", "by", "at", "regular_count"})
    return [facts.SheetOpened(columns=columns, **kept)]


def add_teacher(command: commands.AddTeacher, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, *SETS_UP)
    if command.teacher in sheet.teachers:
        return []
    return [facts.TeacherJoinedSheet(teacher=command.teacher)]


def remove_teacher(command: commands.RemoveTeacher, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, *SETS_UP)
    if command.teacher not in sheet.teachers:
        return []
    if len(sheet.teachers) == 1:
        raise refusals.SheetNeedsATeacher
    return [facts.TeacherLeftSheet(teacher=command.teacher)]


def change_homeroom_teacher(
    command: commands.ChangeHomeroomTeacher, sheet: Sheet
) -> list[facts.AnyFact]:
    only_for(command.by, *SETS_UP)
    if command.teacher == sheet.homeroom_teacher:
        return []
    return [facts.HomeroomTeacherChanged(teacher=command.teacher)]


def add_pupil(command: commands.AddPupil, sheet: Sheet) -> list[facts.AnyFact]:
    """A newcomer goes to the end of the list; who comes back gets the old number again."""
    only_for(command.by, *SETS_UP)
    if command.pupil in sheet.numbers and command.pupil not in sheet.left:
        return []
    free = command.number or max(sheet.numbers.values(), default=0) + 1
    number = sheet.numbers.get(command.pupil, free)
    if number in {kept for pupil, kept in sheet.numbers.items() if pupil != command.pupil}:
        raise refusals.PupilsNumberedTwice
    return [facts.PupilJoinedSheet(pupil=command.pupil, number=number)]


def remove_pupil(command: commands.RemovePupil, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, *SETS_UP)
    if command.pupil not in sheet.numbers:
        raise refusals.PupilNotOnSheet(pupils=[command.pupil])
    if command.pupil in sheet.left:
        return []
    return [facts.PupilLeftSheet(pupil=command.pupil)]


def move_deadline(command: commands.MoveDeadline, sheet: Sheet) -> list[facts.AnyFact]:
    """The principal sets the dates (regulation, Điều 11.1), since moving one may open a column."""
    only_for(command.by, Role.PRINCIPAL)
    known_column(sheet, command.deadline.column)
    if sheet.deadline_of(command.deadline.column) == command.deadline.at:
        return []
    return [facts.DeadlineMoved(deadline=command.deadline, reason=command.reason)]


def move_correction_day(command: commands.MoveCorrectionDay, sheet: Sheet) -> list[facts.AnyFact]:
    """It follows from the day of the final test (regulation, Điều 11.2), which the school sets."""
    only_for(command.by, *SETS_UP)
    if sheet.rules.last_day == command.last_day:
        return []
    return [facts.CorrectionDayMoved(last_day=command.last_day)]


def bring_marks(command: commands.BringMarks, sheet: Sheet) -> list[facts.AnyFact]:
    """Marks brought along fill empty cells only, whether or not the column is still open.

    They were given and made official elsewhere, so a lock that protects this sheet's own marks
    does not concern them; and they never replace a mark of this sheet.
    """
    only_for(command.by, *SETS_UP)
    for brought in command.marks:
        known_column(sheet, brought.column)
    pupils_present(sheet, [command.pupil])
    places = [(command.pupil, brought.column) for brought in command.marks]
    named_once(places)
    if misfits := [(command.pupil, b.column) for b in command.marks if not b.mark.fits(sheet.kind)]:
        raise refusals.MarkDoesNotFitSubject(cells=misfits, kind=sheet.kind)
    if taken := [place for place in places if not sheet.cell(place).mark.is_blank]:
        raise refusals.CellsHoldMarks(cells=taken)
    filled = (
        (place, _brought(command, mark))
        for place, mark in zip(places, command.marks, strict=True)
        if not mark.mark.is_blank
    )
    return list(with_voided(filled, sheet))


def _brought(command: commands.BringMarks, brought: commands.BroughtMark) -> facts.MarkBrought:
    return facts.MarkBrought(
        pupil=command.pupil,
        column=brought.column,
        after=brought.mark,
        provenance=command.provenance,
    )
