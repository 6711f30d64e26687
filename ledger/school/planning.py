"""The frame of a school year: semesters, rules, calendar, subjects, classes, departments, dates."""

from datetime import timedelta

from ledger.authority import SETS_UP, only_for
from ledger.circulars.choosing import circular_for
from ledger.school import commands, facts, refusals
from ledger.school.calendar import WorkCalendar, deadline_after
from ledger.school.subjects import GRADES
from ledger.school.year import Year
from ledger.vocabulary import FINAL, PERIODIC, Author, Role, SubjectKind

_LONGEST_YEAR = timedelta(days=366)
# A comment subject is assessed twice in a semester (TT22 Điều 6).
_COMMENT_COUNT = 2


def plan_year(command: commands.PlanYear, year: Year) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    if year.planned:
        raise refusals.YearAlreadyPlanned
    if not _has_a_circular(command.school_year):
        raise refusals.NoCircularForYear(school_year=command.school_year)
    first, second = command.semesters
    starts = int(command.school_year[:4])
    in_order = first.first <= first.last < second.first <= second.last
    begins_in_its_year = first.first.year == starts and second.last.year == starts + 1
    if not (in_order and begins_in_its_year and second.last - first.first < _LONGEST_YEAR):
        raise refusals.SemestersOutOfPlace
    planned = facts.YearPlanned(
        school_year=command.school_year, semesters=command.semesters, policy=command.policy
    )
    return [planned]


def _has_a_circular(school_year: str) -> bool:
    """Not every text of the right shape is a school year, and of old ones no rules are known."""
    try:
        circular_for(school_year, GRADES.start)
    except ValueError:
        return False
    return True


def adopt_policy(command: commands.AdoptPolicy, year: Year) -> list[facts.AnyYearFact]:
    only_for(command.by, Role.PRINCIPAL, Role.SYSTEM)
    if year.policy == command.policy:
        return []
    return [facts.PolicyAdopted(policy=command.policy, reason=command.reason)]


def amend_calendar(command: commands.AmendCalendar, year: Year) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    days = [entry.day for entry in command.exceptions]
    if len(set(days)) < len(days):
        raise refusals.DayListedTwice
    kept = year.calendar
    if (kept.exceptions, kept.saturdays_work) == (command.exceptions, command.saturdays_work):
        return []
    calendar = WorkCalendar(
        version=kept.version + 1,
        exceptions=command.exceptions,
        saturdays_work=command.saturdays_work,
    )
    return [facts.CalendarAmended(calendar=calendar)]


def plan_subject(command: commands.PlanSubject, year: Year) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    planned = facts.SubjectPlanned(
        grade=command.grade,
        subject=command.subject,
        kind=command.kind,
        lessons_per_year=command.lessons_per_year,
        regular_count=command.regular_count or _regular_count(command, year.school_year),
        semesters=tuple(sorted(set(command.semesters))),
    )
    if year.subjects.get((command.grade, command.subject)) == planned:
        return []
    _no_sheets_of(year, command.grade, command.subject)
    return [planned]


def _regular_count(command: commands.PlanSubject, school_year: str) -> int:
    if command.kind is SubjectKind.COMMENT:
        return _COMMENT_COUNT
    circular = circular_for(school_year, command.grade)
    return circular.regular_assessments(command.lessons_per_year)


def drop_subject(command: commands.DropSubject, year: Year) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    if (command.grade, command.subject) not in year.subjects:
        return []
    _no_sheets_of(year, command.grade, command.subject)
    return [facts.SubjectDropped(grade=command.grade, subject=command.subject)]


def _no_sheets_of(year: Year, grade: int, subject: str) -> None:
    for sheets in year.sheets.values():
        if any(year.classes[name].grade == grade for name, of in sheets if of == subject):
            raise refusals.SubjectHasSheets(grade=grade, subject=subject)


def form_class(command: commands.FormClass, year: Year) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    formed = year.classes.get(command.class_group)
    if formed is None:
        return [facts.ClassFormed(class_group=command.class_group, grade=command.grade)]
    if formed.grade != command.grade:
        raise refusals.ClassAlreadyFormed(class_group=command.class_group, grade=formed.grade)
    return []


def form_department(command: commands.FormDepartment, year: Year) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    formed = facts.DepartmentFormed(
        **command.model_dump(exclude={"command_id", "by", "at", "school_year"})
    )
    return [] if year.departments.get(command.department) == formed else [formed]


def set_test_date(command: commands.SetTestDate, year: Year) -> list[facts.AnyYearFact]:
    """The deadline follows: 10 or 14 working days after the test (regulation, Điều 11.1)."""
    _may_set_dates(command.by, year, command.semester)
    planned = year.subjects.get((command.grade, command.subject))
    if planned is None or command.semester not in planned.semesters:
        raise refusals.SubjectNotPlanned(grade=command.grade, subject=command.subject)
    if command.column not in PERIODIC:
        raise refusals.NotAPeriodicTest(column=command.column)
    frame = year.frame(command.semester)
    if not frame.first <= command.day <= frame.last:
        raise refusals.DayOutsideSemester(first=frame.first, last=frame.last)
    policy = year.policy
    is_final = command.column == FINAL
    days = policy.final_working_days if is_final else policy.midterm_working_days
    deadline = deadline_after(command.day, days, year.calendar)
    fact = facts.TestDateSet(
        grade=command.grade,
        subject=command.subject,
        semester=command.semester,
        column=command.column,
        day=command.day,
        deadline=deadline.at,
        calendar=deadline.calendar,
        reason=command.reason,
    )
    key = (command.grade, command.subject, command.semester, command.column)
    known = year.tests.get(key)
    same = known and (known.day, known.deadline) == (fact.day, fact.deadline)
    return [] if same and not _deadlines_decided_apart(year, command.semester) else [fact]


def set_regular_deadline(
    command: commands.SetRegularDeadline, year: Year
) -> list[facts.AnyYearFact]:
    """The principal sets the date for regular marks (regulation, Điều 11.1a)."""
    _may_set_dates(command.by, year, command.semester)
    same = year.regular_deadlines.get(command.semester) == command.deadline
    if same and not _deadlines_decided_apart(year, command.semester):
        return []
    fact = facts.RegularDeadlineSet(
        semester=command.semester, deadline=command.deadline, reason=command.reason
    )
    return [fact]


def _deadlines_decided_apart(year: Year, semester: int) -> bool:
    """Whether sheets of the semester may have other deadlines than the year's dates say."""
    return any(
        isinstance(line.fact, facts.DeadlineDecided) and line.fact.scope.semester == semester
        for line in year.lock_decisions
    )


def _may_set_dates(by: Author, year: Year, semester: int) -> None:
    """Anybody who sets up the year plans its dates; once sheets are open they move deadlines."""
    if semester in year.opened:
        only_for(by, Role.PRINCIPAL)
    only_for(by, *SETS_UP)
