"""Opening a semester: one sheet for each class and subject, all of them or none."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ledger.authority import SETS_UP, only_for
from ledger.school import commands, facts, refusals
from ledger.school.calendar import end_of_local_day
from ledger.school.year import ClassOfYear, Year
from ledger.sheet.commands import OpenSheet
from ledger.sheet.facts import Deadline, NumberedPupil
from ledger.sheet.grounds import CorrectionRules
from ledger.vocabulary import FINAL, PERIODIC, columns_of


def open_semester(command: commands.OpenSemester, year: Year) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    wanted = [
        (name, planned.subject)
        for name, group in year.classes.items()
        for planned in year.subjects_of(group.grade, command.semester)
    ]
    open_already = year.sheets.get(command.semester, frozenset())
    new = tuple(place for place in wanted if place not in open_already)
    _is_ready(year, command.semester, new)
    if not new:
        return []
    return [facts.SemesterOpened(semester=command.semester, sheets=new)]


def _is_ready(year: Year, semester: int, places: tuple[tuple[str, str], ...]) -> None:
    """Refuse with everything that is missing, so that nobody has to try again and again."""
    has_sheets = {name for name, _ in year.sheets.get(semester, ())}
    concerned = {name for name, _ in places} | (year.classes.keys() - has_sheets)
    classes = {name: group for name, group in year.classes.items() if name in concerned}
    missing = {
        "without_homeroom": [n for n, group in classes.items() if not group.homeroom_teacher],
        "without_pupils": [n for n, group in classes.items() if not group.present],
        "without_teacher": [place for place in places if not year.teachers.get(place)],
        "without_subjects": sorted(
            {g.grade for g in classes.values() if not year.subjects_of(g.grade, semester)}
        ),
    }
    if not year.classes or any(missing.values()):
        raise refusals.SemesterIsNotReady(semester=semester, **missing)


def sheets_to_open(
    command: commands.OpenSemester, opened: facts.SemesterOpened, year: Year
) -> Iterator[OpenSheet]:
    """The commands that open the sheets of a semester, as the year stands."""
    for class_group, subject in opened.sheets:
        group = year.classes[class_group]
        planned = year.subjects[group.grade, subject]
        assert group.homeroom_teacher is not None, "checked before the semester was opened"
        yield OpenSheet(
            command_id=command.command_id,
            sheet_id=year.sheet_id(opened.semester, class_group, subject),
            by=command.by,
            at=command.at,
            school_year=year.school_year,
            semester=opened.semester,
            grade=group.grade,
            class_group=class_group,
            subject=subject,
            kind=planned.kind,
            regular_count=planned.regular_count,
            teachers=year.teachers[class_group, subject],
            homeroom_teacher=group.homeroom_teacher,
            pupils=_listed(group),
            deadlines=_deadlines(year, planned, opened.semester),
            correction_rules=CorrectionRules(
                homeroom_confirms=year.policy.homeroom_confirms,
                last_day=correction_day(year, group.grade, subject, opened.semester),
                demanded_evidence=year.policy.demanded_evidence,
            ),
            reopening_grace_minutes=year.policy.reopening_grace_minutes,
        )


def _listed(group: ClassOfYear) -> tuple[NumberedPupil, ...]:
    return tuple(
        NumberedPupil(pupil=pupil, number=group.places[pupil].number) for pupil in group.present
    )


def _deadlines(year: Year, planned: facts.SubjectPlanned, semester: int) -> tuple[Deadline, ...]:
    deadlines = []
    for column in columns_of(planned.regular_count):
        moment = column_deadline(year, planned.grade, planned.subject, semester, column)
        if moment is not None:
            deadlines.append(Deadline(column=column, at=moment))
    return tuple(deadlines)


def column_deadline(
    year: Year, grade: int, subject: str, semester: int, column: str
) -> datetime | None:
    """The last moment to enter a column, as far as the year has one."""
    if column not in PERIODIC:
        return year.regular_deadlines.get(semester)
    test = year.tests.get((grade, subject, semester, column))
    return test.deadline if test else None


def correction_day(year: Year, grade: int, subject: str, semester: int) -> datetime | None:
    """The last moment for corrections in time: a week before the final test (Điều 11.2a)."""
    test = year.tests.get((grade, subject, semester, FINAL))
    if test is None:
        return None
    before = timedelta(days=year.policy.correction_days_before_final)
    return end_of_local_day(test.day - before)
