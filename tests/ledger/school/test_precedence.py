"""Which reason the office is told when there are several: the order, row by row.

Each ladder is one command that is wrong in many ways. Its first row tells the first reason; every
next row has that one wrong mended and all the later ones still in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from ledger.command import Command
from ledger.refusal import NotForYourRole, Refused, Standing
from ledger.school import commands, refusals
from ledger.school.calendar import DayException
from ledger.school.incarnation import PublishedHead
from ledger.vocabulary import Role
from tests.ledger.school.closing import closes
from tests.ledger.school.scenario import (
    AUTUMN,
    FIRST_DAY,
    FRAME,
    LAST_DAY,
    OPEN,
    PLANNED,
    READY,
    STAFF,
    SUMMER,
    asks,
    formed,
    given,
    joined,
    planned,
)
from tests.ledger.school.test_assigning import assigns, leads, unassigns
from tests.ledger.school.test_enrolling import enrols, leaves, lists, moves, taken_in, takes_in
from tests.ledger.school.test_founding import delegates, gets_roles, joins
from tests.ledger.school.test_founding import leaves as leaves_staff
from tests.ledger.school.test_opening_a_semester import opens
from tests.ledger.school.test_planning import plans_subject, plans_year, sets_test
from tests.ledger.school.test_restarting import restarts
from tests.opened_year import decides_deadline, first_semester
from tests.scenario import Past
from tests.school import CHI, DIEP, DUC, EARLIER, HOA, KHOA, LAN, NGOC, VINH, Voice


@dataclass
class Ladder:
    """The rows of one command: the reason told, what had happened, and what was asked."""

    name: str
    rows: list[tuple[type[Refused], tuple[Past, ...], Command]] = field(default_factory=list)

    def row(self, reason: type[Refused], past: tuple[Past, ...], command: Command) -> "Ladder":
        self.rows.append((reason, past, command))
        return self


PRINCIPAL = joined(NGOC, Role.PRINCIPAL)
SCHOOL = (PRINCIPAL, joined(DUC, Role.VICE_PRINCIPAL))


def joining() -> Ladder:
    return (
        Ladder("join-staff")
        .row(NotForYourRole, SCHOOL, joins(LAN, DUC, Role.PRINCIPAL))
        .row(refusals.AlreadyOnStaff, SCHOOL, joins(KHOA, DUC, Role.PRINCIPAL))
        .row(
            refusals.OnlyThePrincipalMakesDeciders,
            (PRINCIPAL,),
            joins(KHOA, DUC, Role.PRINCIPAL),
        )
    )


def changing_roles() -> Ladder:
    return (
        Ladder("change-staff-roles")
        .row(NotForYourRole, (), gets_roles(LAN, NGOC, Role.SECRETARY))
        .row(refusals.NotOnStaff, (), gets_roles(KHOA, NGOC, Role.SECRETARY))
        .row(
            refusals.OnlyThePrincipalMakesDeciders,
            SCHOOL,
            gets_roles(KHOA, NGOC, Role.SECRETARY),
        )
        .row(refusals.SchoolNeedsAPrincipal, SCHOOL, gets_roles(NGOC, NGOC, Role.SECRETARY))
    )


def leaving_staff() -> Ladder:
    return (
        Ladder("leave-staff")
        .row(NotForYourRole, (), leaves_staff(LAN, NGOC))
        .row(refusals.NotOnStaff, (), leaves_staff(KHOA, NGOC))
        .row(refusals.OnlyThePrincipalMakesDeciders, SCHOOL, leaves_staff(KHOA, NGOC))
        .row(refusals.SchoolNeedsAPrincipal, SCHOOL, leaves_staff(NGOC, NGOC))
    )


def delegating() -> Ladder:
    backwards = (LAST_DAY, FIRST_DAY)
    return (
        Ladder("give-delegation")
        .row(NotForYourRole, (), delegates(KHOA, *backwards))
        .row(refusals.NotOnStaff, (), delegates(NGOC, *backwards))
        .row(refusals.NoPrincipalToActFor, SCHOOL[1:], delegates(NGOC, *backwards))
        .row(refusals.DaysInWrongOrder, SCHOOL, delegates(NGOC, *backwards))
    )


def planning_a_year() -> Ladder:
    backwards = (LAST_DAY, FIRST_DAY, LAST_DAY, FIRST_DAY)
    wrong = {"school_year": "2026-2030"}
    return (
        Ladder("plan-year")
        .row(NotForYourRole, (PLANNED,), plans_year(LAN, *backwards, **wrong))
        .row(refusals.YearAlreadyPlanned, (PLANNED,), plans_year(KHOA, *backwards))
        .row(refusals.NoCircularForYear, (), plans_year(KHOA, *backwards, **wrong))
        .row(refusals.SemestersOutOfPlace, (), plans_year(KHOA, *backwards))
    )


def amending() -> Ladder:
    day = DayException(day=AUTUMN, works=False, why="Hội thao của trường")
    twice = {"exceptions": (day, day)}
    return (
        Ladder("amend-calendar")
        .row(refusals.YearNotPlanned, (), asks(LAN, commands.AmendCalendar, **twice))
        .row(NotForYourRole, FRAME, asks(LAN, commands.AmendCalendar, **twice))
        .row(refusals.DayListedTwice, FRAME, asks(KHOA, commands.AmendCalendar, **twice))
    )


def planning_a_subject() -> Ladder:
    return (
        Ladder("plan-subject")
        .row(refusals.YearNotPlanned, (), plans_subject(LAN, regular_count=5))
        .row(NotForYourRole, OPEN, plans_subject(LAN, regular_count=5))
        .row(refusals.SubjectHasSheets, OPEN, plans_subject(KHOA, regular_count=5))
    )


def forming_a_class() -> Ladder:
    def forms(voice: Voice) -> commands.FormClass:
        return asks(voice, commands.FormClass, class_group="6A1", grade=7)

    return (
        Ladder("form-class")
        .row(refusals.YearNotPlanned, (), forms(LAN))
        .row(NotForYourRole, FRAME, forms(LAN))
        .row(refusals.ClassAlreadyFormed, FRAME, forms(KHOA))
    )


def setting_a_test() -> Ladder:
    wrong = {"subject": "tin-hoc", "column": "regular-1", "day": LAST_DAY}
    computers = (*OPEN, planned("tin-hoc"))
    return (
        Ladder("set-test-date")
        .row(refusals.YearNotPlanned, (), sets_test(KHOA, **wrong))
        .row(NotForYourRole, OPEN, sets_test(KHOA, **wrong))
        .row(refusals.SubjectNotPlanned, OPEN, sets_test(NGOC, **wrong))
        .row(refusals.NotAPeriodicTest, computers, sets_test(NGOC, **wrong))
        .row(
            refusals.DayOutsideSemester, computers, sets_test(NGOC, **{**wrong, "column": "final"})
        )
    )


def assigning_homeroom() -> Ladder:
    return (
        Ladder("assign-homeroom")
        .row(refusals.YearNotPlanned, (), leads(LAN, LAN))
        .row(NotForYourRole, (PLANNED,), leads(LAN, LAN))
        .row(refusals.NoSuchClass, (PLANNED,), leads(KHOA, LAN))
        .row(refusals.NotATeacher, (*STAFF, *FRAME), leads(KHOA, LAN))
    )


def assigning_a_teacher() -> Ladder:
    return (
        Ladder("assign-teacher")
        .row(refusals.YearNotPlanned, (), assigns(LAN, HOA))
        .row(NotForYourRole, (PLANNED,), assigns(LAN, HOA))
        .row(refusals.NoSuchClass, (PLANNED,), assigns(KHOA, HOA))
        .row(refusals.SubjectNotPlanned, (PLANNED, formed("6A1")), assigns(KHOA, HOA))
        .row(refusals.NotATeacher, (*STAFF, *FRAME), assigns(KHOA, HOA))
    )


def unassigning() -> Ladder:
    return (
        Ladder("unassign-teacher")
        .row(refusals.YearNotPlanned, (), unassigns(LAN, LAN))
        .row(NotForYourRole, (PLANNED,), unassigns(LAN, LAN))
        .row(refusals.NoSuchClass, (PLANNED,), unassigns(KHOA, LAN))
        .row(refusals.NotAssigned, OPEN, unassigns(KHOA, VINH))
        .row(refusals.SubjectNeedsATeacher, OPEN, unassigns(KHOA, LAN))
    )


def listing() -> Ladder:
    wrong = (DIEP, DIEP, CHI)
    return (
        Ladder("set-class-list")
        .row(refusals.YearNotPlanned, (), lists(LAN, *wrong))
        .row(NotForYourRole, (PLANNED,), lists(LAN, *wrong))
        .row(refusals.NoSuchClass, (PLANNED,), lists(KHOA, *wrong))
        .row(refusals.SemesterAlreadyOpen, OPEN, lists(KHOA, *wrong))
        .row(refusals.PupilListedTwice, READY, lists(KHOA, *wrong))
        .row(refusals.PupilInAnotherClass, READY, lists(KHOA, DIEP, CHI))
    )


def enrolling() -> Ladder:
    return (
        Ladder("enrol-pupils")
        .row(refusals.YearNotPlanned, (), enrols(LAN, DIEP, DIEP, CHI))
        .row(NotForYourRole, (PLANNED,), enrols(LAN, DIEP, DIEP, CHI))
        .row(refusals.NoSuchClass, (PLANNED,), enrols(KHOA, DIEP, DIEP, CHI))
        .row(refusals.PupilListedTwice, OPEN, enrols(KHOA, DIEP, DIEP, CHI))
        .row(refusals.PupilInAnotherClass, OPEN, enrols(KHOA, DIEP, CHI))
    )


def transferring() -> Ladder:
    mark = ("tin-hoc", 1, "midterm", "8.0")
    computers = (*OPEN, planned("tin-hoc"))
    return (
        Ladder("transfer-in")
        .row(refusals.YearNotPlanned, (), takes_in(LAN, CHI, mark))
        .row(NotForYourRole, (PLANNED,), takes_in(LAN, CHI, mark))
        .row(refusals.NoSuchClass, (PLANNED,), takes_in(KHOA, CHI, mark))
        .row(refusals.SubjectNotPlanned, OPEN, takes_in(KHOA, CHI, mark))
        .row(refusals.PupilInAnotherClass, computers, takes_in(KHOA, CHI, mark))
    )


def changing_class() -> Ladder:
    told = (*OPEN, formed("7A1", 7))
    late = taken_in(DIEP, 3)
    return (
        Ladder("change-class")
        .row(refusals.YearNotPlanned, (), moves(LAN, DIEP, "7A1", SUMMER))
        .row(NotForYourRole, OPEN, moves(LAN, DIEP, "7A1", SUMMER))
        .row(refusals.NoSuchClass, OPEN, moves(KHOA, DIEP, "7A1", SUMMER))
        .row(refusals.PupilNotInSchool, told, moves(KHOA, DIEP, "7A1", SUMMER))
        .row(refusals.ClassOfAnotherGrade, (*told, late), moves(KHOA, DIEP, "7A1", SUMMER))
        .row(refusals.DaysInWrongOrder, (*told, late), moves(KHOA, DIEP, "6A2", SUMMER))
    )


def leaving() -> Ladder:
    return (
        Ladder("leave-school")
        .row(refusals.YearNotPlanned, (), leaves(LAN, DIEP, SUMMER))
        .row(NotForYourRole, OPEN, leaves(LAN, DIEP, SUMMER))
        .row(refusals.PupilNotInSchool, OPEN, leaves(KHOA, DIEP, SUMMER))
        .row(refusals.DaysInWrongOrder, (*OPEN, taken_in(DIEP, 3)), leaves(KHOA, DIEP, SUMMER))
    )


def opening() -> Ladder:
    return (
        Ladder("open-semester")
        .row(refusals.YearNotPlanned, (), opens(LAN))
        .row(NotForYourRole, (PLANNED,), opens(LAN))
        .row(refusals.SemesterIsNotReady, (PLANNED,), opens(KHOA))
    )


def scheduling() -> Ladder:
    elsewhere, nothing = first_semester(classes=("6A9",)), first_semester(grades=(9,))
    return (
        Ladder("decide-deadline")
        .row(refusals.YearNotPlanned, (), decides_deadline(KHOA.author, EARLIER, elsewhere))
        .row(NotForYourRole, FRAME, decides_deadline(KHOA.author, EARLIER, elsewhere))
        .row(refusals.NoSuchClass, FRAME, decides_deadline(NGOC.author, EARLIER, elsewhere))
        .row(refusals.ScopeCoversNoSheet, FRAME, decides_deadline(NGOC.author, EARLIER, nothing))
    )


def restarting() -> Ladder:
    held = PublishedHead(size=7)
    wrong: dict[str, object] = {"published": held, "consistency": (), "administrator": NGOC.person}
    another = {**wrong, "administrator": KHOA.person}
    two = (PRINCIPAL, joined(KHOA, Role.ADMINISTRATOR))
    return (
        Ladder("restart-log")
        .row(NotForYourRole, (PRINCIPAL,), restarts(KHOA, **wrong))
        .row(refusals.RestartNeedsTwo, (PRINCIPAL,), restarts(NGOC, **wrong))
        .row(refusals.NotAnAdministrator, (PRINCIPAL,), restarts(NGOC, **another))
        .row(refusals.LedgerIsNotBehind, two, restarts(NGOC, **another))
        .row(refusals.LedgerIsAltered, two, restarts(NGOC, consistency=()))
    )


def closing() -> Ladder:
    return (
        Ladder("close-year")
        .row(refusals.YearNotPlanned, (), closes(DUC))
        .row(NotForYourRole, READY, closes(DUC))
        .row(refusals.OnlyThePrincipalClosesAYear, READY, closes(NGOC.on_behalf_of(DUC)))
        .row(refusals.ClassesAreNotApproved, READY, closes(NGOC))
    )


LADDERS = [
    ladder()
    for ladder in (
        joining,
        changing_roles,
        leaving_staff,
        delegating,
        planning_a_year,
        amending,
        planning_a_subject,
        forming_a_class,
        setting_a_test,
        assigning_homeroom,
        assigning_a_teacher,
        unassigning,
        listing,
        enrolling,
        transferring,
        changing_class,
        leaving,
        opening,
        scheduling,
        restarting,
        closing,
    )
]
TABLE = [(ladder.name, *row) for ladder in LADDERS for row in ladder.rows]
# They look at sheets, at approved results, at who is erased: their rows are with those stories.
TOLD_ELSEWHERE = {
    refusals.DeadlineMustLieAhead,
    refusals.YearIsNotWitnessed,
    refusals.PupilWasErased,
}


def in_order() -> Iterator[type[Refused]]:
    """Every refusal as the file has them, which is the documented order.

    A year that is not planned has nothing to ask a role for; after that the role comes first.
    """
    yield refusals.YearNotPlanned
    yield NotForYourRole
    for found in vars(refusals).values():
        if isinstance(found, type) and issubclass(found, Refused) and found is not Refused:
            yield found


def documented() -> list[type[Refused]]:
    return list(dict.fromkeys(in_order()))


@pytest.mark.parametrize(
    ("name", "reason", "past", "command"), TABLE, ids=[f"{row[0]}: {row[1].code}" for row in TABLE]
)
def test_the_first_reason_that_holds_is_told(
    name: str, reason: type[Refused], past: tuple[Past, ...], command: Command
) -> None:
    assert name == command.NAME
    given(*past).when(command).then_refused(reason)


@pytest.mark.parametrize("ladder", LADDERS, ids=lambda ladder: ladder.name)
def test_reasons_are_told_in_the_documented_order(ladder: Ladder) -> None:
    ranks = [documented().index(reason) for reason, _, _ in ladder.rows]
    assert ranks == sorted(ranks)


def test_every_refusal_of_a_rule_is_in_the_table() -> None:
    told = {reason for _, reason, _, _ in TABLE}
    assert told | TOLD_ELSEWHERE == set(documented())


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [reason.code for reason in documented()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", code) for code in codes)


def test_every_refusal_says_when_it_is_told() -> None:
    assert all((reason.__doc__ or "").strip().endswith(".") for reason in documented())


def test_what_is_not_there_is_told_apart_from_what_is_not_allowed_now() -> None:
    missing = {r for r in documented() if r.standing is Standing.NO_SUCH_THING}
    assert missing == {
        refusals.NotOnStaff,
        refusals.YearNotPlanned,
        refusals.NoSuchClass,
        refusals.SubjectNotPlanned,
        refusals.NotAssigned,
        refusals.PupilNotInSchool,
    }
