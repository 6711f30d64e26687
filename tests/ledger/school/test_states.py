"""School and year as their lines make them: in any portions the same, and never refusing."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, get_args

import pytest

from ledger.line import Fact
from ledger.rulebook import Rulebook
from ledger.rulebooks import SCHOOL, YEARS
from ledger.school import commands, facts
from ledger.school.commands import SchoolCommand, YearCommand, year_stream
from ledger.school.rules import READING_RULES, SCHOOL_RULES, YEAR_RULES
from ledger.vocabulary import Role
from tests import every_school_fact as every
from tests.every_closing_fact import CLOSING
from tests.every_lock_fact import LOCKS
from tests.every_restart_fact import RESTART
from tests.ledger.school.scenario import (
    AUTUMN,
    FIRST_DAY,
    FIRST_LAST,
    LAST_DAY,
    OPEN,
    READY,
    SECOND_FIRST,
    SPRING,
    STAFF,
    SUMMER,
    given,
    joined,
    numbered,
    opened,
)
from tests.ledger.school.test_enrolling import enrolled, left, moved, taken_in
from tests.scenario import Past, lines_of
from tests.school import AN, BAO, CHI, DIEP, DUC, LAN, NGOC, REASON, TUAN

STREAMS = [
    pytest.param(SCHOOL, (*every.SCHOOL, *RESTART), facts.AnySchoolFact, id="school"),
    pytest.param(YEARS, (*every.YEAR, *LOCKS, *CLOSING), facts.AnyYearFact, id="year"),
]
DAY = timedelta(days=1)


@pytest.mark.parametrize(("rulebook", "past", "kinds"), STREAMS)
def test_every_fact_is_lived_through(
    rulebook: Rulebook, past: Sequence[Past], kinds: object
) -> None:
    lines = lines_of(past)
    assert {type(line.fact) for line in lines} == set(get_args(kinds))
    assert rulebook.evolve(rulebook.nothing_yet, lines).version == len(lines)


# Dropped is a subject that was never planned there.
CHANGES_NOTHING = {facts.SubjectDropped}


@pytest.mark.parametrize(("rulebook", "past", "kinds"), STREAMS)
def test_every_fact_changes_the_state_and_no_earlier_one(
    rulebook: Rulebook, past: Sequence[Past], kinds: object
) -> None:
    lines = lines_of(past)
    for version, line in enumerate(lines):
        before = rulebook.evolve(rulebook.nothing_yet, lines[:version])
        after = rulebook.evolve(before, [line])
        assert before == rulebook.evolve(rulebook.nothing_yet, lines[:version])
        after.version = before.version
        assert (after == before) == (type(line.fact) in CHANGES_NOTHING), line.fact.NAME
    assert get_args(kinds)


@pytest.mark.parametrize("portion", [1, 2, 7])
@pytest.mark.parametrize(("rulebook", "past", "kinds"), STREAMS)
def test_lines_in_portions_make_the_same_state(
    rulebook: Rulebook, past: Sequence[Past], kinds: object, portion: int
) -> None:
    lines, state = lines_of(past), rulebook.nothing_yet
    for start in range(0, len(lines), portion):
        state = rulebook.evolve(state, lines[start : start + portion])
    assert state == rulebook.evolve(rulebook.nothing_yet, lines)
    assert kinds


@pytest.mark.parametrize(("rulebook", "past", "kinds"), STREAMS)
def test_facts_said_twice_refuse_nothing(
    rulebook: Rulebook, past: Sequence[Past], kinds: object
) -> None:
    """What was recorded has happened, also where a rule of today would not let it happen again."""
    lines = lines_of([one for told in past for one in (told, told)])
    assert rulebook.evolve(rulebook.nothing_yet, lines).version == 2 * len(past)
    assert kinds


@pytest.mark.parametrize(
    ("base", "union", "rules"),
    [
        (SchoolCommand, commands.AnySchoolCommand, SCHOOL_RULES),
        (YearCommand, commands.AnyYearCommand, {**YEAR_RULES, **READING_RULES}),
    ],
    ids=["school", "year"],
)
def test_every_command_has_a_rule_and_a_name_of_its_own(
    base: type, union: object, rules: dict[type[Any], object]
) -> None:
    asked = set(get_args(union))
    declared = {
        kind
        for kind in vars(commands).values()
        if isinstance(kind, type) and issubclass(kind, base) and kind is not base
    }
    assert declared == asked == set(rules)
    assert len({kind.NAME for kind in asked}) == len(asked)


def test_every_fact_is_listed_with_a_permanent_name_of_its_own() -> None:
    declared = {
        kind
        for kind in vars(facts).values()
        if isinstance(kind, type) and issubclass(kind, Fact) and kind is not Fact
    }
    assert declared == {*get_args(facts.AnySchoolFact), *get_args(facts.AnyYearFact)}
    assert len({kind.NAME for kind in declared}) == len(declared)


def test_each_year_has_a_stream_of_its_own() -> None:
    streams = {year_stream(name) for name in ("2025-2026", "2026-2027", "2027-2028")}
    assert len(streams | {commands.SCHOOL_STREAM}) == 4


def test_the_name_of_the_school_is_that_of_the_day() -> None:
    (told, *_) = every.SCHOOL
    assert isinstance(told, tuple)
    old = told[0]
    assert isinstance(old, facts.SchoolDescribed)
    new = old.model_copy(update={"since": AUTUMN, "governing_body": "UBND xã An Biên"})
    mended = new.model_copy(update={"place": "An Dương"})
    school = given(new, old, mended).school()
    assert school.described_on(AUTUMN - DAY) == old
    assert school.described_on(AUTUMN) == mended
    assert school.described_on(date(2001, 1, 1)) == old
    assert given().school().described_on(AUTUMN) is None


def principal_left(until: date) -> facts.StaffLeft:
    return facts.StaffLeft(person=TUAN.person, until=until)


def test_the_principal_of_a_day_is_who_was_appointed_last() -> None:
    later = facts.StaffJoined(person=TUAN.person, roles=(Role.PRINCIPAL,), since=AUTUMN)
    school = given(*STAFF, later).school()
    assert school.principal_on(date(2020, 1, 1)) is None
    assert school.principal_on(AUTUMN - DAY) == NGOC.person
    assert school.principal_on(AUTUMN) == TUAN.person


def test_when_one_of_two_principals_goes_the_other_is_principal_alone() -> None:
    later = facts.StaffJoined(person=TUAN.person, roles=(Role.PRINCIPAL,), since=AUTUMN)
    left_school = given(*STAFF, later, principal_left(FIRST_LAST)).school()
    assert left_school.principal_on(FIRST_LAST) == TUAN.person
    assert left_school.principal_on(FIRST_LAST + DAY) == NGOC.person
    other_roles = facts.StaffRolesChanged(
        person=TUAN.person, roles=(Role.SUBJECT_TEACHER,), since=SPRING
    )
    stepped_down = given(*STAFF, later, other_roles).school()
    assert stepped_down.principal_on(SPRING - DAY) == TUAN.person
    assert stepped_down.principal_on(SPRING) == NGOC.person
    first_goes = facts.StaffLeft(person=NGOC.person, until=FIRST_LAST)
    assert given(*STAFF, later, first_goes).school().principal_on(SPRING) == TUAN.person


def test_a_deputy_acts_for_the_principal_within_the_delegation_only() -> None:
    delegated = facts.DelegationGiven(
        deputy=DUC.person, since=FIRST_DAY, until=AUTUMN, reason=REASON
    )
    told = (*STAFF, joined(DUC, Role.VICE_PRINCIPAL), delegated)
    acts_for = given(*told).school().acts_for
    days = (FIRST_DAY - DAY, FIRST_DAY, AUTUMN, AUTUMN + DAY)
    principal = NGOC.person
    assert [acts_for(DUC.person, day) for day in days] == [None, principal, principal, None]
    assert acts_for(LAN.person, AUTUMN) is None
    for over in (
        facts.DelegationEnded(deputy=DUC.person, reason=REASON),
        facts.StaffLeft(person=DUC.person, until=AUTUMN - DAY),
    ):
        assert given(*told, over).school().acts_for(DUC.person, AUTUMN) is None


def test_roles_hold_until_the_last_day() -> None:
    left_staff = facts.StaffLeft(person=LAN.person, until=AUTUMN)
    school = given(*STAFF, left_staff).school()
    assert school.roles_of(LAN.person, AUTUMN) == {Role.SUBJECT_TEACHER}
    assert not school.roles_of(LAN.person, AUTUMN + DAY)
    assert LAN.person in school.members(Role.SUBJECT_TEACHER, AUTUMN)
    assert LAN.person not in school.members(Role.SUBJECT_TEACHER, AUTUMN + DAY)
    assert not school.roles_of(TUAN.person, AUTUMN)


def test_a_class_list_keeps_its_numbers_when_pupils_go() -> None:
    year = given(*OPEN, left(AN), enrolled(*numbered(DIEP, first=3))).year()
    group = year.classes["6A1"]
    assert group.present == [BAO, DIEP]
    assert {pupil: place.number for pupil, place in group.places.items()} == {
        AN: 1,
        BAO: 2,
        DIEP: 3,
    }
    assert group.next_number == 4
    assert group.present_on(AUTUMN) == [AN, BAO, DIEP]
    assert group.present_on(AUTUMN + DAY) == [BAO, DIEP]
    assert group.present_on(AUTUMN - DAY) == [AN, BAO]
    assert (year.class_of(AN), year.class_of(DIEP)) == (None, "6A1")
    assert year.class_on(AN, AUTUMN) == "6A1"
    assert year.class_on(AN, AUTUMN + DAY) is None


def test_on_the_day_of_a_change_a_pupil_is_in_the_new_class_alone() -> None:
    year = given(*OPEN, moved(AN, "6A1", "6A2", 2)).year()
    assert year.class_on(AN, AUTUMN - DAY) == "6A1"
    assert year.class_on(AN, AUTUMN) == year.class_of(AN) == "6A2"
    assert year.classes["6A1"].present_on(AUTUMN) == [BAO]
    assert year.classes["6A2"].present_on(AUTUMN) == [CHI, AN]


def test_a_change_reaches_the_open_semesters_that_end_after_it() -> None:
    year = given(*OPEN, opened(2, ("6A1", "toan"), ("6A2", "toan"))).year()
    assert year.semesters_reached(SUMMER) == year.semesters_reached(FIRST_LAST) == [1, 2]
    assert year.semesters_reached(SECOND_FIRST) == year.semesters_reached(LAST_DAY) == [2]
    assert not year.semesters_reached(LAST_DAY + DAY)
    assert given(*OPEN).year().semesters_reached(SECOND_FIRST) == []
    assert year.sheet_ids(2, class_group="6A2") == [year.sheet_id(2, "6A2", "toan")]
    assert len(year.sheet_ids(1)) == 2


def test_a_year_remembers_who_came_with_marks_and_who_moved() -> None:
    with_marks = taken_in(DIEP, 3, ("toan", 2, "midterm", "0.0"))
    change = moved(DIEP, "6A1", "6A2", 2)
    year = given(*READY, with_marks, change).year()
    assert (year.transferred, year.moved) == ((with_marks,), (change,))
    assert not given(*READY, taken_in(DIEP, 3)).year().transferred
