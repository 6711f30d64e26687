"""Who decides in the principal's place, and who lets them: the principal in person alone."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from ledger.line import Line
from ledger.refusal import NotForYourRole, Refused
from ledger.school.commands import (
    SCHOOL_STREAM,
    ChangeStaffRoles,
    EndDelegation,
    GiveDelegation,
    JoinStaff,
    LeaveStaff,
    SchoolCommand,
)
from ledger.school.facts import DelegationGiven, StaffJoined, StaffLeft
from ledger.school.refusals import OnlyThePrincipalMakesDeciders
from ledger.school.rules import SCHOOL_RULES
from ledger.school.school import NO_SCHOOL_YET, School, evolve_school
from ledger.vocabulary import Author, CommandId, Role
from tests.school import DUC, KHOA, LAN, NGOC, NOW, REASON, Voice

SUMMER, LAST_DAY = date(2026, 8, 3), date(2026, 10, 9)
DEPUTY = Author(person=DUC.person, role=Role.PRINCIPAL, on_behalf_of=NGOC.person)


def school() -> School:
    """A school with a principal and a vice-principal who decides in her place for a while."""
    told = (
        StaffJoined(person=NGOC.person, roles=(Role.PRINCIPAL,), since=SUMMER),
        StaffJoined(person=DUC.person, roles=(Role.VICE_PRINCIPAL,), since=SUMMER),
        StaffJoined(person=LAN.person, roles=(Role.SUBJECT_TEACHER,), since=SUMMER),
        DelegationGiven(deputy=DUC.person, since=SUMMER, until=LAST_DAY, reason=REASON),
    )
    lines = (
        Line(SCHOOL_STREAM, version, fact, NGOC.author, NOW, CommandId(uuid4()))
        for version, fact in enumerate(told, 1)
    )
    return evolve_school(NO_SCHOOL_YET, lines)


def decided(kind: type[SchoolCommand], by: Author, **asked: Any) -> object:  # noqa: ANN401
    given = {"command_id": uuid4(), "by": by, "at": NOW, **asked}
    return SCHOOL_RULES[kind](kind.model_validate(given), school())


def test_a_delegation_holds_to_the_end_of_its_last_day() -> None:
    assert school().acts_for(DUC.person, LAST_DAY) == NGOC.person
    assert school().acts_for(DUC.person, LAST_DAY.replace(day=10)) is None


def test_a_deputy_decides_until_leaving_the_school() -> None:
    last_day = LAST_DAY.replace(day=7)
    left = StaffLeft(person=DUC.person, until=last_day)
    line = Line(SCHOOL_STREAM, 5, left, NGOC.author, NOW, CommandId(uuid4()))
    leaving = evolve_school(school(), [line])
    assert leaving.acts_for(DUC.person, last_day) == NGOC.person
    assert leaving.acts_for(DUC.person, last_day.replace(day=8)) is None


POWER: list[tuple[type[SchoolCommand], dict[str, object]]] = [
    (
        GiveDelegation,
        {
            "deputy": DUC.person,
            "since": SUMMER,
            "until": date(2027, 5, 31),
            "reason": REASON,
        },
    ),
    (EndDelegation, {"deputy": DUC.person, "reason": REASON}),
    (JoinStaff, {"person": KHOA.person, "roles": {Role.ADMINISTRATOR}, "since": SUMMER}),
    (ChangeStaffRoles, {"person": LAN.person, "roles": {Role.PRINCIPAL}, "since": SUMMER}),
    (LeaveStaff, {"person": DUC.person, "until": LAST_DAY}),
]


@pytest.mark.parametrize(("kind", "asked"), POWER, ids=lambda part: getattr(part, "NAME", ""))
def test_a_deputy_gives_and_takes_no_power(
    kind: type[SchoolCommand], asked: dict[str, object]
) -> None:
    with pytest.raises(OnlyThePrincipalMakesDeciders):
        decided(kind, DEPUTY, **asked)
    assert decided(kind, NGOC.author, **asked)


def test_a_deputy_takes_in_who_decides_nothing() -> None:
    teaches = {Role.SUBJECT_TEACHER}
    assert decided(JoinStaff, DEPUTY, person=KHOA.person, roles=teaches, since=SUMMER)


@pytest.mark.parametrize("voice", [DUC, KHOA, LAN])
def test_nobody_else_delegates(voice: Voice) -> None:
    with pytest.raises(Refused) as refused:
        decided(EndDelegation, voice.author, deputy=DUC.person, reason=REASON)
    assert type(refused.value) is NotForYourRole
