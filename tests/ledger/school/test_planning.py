"""The frame of a year: semesters, rules, calendar, subjects, classes, departments, dates."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ledger.refusal import NotForYourRole
from ledger.school import commands, facts, refusals
from ledger.school.calendar import DayException, WorkCalendar
from ledger.school.commands import YearCommand
from ledger.school.policy import SEED_REGULATION, Policy
from ledger.school.scope import Scope
from ledger.vocabulary import SubjectKind
from tests.ledger.school.scenario import (
    FIRST_DAY,
    FIRST_LAST,
    FRAME,
    LAST_DAY,
    OPEN,
    PLANNED,
    SECOND_FIRST,
    SPORTS,
    asks,
    formed,
    given,
    planned,
)
from tests.school import (
    CLOCKWORK,
    DUC,
    EVERYBODY,
    HOA,
    KHOA,
    LAN,
    LATER,
    NEXT_WEEK,
    NGOC,
    REASON,
    TUAN,
    Voice,
)

LONGER = SEED_REGULATION.model_copy(update={"midterm_working_days": 15})
MIDTERM_DAY = date(2026, 11, 2)  # a Monday
MIDTERM_OVER = datetime(2026, 11, 16, 16, 59, 59, 999999, tzinfo=UTC)  # ten working days later


def plans_year(
    voice: Voice,
    *days: date,
    school_year: str = "2026-2027",
) -> commands.PlanYear:
    """The four days are the first and the last of each semester."""
    first, last, second, end = days or (FIRST_DAY, FIRST_LAST, SECOND_FIRST, LAST_DAY)
    semesters = ({"first": first, "last": last}, {"first": second, "last": end})
    return asks(voice, commands.PlanYear, semesters=semesters, school_year=school_year)


def plans_subject(voice: Voice, **changed: object) -> commands.PlanSubject:
    usual: dict[str, Any] = {
        "grade": 6,
        "subject": "toan",
        "kind": SubjectKind.SCORED,
        "lessons_per_year": 140,
    }
    return asks(voice, commands.PlanSubject, **{**usual, **changed})


def sets_test(voice: Voice, **changed: object) -> commands.SetTestDate:
    usual: dict[str, Any] = {
        "grade": 6,
        "subject": "toan",
        "semester": 1,
        "column": "midterm",
        "day": MIDTERM_DAY,
        "reason": REASON,
    }
    return asks(voice, commands.SetTestDate, **{**usual, **changed})


def dated(
    day: date = MIDTERM_DAY, deadline: datetime = MIDTERM_OVER, **changed: object
) -> facts.TestDateSet:
    asked = sets_test(KHOA, day=day, **changed)
    kept = asked.model_dump(exclude={"command_id", "by", "at", "school_year"})
    calendar = WorkCalendar(version=0, exceptions=()).version_text
    return facts.TestDateSet.model_validate({**kept, "deadline": deadline, "calendar": calendar})


def test_a_year_is_planned_once_with_rules_of_its_own() -> None:
    given().when(plans_year(KHOA)).then(PLANNED)
    given(PLANNED).when(plans_year(KHOA)).then_refused(refusals.YearAlreadyPlanned)


@pytest.mark.parametrize(
    "days",
    [
        (FIRST_LAST, FIRST_DAY, SECOND_FIRST, LAST_DAY),
        (FIRST_DAY, SECOND_FIRST, SECOND_FIRST, LAST_DAY),
        (FIRST_DAY, FIRST_LAST, LAST_DAY, SECOND_FIRST),
        (date(2025, 9, 7), FIRST_LAST, SECOND_FIRST, LAST_DAY),
        (FIRST_DAY, FIRST_LAST, SECOND_FIRST, date(2028, 5, 25)),
        (FIRST_DAY, FIRST_LAST, SECOND_FIRST, date(2027, 9, 8)),
    ],
    ids=["backwards", "overlapping", "ends first", "a year early", "a year late", "too long"],
)
def test_semesters_lie_one_after_the_other_in_their_year(days: tuple[date, ...]) -> None:
    given().when(plans_year(KHOA, *days)).then_refused(refusals.SemestersOutOfPlace)


@pytest.mark.parametrize("school_year", ["2026-2030", "2026-2026", "2010-2011"])
def test_a_year_has_a_circular_that_tells_how_to_count(school_year: str) -> None:
    given().when(plans_year(KHOA, school_year=school_year)).then_refused(
        refusals.NoCircularForYear, school_year=school_year
    )


def test_nothing_is_asked_of_a_year_that_is_not_planned() -> None:
    asked: list[YearCommand] = [
        plans_subject(LAN),
        asks(KHOA, commands.FormClass, class_group="6A1", grade=6),
        asks(KHOA, commands.OpenSemester, semester=1),
        sets_test(NGOC),
    ]
    for command in asked:
        given().when(command).then_refused(refusals.YearNotPlanned, school_year="2026-2027")


def test_only_the_principal_changes_the_rules() -> None:
    def adopts(voice: Voice, policy: Policy) -> commands.AdoptPolicy:
        return asks(voice, commands.AdoptPolicy, policy=policy, reason=REASON)

    adopted = facts.PolicyAdopted(policy=LONGER, reason=REASON)
    given(PLANNED).when(adopts(NGOC, LONGER)).then(adopted)
    given(PLANNED, adopted).when(adopts(NGOC, LONGER)).then_nothing_happens()
    given(PLANNED).when(adopts(NGOC, SEED_REGULATION)).then_nothing_happens()
    for voice in (KHOA, DUC, LAN):
        given(PLANNED).when(adopts(voice, LONGER)).then_refused(NotForYourRole)


def test_the_calendar_is_replaced_under_the_next_version() -> None:
    holiday = DayException(day=MIDTERM_DAY, works=False, why="Hội thao của trường")
    amends = asks(KHOA, commands.AmendCalendar, exceptions=(holiday,))
    amended = facts.CalendarAmended(calendar=WorkCalendar(version=1, exceptions=(holiday,)))
    given(PLANNED).when(amends).then(amended)
    given(PLANNED, amended).when(amends).then_nothing_happens()
    with_saturdays = asks(KHOA, commands.AmendCalendar, exceptions=(holiday,), saturdays_work=True)
    given(PLANNED, amended).when(with_saturdays).then(
        facts.CalendarAmended(
            calendar=WorkCalendar(version=2, exceptions=(holiday,), saturdays_work=True)
        )
    )
    working = DayException(day=MIDTERM_DAY, works=True, why="Dạy bù")
    twice = asks(KHOA, commands.AmendCalendar, exceptions=(holiday, working))
    given(PLANNED).when(twice).then_refused(refusals.DayListedTwice)


@pytest.mark.parametrize(
    ("kind", "lessons", "count"),
    [("scored", 35, 2), ("scored", 52, 3), ("scored", 140, 4), ("comment", 105, 2)],
)
def test_the_circular_says_how_many_regular_marks_a_subject_has(
    kind: str, lessons: int, count: int
) -> None:
    given(PLANNED).when(plans_subject(KHOA, kind=kind, lessons_per_year=lessons)).then(
        planned(kind=kind, lessons_per_year=lessons, regular_count=count)
    )


def test_a_school_may_plan_another_count_and_one_semester_only() -> None:
    asked = plans_subject(KHOA, regular_count=5, semesters=(2,))
    kept = planned(regular_count=5, semesters=(2,))
    given(PLANNED).when(asked).then(kept)
    given(PLANNED, kept).when(asked).then_nothing_happens()
    given(PLANNED, kept).when(plans_subject(KHOA, semesters=(2, 1, 2))).then(planned())


def test_a_subject_with_open_sheets_is_neither_changed_nor_dropped() -> None:
    drops = asks(KHOA, commands.DropSubject, grade=6, subject="toan")
    refused = refusals.SubjectHasSheets
    given(*OPEN).when(plans_subject(KHOA, regular_count=5)).then_refused(refused, grade=6)
    given(*OPEN).when(drops).then_refused(refused, subject="toan")
    given(*OPEN).when(plans_subject(KHOA)).then_nothing_happens()
    given(*OPEN).when(plans_subject(KHOA, grade=8)).then(planned(grade=8))
    given(*FRAME).when(drops).then(facts.SubjectDropped(grade=6, subject="toan"))
    given(PLANNED).when(drops).then_nothing_happens()


def test_a_class_is_formed_once_and_for_one_grade() -> None:
    forms = asks(KHOA, commands.FormClass, class_group="6A1", grade=6)
    given(PLANNED).when(forms).then(formed("6A1"))
    given(PLANNED, formed("6A1")).when(forms).then_nothing_happens()
    given(PLANNED, formed("6A1", 7)).when(forms).then_refused(refusals.ClassAlreadyFormed, grade=7)


def test_a_department_is_formed_and_formed_anew() -> None:
    usual: dict[str, Any] = {
        "department": "toan-tin",
        "title": "Tổ Toán – Tin",
        "head": TUAN.person,
        "members": (LAN.person,),
        "subjects": ("toan", "tin-hoc"),
    }
    kept = facts.DepartmentFormed(**usual)
    given(PLANNED).when(asks(KHOA, commands.FormDepartment, **usual)).then(kept)
    given(PLANNED, kept).when(asks(KHOA, commands.FormDepartment, **usual)).then_nothing_happens()
    changed = {**usual, "head": LAN.person}
    given(PLANNED, kept).when(asks(KHOA, commands.FormDepartment, **changed)).then(
        facts.DepartmentFormed(**changed)
    )


def test_the_deadline_is_counted_from_the_day_of_the_test() -> None:
    given(*FRAME).when(sets_test(KHOA)).then(dated())
    given(*FRAME, dated()).when(sets_test(KHOA, reason="Lí do khác")).then_nothing_happens()
    # Fourteen working days after 21/12/2026: 1/1 is a day off, and so is every weekend.
    final_over = datetime(2027, 1, 11, 16, 59, 59, 999999, tzinfo=UTC)
    final = {"column": "final", "day": date(2026, 12, 21)}
    given(*FRAME).when(sets_test(KHOA, **final)).then(
        dated(date(2026, 12, 21), final_over, column="final")
    )


def test_the_deadline_follows_the_rules_and_the_calendar_of_the_year() -> None:
    adopted = facts.PolicyAdopted(policy=LONGER, reason=REASON)
    longer = datetime(2026, 11, 23, 16, 59, 59, 999999, tzinfo=UTC)
    given(*FRAME, adopted).when(sets_test(KHOA)).then(dated(deadline=longer))
    holiday = DayException(day=date(2026, 11, 16), works=False, why="Hội thao của trường")
    calendar = WorkCalendar(version=1, exceptions=(holiday,))
    next_day = datetime(2026, 11, 17, 16, 59, 59, 999999, tzinfo=UTC)
    given(*FRAME, facts.CalendarAmended(calendar=calendar)).when(sets_test(KHOA)).then(
        dated(deadline=next_day).model_copy(update={"calendar": calendar.version_text})
    )


def test_only_a_midterm_or_final_test_of_a_taught_subject_has_a_day() -> None:
    given(*FRAME).when(sets_test(KHOA, column="regular-1")).then_refused(
        refusals.NotAPeriodicTest, column="regular-1"
    )
    missing = refusals.SubjectNotPlanned
    given(*FRAME).when(sets_test(KHOA, subject="tin-hoc")).then_refused(missing, grade=6)
    second_only = planned("tin-hoc", semesters=(2,))
    given(*FRAME, second_only).when(sets_test(KHOA, subject="tin-hoc")).then_refused(missing)


@pytest.mark.parametrize("day", [date(2026, 9, 6), date(2027, 1, 11), date.max])
def test_a_test_lies_in_its_semester(day: date) -> None:
    given(*FRAME).when(sets_test(KHOA, day=day)).then_refused(
        refusals.DayOutsideSemester, first=FIRST_DAY, last=FIRST_LAST
    )


def test_regular_marks_have_a_deadline_for_each_semester() -> None:
    sets = asks(NGOC, commands.SetRegularDeadline, semester=1, deadline=NEXT_WEEK, reason=REASON)
    kept = facts.RegularDeadlineSet(semester=1, deadline=NEXT_WEEK, reason=REASON)
    given(*FRAME).when(sets).then(kept)
    given(*FRAME, kept).when(sets).then_nothing_happens()


def test_dates_are_set_again_after_a_deadline_was_decided_over_a_scope() -> None:
    """The year's date is the same, but the sheets have another one by then."""
    kept = facts.RegularDeadlineSet(semester=1, deadline=NEXT_WEEK, reason=REASON)
    apart = facts.DeadlineDecided(
        scope=Scope(semester=1), deadline=LATER, reason=REASON, sheet_count=1
    )
    sets = asks(NGOC, commands.SetRegularDeadline, semester=1, deadline=NEXT_WEEK, reason=REASON)
    given(*OPEN, kept, apart).when(sets).then(kept)
    given(*OPEN, dated(), apart).when(sets_test(NGOC)).then(dated())


@pytest.mark.parametrize("voice", [KHOA, DUC, CLOCKWORK], ids=lambda voice: voice.author.role)
def test_with_the_semester_open_only_the_principal_moves_its_dates(voice: Voice) -> None:
    """A moved day moves the deadlines of open sheets, which may open a column again."""
    moves: list[YearCommand] = [
        sets_test(voice),
        asks(voice, commands.SetRegularDeadline, semester=1, deadline=NEXT_WEEK, reason=REASON),
    ]
    for command in moves:
        given(*OPEN).when(command).then_refused(NotForYourRole, role=voice.author.role)
    given(*OPEN).when(sets_test(voice, semester=2, day=SECOND_FIRST)).then(
        dated(
            SECOND_FIRST,
            datetime(2027, 2, 1, 16, 59, 59, 999999, tzinfo=UTC),
            semester=2,
        )
    )
    given(*OPEN).when(sets_test(NGOC)).then(dated())


@pytest.mark.parametrize(
    "voice",
    [v for v in EVERYBODY if v not in {KHOA, DUC, NGOC, CLOCKWORK}],
    ids=lambda voice: voice.author.role,
)
def test_nobody_else_plans(voice: Voice) -> None:
    asked: list[YearCommand] = [
        asks(voice, commands.AmendCalendar, exceptions=()),
        plans_subject(voice),
        asks(voice, commands.DropSubject, grade=6, subject="toan"),
        asks(voice, commands.FormClass, class_group="6A9", grade=6),
        asks(
            voice,
            commands.FormDepartment,
            department="toan-tin",
            title="Tổ Toán – Tin",
            head=HOA.person,
            members=(),
            subjects=(),
        ),
        sets_test(voice),
        asks(voice, commands.SetRegularDeadline, semester=1, deadline=NEXT_WEEK, reason=REASON),
    ]
    given().when(plans_year(voice)).then_refused(NotForYourRole)
    for command in asked:
        given(*FRAME, SPORTS).when(command).then_refused(NotForYourRole, role=voice.author.role)
