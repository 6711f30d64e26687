"""The school itself: its name, its staff and their roles, who decides in whose place."""

from datetime import date

import pytest

from ledger.refusal import NotForYourRole
from ledger.school import commands, facts, refusals
from ledger.school.commands import SchoolCommand
from ledger.vocabulary import Role
from tests.ledger.school.scenario import AUTUMN, FIRST_DAY, LAST_DAY, SUMMER, asks, given, joined
from tests.school import (
    CLOCKWORK,
    DUC,
    EVERYBODY,
    HOA,
    KHOA,
    LAN,
    NGOC,
    REASON,
    TUAN,
    Voice,
)

PRINCIPAL = joined(NGOC, Role.PRINCIPAL)
NAMED = {
    "since": SUMMER,
    "school_name": "Trường THCS Hoa Phượng",
    "governing_body": "UBND phường An Biên",
    "department": "Sở GDĐT Hải Phòng",
    "school_code": "31000001",
    "place": "An Biên",
}
DESCRIBED = facts.SchoolDescribed.model_validate(NAMED)


def joins(voice: Voice, person: Voice, *roles: Role) -> commands.JoinStaff:
    return asks(voice, commands.JoinStaff, person=person.person, roles=roles, since=SUMMER)


def gets_roles(voice: Voice, person: Voice, *roles: Role) -> commands.ChangeStaffRoles:
    return asks(voice, commands.ChangeStaffRoles, person=person.person, roles=roles, since=AUTUMN)


def leaves(voice: Voice, person: Voice, until: date = LAST_DAY) -> commands.LeaveStaff:
    return asks(voice, commands.LeaveStaff, person=person.person, until=until)


def delegates(
    voice: Voice, since: date = FIRST_DAY, until: date = AUTUMN
) -> commands.GiveDelegation:
    return asks(
        voice,
        commands.GiveDelegation,
        deputy=DUC.person,
        since=since,
        until=until,
        reason=REASON,
    )


def changed_roles(person: Voice, *roles: Role) -> facts.StaffRolesChanged:
    return facts.StaffRolesChanged(person=person.person, roles=roles, since=AUTUMN)


GIVEN = facts.DelegationGiven(deputy=DUC.person, since=FIRST_DAY, until=AUTUMN, reason=REASON)
DEPUTY = joined(DUC, Role.VICE_PRINCIPAL)


def test_the_school_is_named_from_a_day_on_and_not_twice() -> None:
    describes = asks(KHOA, commands.DescribeSchool, **NAMED)
    given().when(describes).then(DESCRIBED)
    given(DESCRIBED).when(describes).then_nothing_happens()
    renamed = {**NAMED, "since": AUTUMN, "governing_body": "UBND xã An Biên"}
    given(DESCRIBED).when(asks(KHOA, commands.DescribeSchool, **renamed)).then(
        facts.SchoolDescribed.model_validate(renamed)
    )


def test_staff_join_with_roles_in_one_order() -> None:
    given().when(joins(KHOA, LAN, Role.HOMEROOM_TEACHER, Role.SUBJECT_TEACHER)).then(
        joined(LAN, Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER)
    )
    given(joined(LAN, Role.SUBJECT_TEACHER)).when(
        joins(KHOA, LAN, Role.SUBJECT_TEACHER)
    ).then_refused(refusals.AlreadyOnStaff)


def test_who_left_may_come_back() -> None:
    left = facts.StaffLeft(person=LAN.person, until=FIRST_DAY)
    given(joined(LAN, Role.SUBJECT_TEACHER), left).when(
        joins(KHOA, LAN, Role.SUBJECT_TEACHER)
    ).then(joined(LAN, Role.SUBJECT_TEACHER))


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR])
def test_only_the_principal_makes_people_who_decide(role: Role) -> None:
    reason = refusals.OnlyThePrincipalMakesDeciders
    for voice in (KHOA, DUC):
        given(PRINCIPAL).when(joins(voice, LAN, role)).then_refused(reason)
        given(PRINCIPAL, joined(LAN, Role.SUBJECT_TEACHER)).when(
            gets_roles(voice, LAN, Role.SUBJECT_TEACHER, role)
        ).then_refused(reason)
        two = joined(TUAN, Role.PRINCIPAL)
        given(two, joined(LAN, role)).when(
            gets_roles(voice, LAN, Role.SUBJECT_TEACHER)
        ).then_refused(reason)
        given(two, joined(LAN, role)).when(leaves(voice, LAN)).then_refused(reason)
    given(PRINCIPAL).when(joins(NGOC, LAN, role)).then(joined(LAN, role))
    given().when(joins(CLOCKWORK, LAN, role)).then(joined(LAN, role))


def test_an_administrator_changes_the_other_roles_of_who_decides() -> None:
    given(DEPUTY).when(gets_roles(KHOA, DUC, Role.VICE_PRINCIPAL, Role.SUBJECT_TEACHER)).then(
        changed_roles(DUC, Role.SUBJECT_TEACHER, Role.VICE_PRINCIPAL)
    )


def test_roles_are_changed_of_who_is_here_and_only_if_they_differ() -> None:
    here = joined(LAN, Role.SUBJECT_TEACHER)
    given(here).when(gets_roles(KHOA, LAN, Role.SUBJECT_TEACHER)).then_nothing_happens()
    given().when(gets_roles(KHOA, LAN, Role.SECRETARY)).then_refused(refusals.NotOnStaff)
    left = facts.StaffLeft(person=LAN.person, until=FIRST_DAY)
    given(here, left).when(gets_roles(KHOA, LAN, Role.SECRETARY)).then_refused(refusals.NotOnStaff)


def test_staff_leave_once() -> None:
    here = joined(LAN, Role.SUBJECT_TEACHER)
    left = facts.StaffLeft(person=LAN.person, until=LAST_DAY)
    given(here).when(leaves(KHOA, LAN)).then(left)
    given(here, left).when(leaves(KHOA, LAN)).then_nothing_happens()
    given(here, left).when(leaves(KHOA, LAN, AUTUMN)).then(
        facts.StaffLeft(person=LAN.person, until=AUTUMN)
    )
    given().when(leaves(KHOA, LAN)).then_refused(refusals.NotOnStaff)


def test_the_last_principal_stays_until_there_is_another() -> None:
    last = refusals.SchoolNeedsAPrincipal
    given(PRINCIPAL).when(leaves(NGOC, NGOC)).then_refused(last)
    given(PRINCIPAL).when(gets_roles(NGOC, NGOC, Role.SUBJECT_TEACHER)).then_refused(last)
    gone = facts.StaffLeft(person=TUAN.person, until=FIRST_DAY)
    given(PRINCIPAL, joined(TUAN, Role.PRINCIPAL), gone).when(leaves(NGOC, NGOC)).then_refused(last)
    given(PRINCIPAL, joined(TUAN, Role.PRINCIPAL)).when(leaves(NGOC, NGOC)).then(
        facts.StaffLeft(person=NGOC.person, until=LAST_DAY)
    )


def test_the_principal_lets_a_deputy_decide_for_some_days() -> None:
    given(PRINCIPAL, DEPUTY).when(delegates(NGOC)).then(GIVEN)
    given(PRINCIPAL, DEPUTY, GIVEN).when(delegates(NGOC)).then_nothing_happens()
    given(PRINCIPAL).when(delegates(NGOC)).then_refused(refusals.NotOnStaff)
    given(DEPUTY).when(delegates(NGOC)).then_refused(refusals.NoPrincipalToActFor)
    given(PRINCIPAL, DEPUTY).when(delegates(NGOC, AUTUMN, FIRST_DAY)).then_refused(
        refusals.DaysInWrongOrder
    )


def test_a_delegation_is_ended_once() -> None:
    ends = asks(NGOC, commands.EndDelegation, deputy=DUC.person, reason=REASON)
    ended = facts.DelegationEnded(deputy=DUC.person, reason=REASON)
    given(PRINCIPAL, DEPUTY, GIVEN).when(ends).then(ended)
    given(PRINCIPAL, DEPUTY, GIVEN, ended).when(ends).then_nothing_happens()


@pytest.mark.parametrize(
    "voice",
    [v for v in EVERYBODY if v not in {KHOA, DUC, NGOC, CLOCKWORK}],
    ids=lambda voice: voice.author.role,
)
def test_nobody_else_changes_the_school(voice: Voice) -> None:
    asked: list[SchoolCommand] = [
        asks(voice, commands.DescribeSchool, **NAMED),
        joins(voice, LAN, Role.SUBJECT_TEACHER),
        gets_roles(voice, HOA, Role.SUBJECT_TEACHER),
        leaves(voice, HOA),
    ]
    for command in asked:
        given(PRINCIPAL).when(command).then_refused(NotForYourRole, role=voice.author.role)


@pytest.mark.parametrize("voice", [KHOA, DUC, LAN], ids=lambda voice: voice.author.role)
def test_nobody_but_the_principal_delegates(voice: Voice) -> None:
    ends = asks(voice, commands.EndDelegation, deputy=DUC.person, reason=REASON)
    for command in (delegates(voice), ends):
        given(PRINCIPAL, DEPUTY, GIVEN).when(command).then_refused(NotForYourRole)
