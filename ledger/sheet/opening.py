"""Opening a sheet, and the people who join and leave it."""

from ledger.sheet import commands, facts, refusals
from ledger.sheet.guards import known_column, only_for
from ledger.sheet.state import Sheet
from ledger.vocabulary import Role, columns_of

_SETS_UP = (Role.ADMINISTRATOR, Role.VICE_PRINCIPAL, Role.PRINCIPAL, Role.SYSTEM)


def open_sheet(command: commands.OpenSheet, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, *_SETS_UP)
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
    only_for(command.by, *_SETS_UP)
    if command.teacher in sheet.teachers:
        return []
    return [facts.TeacherJoinedSheet(teacher=command.teacher)]


def remove_teacher(command: commands.RemoveTeacher, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, *_SETS_UP)
    if command.teacher not in sheet.teachers:
        return []
    if len(sheet.teachers) == 1:
        raise refusals.SheetNeedsATeacher
    return [facts.TeacherLeftSheet(teacher=command.teacher)]


def change_homeroom_teacher(
    command: commands.ChangeHomeroomTeacher, sheet: Sheet
) -> list[facts.AnyFact]:
    only_for(command.by, *_SETS_UP)
    if command.teacher == sheet.homeroom_teacher:
        return []
    return [facts.HomeroomTeacherChanged(teacher=command.teacher)]


def add_pupil(command: commands.AddPupil, sheet: Sheet) -> list[facts.AnyFact]:
    """A newcomer goes to the end of the list; who comes back gets the old number again."""
    only_for(command.by, *_SETS_UP)
    if command.pupil in sheet.numbers and command.pupil not in sheet.left:
        return []
    free = max(sheet.numbers.values(), default=0) + 1
    number = sheet.numbers.get(command.pupil, free)
    return [facts.PupilJoinedSheet(pupil=command.pupil, number=number)]


def remove_pupil(command: commands.RemovePupil, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, *_SETS_UP)
    if command.pupil not in sheet.numbers:
        raise refusals.PupilNotOnSheet(pupils=[command.pupil])
    if command.pupil in sheet.left:
        return []
    return [facts.PupilLeftSheet(pupil=command.pupil)]


def move_deadline(command: commands.MoveDeadline, sheet: Sheet) -> list[facts.AnyFact]:
    """The principal sets the dates (regulation, Điều 11.1), since moving one may open a column."""
    only_for(command.by, Role.PRINCIPAL)
    known_column(sheet, command.deadline.column)
    if sheet.deadlines.get(command.deadline.column) == command.deadline.at:
        return []
    return [facts.DeadlineMoved(deadline=command.deadline, reason=command.reason)]
