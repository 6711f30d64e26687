"""What the facts of a year mean to the score sheets: commands for each sheet they touch.

They are decided by the sheets' own rules and recorded in the same append, so a pupil is never in
the class list and missing from a sheet, and a deadline is never moved on some sheets only.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from ledger.command import Command
from ledger.line import Fact
from ledger.reader import Reader
from ledger.school import carrying_locks, commands, facts
from ledger.school.bringing import bring_along, bring_to_opened, bring_transferred
from ledger.school.opening import correction_day, sheets_to_open
from ledger.school.touched import Touched
from ledger.school.year import Year
from ledger.sheet import commands as sheet_commands
from ledger.sheet.facts import Deadline
from ledger.vocabulary import FINAL, PERIODIC, PupilId, columns_of

_Carried = Iterable[Command]


def carry(
    command: commands.YearCommand, recorded: Sequence[Fact], year: Year, reader: Reader
) -> Sequence[Command]:
    """The commands that follow from the facts; none where no sheet is open yet."""
    touched = Touched(year, command, reader)
    return [
        carried
        for fact in recorded
        if (carries := _CARRIES.get(type(fact)))
        for carried in carries(fact, touched)
    ]


def _homeroom_assigned(fact: facts.HomeroomAssigned, touched: Touched) -> _Carried:
    year = touched.year
    for semester in year.semesters_reached(fact.since):
        for sheet_id in year.sheet_ids(semester, class_group=fact.class_group):
            yield sheet_commands.ChangeHomeroomTeacher(
                **touched.asked(sheet_id), teacher=fact.teacher
            )


def _teacher_assigned(fact: facts.TeacherAssigned, touched: Touched) -> _Carried:
    year = touched.year
    for semester in year.semesters_reached(fact.since):
        if (fact.class_group, fact.subject) in year.sheets[semester]:
            sheet_id = year.sheet_id(semester, fact.class_group, fact.subject)
            yield sheet_commands.AddTeacher(**touched.asked(sheet_id), teacher=fact.teacher)


def _teacher_unassigned(fact: facts.TeacherUnassigned, touched: Touched) -> _Carried:
    year = touched.year
    for semester in year.semesters_reached(fact.until):
        if (fact.class_group, fact.subject) in year.sheets[semester]:
            sheet_id = year.sheet_id(semester, fact.class_group, fact.subject)
            yield sheet_commands.RemoveTeacher(**touched.asked(sheet_id), teacher=fact.teacher)


def _pupils_enrolled(fact: facts.PupilsEnrolled, touched: Touched) -> _Carried:
    for semester in touched.year.semesters_reached(fact.since):
        for entry in fact.pupils:
            yield from _add(touched, semester, fact.class_group, entry.pupil, entry.number)


def _pupil_transferred_in(fact: facts.PupilTransferredIn, touched: Touched) -> _Carried:
    """Also into the sheets of a past semester for which the pupil brings marks."""
    year = touched.year
    brought_from = {mark.semester for mark in fact.marks} & year.opened
    for semester in sorted(brought_from.union(year.semesters_reached(fact.since))):
        yield from _add(touched, semester, fact.class_group, fact.pupil, fact.number)
        yield from bring_transferred(touched, semester, fact)


def _pupil_changed_class(fact: facts.PupilChangedClass, touched: Touched) -> _Carried:
    """A semester that is over stays in the old class, where the marks were given."""
    year = touched.year
    for semester in year.semesters_reached(fact.since):
        for sheet_id in year.sheet_ids(semester, class_group=fact.from_class):
            yield sheet_commands.RemovePupil(**touched.asked(sheet_id), pupil=fact.pupil)
        yield from _add(touched, semester, fact.to_class, fact.pupil, fact.number)
        yield from bring_along(touched, semester, fact)


def _pupil_left_school(fact: facts.PupilLeftSchool, touched: Touched) -> _Carried:
    year = touched.year
    for semester in year.semesters_reached(fact.until):
        for sheet_id in year.sheet_ids(semester, class_group=fact.class_group):
            yield sheet_commands.RemovePupil(**touched.asked(sheet_id), pupil=fact.pupil)


def _add(
    touched: Touched, semester: int, class_group: str, pupil: PupilId, number: int
) -> Iterator[Command]:
    for sheet_id in touched.year.sheet_ids(semester, class_group=class_group):
        yield sheet_commands.AddPupil(**touched.asked(sheet_id), pupil=pupil, number=number)


def _test_date_set(fact: facts.TestDateSet, touched: Touched) -> _Carried:
    year = touched.year
    for class_group, subject in sorted(year.sheets.get(fact.semester, ())):
        if subject != fact.subject or year.classes[class_group].grade != fact.grade:
            continue
        asked = touched.asked(year.sheet_id(fact.semester, class_group, subject))
        deadline = Deadline(column=fact.column, at=fact.deadline)
        yield sheet_commands.MoveDeadline(**asked, deadline=deadline, reason=fact.reason)
        if fact.column == FINAL:
            last_day = correction_day(year, fact.grade, subject, fact.semester)
            yield sheet_commands.MoveCorrectionDay(**asked, last_day=last_day)


def _regular_deadline_set(fact: facts.RegularDeadlineSet, touched: Touched) -> _Carried:
    year = touched.year
    for class_group, subject in sorted(year.sheets.get(fact.semester, ())):
        planned = year.subjects[year.classes[class_group].grade, subject]
        asked = touched.asked(year.sheet_id(fact.semester, class_group, subject))
        for column in columns_of(planned.regular_count):
            if column not in PERIODIC:
                deadline = Deadline(column=column, at=fact.deadline)
                yield sheet_commands.MoveDeadline(**asked, deadline=deadline, reason=fact.reason)


def _semester_opened(fact: facts.SemesterOpened, touched: Touched) -> _Carried:
    command = touched.command
    assert isinstance(command, commands.OpenSemester), "nothing else opens a semester"
    yield from sheets_to_open(command, fact, touched.year)
    yield from bring_to_opened(touched, fact.semester, fact.sheets)


_CARRIES: Final[Mapping[type[Fact], Callable[[Any, Touched], _Carried]]] = MappingProxyType(
    {
        facts.HomeroomAssigned: _homeroom_assigned,
        facts.TeacherAssigned: _teacher_assigned,
        facts.TeacherUnassigned: _teacher_unassigned,
        facts.PupilsEnrolled: _pupils_enrolled,
        facts.PupilTransferredIn: _pupil_transferred_in,
        facts.PupilChangedClass: _pupil_changed_class,
        facts.PupilLeftSchool: _pupil_left_school,
        facts.TestDateSet: _test_date_set,
        facts.RegularDeadlineSet: _regular_deadline_set,
        facts.SemesterOpened: _semester_opened,
        facts.LockDecided: carrying_locks.lock_decided,
        facts.UnlockDecided: carrying_locks.unlock_decided,
        facts.DeadlineDecided: carrying_locks.deadline_decided,
    }
)
