"""A year and its sheets: what the office decides reaches every sheet it concerns, or none."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.school import commands, facts, refusals
from ledger.school.calendar import deadline_after, end_of_local_day
from ledger.sheet import facts as sheet_facts
from ledger.sheet import refusals as sheet_refusals
from tests.ledger.planned_year import (
    FIRST,
    SECOND,
    SPORTS,
    THIRD,
    YEAR,
    add_class,
    both_semesters,
    deadlines,
    head,
    planned_ledger,
    refuse,
    sheet,
    sheet_id,
    told_since,
)
from tests.ledger.school.scenario import (
    AUTUMN,
    SECOND_FIRST,
    SPRING,
    YEAR_NAME,
    asks,
)
from tests.ledger.school.test_assigning import assigns, leads, unassigns
from tests.ledger.school.test_enrolling import enrols, leaves, takes_in
from tests.ledger.school.test_opening_a_semester import opens
from tests.ledger.school.test_planning import sets_test
from tests.school import (
    AN,
    DIEP,
    HOA,
    KHOA,
    LAN,
    NEXT_WEEK,
    NGOC,
    QUYEN,
    REASON,
    TOMORROW,
    VINH,
)


@pytest.fixture
def ledger(engine: Engine) -> GradeLedger:
    """Give a ledger with a planned year; no semester is open."""
    return planned_ledger(engine)


@pytest.fixture
def opened(ledger: GradeLedger) -> GradeLedger:
    """Give the same ledger with the first semester open."""
    ledger.handle(opens(KHOA))
    return ledger


# Opening.


def test_a_semester_is_opened_in_one_append(ledger: GradeLedger) -> None:
    before = head(ledger)
    command = opens(KHOA)
    lines = ledger.handle(command)
    assert lines == told_since(ledger, before)
    assert [line.position for line in lines] == list(range(before + 1, before + 1 + len(lines)))
    assert {(line.command_id, line.by, line.at) for line in lines} == {
        (command.command_id, command.by, command.at)
    }
    assert [type(line.fact) for line in lines] == [
        facts.SemesterOpened,
        *[sheet_facts.SheetOpened] * len(YEAR.places),
    ]
    assert {line.stream_id for line in lines[1:]} == set(YEAR.sheet_ids)
    first = sheet(ledger)
    assert first.numbers == {FIRST: 1, SECOND: 2, THIRD: 3}
    assert (first.teachers, first.homeroom_teacher) == ({LAN.person}, HOA.person)


def test_a_year_that_is_not_ready_opens_nothing_and_says_all_that_is_missing(
    ledger: GradeLedger,
) -> None:
    ledger.handle(asks(KHOA, commands.FormClass, class_group="6A3", grade=6))
    ledger.handle(asks(KHOA, commands.FormClass, class_group="9A1", grade=9))
    refuse(ledger, opens(KHOA), refusals.SemesterIsNotReady)
    with pytest.raises(refusals.SemesterIsNotReady) as caught:
        ledger.handle(opens(KHOA))
    assert caught.value.details == {
        "semester": 1,
        "without_homeroom": ["6A3", "9A1"],
        "without_pupils": ["6A3", "9A1"],
        "without_teacher": [("6A3", "toan"), ("6A3", SPORTS)],
        "without_subjects": [9],
    }
    assert sheet(ledger).opened is None


def test_opened_again_a_semester_gets_only_what_was_added(opened: GradeLedger) -> None:
    assert opened.handle(opens(KHOA)) == []
    add_class(opened, DIEP)
    before = head(opened)
    opened.handle(opens(KHOA))
    new = told_since(opened, before)
    assert {line.stream_id for line in new[1:]} == {
        sheet_id("6A3", subject) for subject in YEAR.subjects
    }
    assert sheet(opened, "6A3").numbers == {DIEP: 1}
    assert opened.handle(opens(KHOA)) == []


def test_sent_twice_a_semester_is_opened_once(ledger: GradeLedger) -> None:
    command = opens(KHOA)
    lines = ledger.handle(command)
    before = head(ledger)
    assert ledger.handle(command) == lines
    assert GradeLedger(ledger.recorder).handle(command) == lines
    assert head(ledger) == before


# People.


def test_a_newcomer_is_on_every_sheet_of_the_class_with_the_number_of_the_list(
    opened: GradeLedger,
) -> None:
    lines = opened.handle(enrols(KHOA, DIEP))
    assert {line.stream_id for line in lines[1:]} == {
        sheet_id("6A1", subject) for subject in YEAR.subjects
    }
    for subject in YEAR.subjects:
        assert sheet(opened, "6A1", subject).numbers[DIEP] == 4
        assert DIEP not in sheet(opened, "6A2", subject).numbers


def test_a_leaver_keeps_the_number_and_nobody_else_gets_it(opened: GradeLedger) -> None:
    opened.handle(leaves(KHOA, SECOND))
    opened.handle(enrols(KHOA, DIEP))
    for subject in YEAR.subjects:
        of_subject = sheet(opened, "6A1", subject)
        assert of_subject.pupils == [FIRST, THIRD, DIEP]
        assert of_subject.numbers == {FIRST: 1, SECOND: 2, THIRD: 3, DIEP: 4}
    opened.handle(enrols(KHOA, SECOND))
    assert sheet(opened).pupils == [FIRST, SECOND, THIRD, DIEP]


@pytest.mark.parametrize(
    ("since", "reached"), [(AUTUMN, [1, 2]), (SPRING, [2])], ids=["first", "second"]
)
def test_a_change_reaches_the_sheets_of_the_semesters_it_concerns(
    opened: GradeLedger, since: date, reached: list[int]
) -> None:
    both_semesters(opened)
    opened.handle(leads(KHOA, QUYEN, since=since))
    opened.handle(assigns(KHOA, VINH, since=since))
    opened.handle(leaves(KHOA, FIRST, since))
    opened.handle(asks(KHOA, commands.EnrolPupils, class_group="6A1", pupils=[DIEP], since=since))
    for semester in (1, 2):
        here = semester in reached
        of_semester = sheet(opened, semester=semester)
        assert (of_semester.homeroom_teacher == QUYEN.person) == here
        assert (VINH.person in of_semester.teachers) == here
        assert (FIRST in of_semester.left) == here
        assert (DIEP in of_semester.numbers) == here
        assert sheet(opened, "6A1", SPORTS, semester).teachers == {YEAR.teacher(SPORTS)}
        assert sheet(opened, "6A2", semester=semester).homeroom_teacher == HOA.person


def test_a_teacher_is_replaced_in_two_steps(opened: GradeLedger) -> None:
    refuse(opened, unassigns(KHOA, LAN), refusals.SubjectNeedsATeacher)
    opened.handle(assigns(KHOA, VINH))
    opened.handle(unassigns(KHOA, LAN))
    assert sheet(opened).teachers == {VINH.person}
    with pytest.raises(sheet_refusals.NotYourSheet):
        opened.handle(LAN.about(sheet_id()).enters((FIRST, "midterm", "8.0", 0)))


def test_what_a_sheet_refuses_is_refused_as_a_whole(opened: GradeLedger) -> None:
    """Backdated, the change would leave the first semester's sheet without any teacher."""
    both_semesters(opened)
    opened.handle(assigns(KHOA, VINH, since=SECOND_FIRST))
    refuse(opened, unassigns(KHOA, LAN, until=AUTUMN), sheet_refusals.SheetNeedsATeacher)
    opened.handle(unassigns(KHOA, LAN, until=SECOND_FIRST))
    assert sheet(opened, semester=1).teachers == {LAN.person}
    assert sheet(opened, semester=2).teachers == {VINH.person}


# Dates.


def test_the_day_of_a_test_moves_the_deadlines_of_the_grade(opened: GradeLedger) -> None:
    day = date(2026, 12, 21)
    before = head(opened)
    opened.handle(sets_test(NGOC, column="final", day=day))
    year = opened.year(YEAR_NAME)
    deadline = deadline_after(day, 14, year.calendar).at
    for class_group in ("6A1", "6A2"):
        maths = sheet(opened, class_group)
        assert deadlines(maths) == {"final": deadline}
        assert maths.rules.last_day == end_of_local_day(day - timedelta(days=7))
    untouched = [sheet(opened, "7A1"), sheet(opened, "6A1", SPORTS)]
    assert all("final" not in one.deadlines for one in untouched)
    assert all(one.rules.last_day is None for one in untouched)
    assert len(told_since(opened, before)) == 1 + 2 * 2


def test_the_day_of_a_midterm_moves_no_correction_day(opened: GradeLedger) -> None:
    opened.handle(sets_test(NGOC))
    assert "midterm" in sheet(opened).deadlines
    assert sheet(opened).rules.last_day is None


def test_the_deadline_of_regular_marks_is_moved_on_every_sheet(opened: GradeLedger) -> None:
    def sets(deadline: datetime) -> commands.SetRegularDeadline:
        return asks(NGOC, commands.SetRegularDeadline, semester=1, deadline=deadline, reason=REASON)

    opened.handle(sets(NEXT_WEEK))
    opened.handle(sets(TOMORROW))
    for place in YEAR.places:
        of_place = sheet(opened, *place)
        regular = [column for column in of_place.columns if column.startswith("regular-")]
        assert deadlines(of_place) == dict.fromkeys(regular, TOMORROW)


def test_a_sheet_opened_later_has_the_dates_of_the_year(opened: GradeLedger) -> None:
    opened.handle(sets_test(NGOC))
    add_class(opened, DIEP)
    opened.handle(opens(KHOA))
    assert deadlines(sheet(opened, "6A3")) == deadlines(sheet(opened)) != {}


# Once, and as a whole.


def test_a_change_sent_twice_happens_once_on_every_sheet(opened: GradeLedger) -> None:
    command = takes_in(KHOA, DIEP, ("toan", 1, "midterm", "0.0"))
    lines = opened.handle(command)
    before = head(opened)
    assert opened.handle(command) == lines
    assert head(opened) == before


def test_a_carried_refusal_records_nothing_of_the_command(opened: GradeLedger) -> None:
    """On one sheet somebody else has the number that the class list would give."""
    opened.handle(KHOA.about(sheet_id("6A1", SPORTS)).adds_pupil(AN))
    refuse(opened, enrols(KHOA, DIEP), sheet_refusals.PupilsNumberedTwice)
    assert DIEP not in sheet(opened).numbers
    assert opened.year(YEAR_NAME).class_of(DIEP) is None
