"""Who teaches what where, and who leads a class."""

from datetime import date

import pytest

from ledger.refusal import NotForYourRole
from ledger.school import commands, facts, refusals
from ledger.school.commands import YearCommand
from ledger.vocabulary import Role
from tests.ledger.school.scenario import (
    AUTUMN,
    FRAME,
    OPEN,
    READY,
    SECOND_FIRST,
    STAFF,
    SUMMER,
    asks,
    given,
    homeroom,
    teaches,
)
from tests.school import CLOCKWORK, DUC, EVERYBODY, HOA, KHOA, LAN, NGOC, QUYEN, TUAN, VINH, Voice


def leads(
    voice: Voice, teacher: Voice, class_group: str = "6A1", since: date = SUMMER
) -> commands.AssignHomeroom:
    return asks(
        voice,
        commands.AssignHomeroom,
        class_group=class_group,
        teacher=teacher.person,
        since=since,
    )


def assigns(voice: Voice, teacher: Voice, **changed: object) -> commands.AssignTeacher:
    usual = {"class_group": "6A1", "subject": "toan", "since": SUMMER}
    return asks(voice, commands.AssignTeacher, teacher=teacher.person, **{**usual, **changed})


def unassigns(voice: Voice, teacher: Voice, **changed: object) -> commands.UnassignTeacher:
    usual = {"class_group": "6A1", "subject": "toan", "until": AUTUMN}
    return asks(voice, commands.UnassignTeacher, teacher=teacher.person, **{**usual, **changed})


def ended(teacher: Voice, class_group: str = "6A1") -> facts.TeacherUnassigned:
    return facts.TeacherUnassigned(
        class_group=class_group, subject="toan", teacher=teacher.person, until=AUTUMN
    )


def test_a_class_gets_a_homeroom_teacher_and_later_another() -> None:
    given(*STAFF, *FRAME).when(leads(KHOA, HOA)).then(homeroom("6A1", HOA))
    given(*READY).when(leads(KHOA, HOA)).then_nothing_happens()
    given(*READY).when(leads(KHOA, QUYEN)).then(homeroom("6A1", QUYEN))


def test_a_teacher_is_assigned_once_and_may_share_the_subject() -> None:
    given(*STAFF, *FRAME).when(assigns(KHOA, LAN)).then(teaches("6A1", LAN))
    given(*READY).when(assigns(KHOA, LAN)).then_nothing_happens()
    given(*READY).when(assigns(KHOA, VINH)).then(teaches("6A1", VINH))


@pytest.mark.parametrize("person", [TUAN, HOA], ids=["a stranger", "no subject teacher"])
def test_who_teaches_is_a_subject_teacher_of_the_school(person: Voice) -> None:
    given(*READY).when(assigns(KHOA, person)).then_refused(
        refusals.NotATeacher, person=person.person, role=Role.SUBJECT_TEACHER
    )


def test_who_leads_a_class_is_a_homeroom_teacher_of_the_school() -> None:
    given(*READY).when(leads(KHOA, LAN)).then_refused(
        refusals.NotATeacher, person=LAN.person, role=Role.HOMEROOM_TEACHER
    )


def test_who_has_left_is_not_assigned_any_more() -> None:
    left = facts.StaffLeft(person=VINH.person, until=AUTUMN)
    given(*READY, left).when(assigns(KHOA, VINH)).then(teaches("6A1", VINH))
    given(*READY, left).when(assigns(KHOA, VINH, since=SECOND_FIRST)).then_refused(
        refusals.NotATeacher
    )
    gone = facts.StaffLeft(person=VINH.person, until=SUMMER)
    given(*READY, gone).when(assigns(KHOA, VINH)).then_refused(refusals.NotATeacher)


def test_a_teacher_assigned_in_a_changed_role_counts_as_what_the_role_says() -> None:
    changed = facts.StaffRolesChanged(
        person=HOA.person, roles=(Role.SUBJECT_TEACHER,), since=SUMMER
    )
    given(*READY, changed).when(assigns(KHOA, HOA)).then(teaches("6A1", HOA))
    given(*READY, changed).when(leads(KHOA, HOA, "6A2")).then_refused(refusals.NotATeacher)


def test_class_and_subject_must_be_there() -> None:
    no_class, no_subject = refusals.NoSuchClass, refusals.SubjectNotPlanned
    given(*READY).when(leads(KHOA, HOA, "6A9")).then_refused(no_class, class_group="6A9")
    given(*READY).when(assigns(KHOA, LAN, class_group="6A9")).then_refused(no_class)
    given(*READY).when(unassigns(KHOA, LAN, class_group="6A9")).then_refused(no_class)
    given(*READY).when(assigns(KHOA, LAN, subject="tin-hoc")).then_refused(
        no_subject, grade=6, subject="tin-hoc"
    )


def test_a_teacher_is_taken_off_a_subject() -> None:
    given(*READY).when(unassigns(KHOA, LAN)).then(ended(LAN))
    given(*READY, ended(LAN)).when(unassigns(KHOA, LAN)).then_refused(
        refusals.NotAssigned, class_group="6A1", subject="toan"
    )
    given(*READY, ended(LAN)).when(assigns(KHOA, LAN)).then(teaches("6A1", LAN))


def test_an_open_sheet_keeps_its_last_teacher() -> None:
    given(*OPEN).when(unassigns(KHOA, LAN)).then_refused(
        refusals.SubjectNeedsATeacher, class_group="6A1", subject="toan"
    )
    given(*OPEN, teaches("6A1", VINH)).when(unassigns(KHOA, LAN)).then(ended(LAN))


@pytest.mark.parametrize("voice", [KHOA, DUC, NGOC, CLOCKWORK], ids=lambda v: v.author.role)
def test_whoever_sets_up_the_year_assigns(voice: Voice) -> None:
    given(*READY).when(assigns(voice, VINH)).then(teaches("6A1", VINH))
    given(*READY).when(leads(voice, QUYEN)).then(homeroom("6A1", QUYEN))
    given(*READY).when(unassigns(voice, LAN)).then(ended(LAN))


@pytest.mark.parametrize(
    "voice",
    [v for v in EVERYBODY if v not in {KHOA, DUC, NGOC, CLOCKWORK}],
    ids=lambda voice: voice.author.role,
)
def test_nobody_else_assigns(voice: Voice) -> None:
    asked: list[YearCommand] = [assigns(voice, VINH), leads(voice, QUYEN), unassigns(voice, LAN)]
    for command in asked:
        given(*READY).when(command).then_refused(NotForYourRole, role=voice.author.role)
