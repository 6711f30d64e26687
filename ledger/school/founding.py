"""The school itself: what it is called, its staff, and who decides in the principal's place."""

from typing import Final

from ledger.authority import SETS_UP, only_for
from ledger.school import commands, facts, refusals
from ledger.school.calendar import local_day
from ledger.school.school import School
from ledger.vocabulary import Author, Role

# Roles that approve, unlock or make accounts: who could give them to himself could approve his own.
DECIDES: Final = frozenset({Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR})


def describe_school(command: commands.DescribeSchool, school: School) -> list[facts.AnySchoolFact]:
    only_for(command.by, *SETS_UP)
    described = facts.SchoolDescribed(**command.model_dump(exclude={"command_id", "by", "at"}))
    return [] if described in school.descriptions else [described]


def join_staff(command: commands.JoinStaff, school: School) -> list[facts.AnySchoolFact]:
    only_for(command.by, *SETS_UP)
    place = school.staff.get(command.person)
    if place is not None and place.until is None:
        raise refusals.AlreadyOnStaff
    _may_give(command.by, command.roles)
    joined = facts.StaffJoined(
        person=command.person, roles=_listed(command.roles), since=command.since
    )
    return [joined]


def change_staff_roles(
    command: commands.ChangeStaffRoles, school: School
) -> list[facts.AnySchoolFact]:
    only_for(command.by, *SETS_UP)
    place = school.staff.get(command.person)
    if place is None or place.until is not None:
        raise refusals.NotOnStaff
    if place.roles == command.roles:
        return []
    _may_give(command.by, command.roles ^ place.roles)
    if Role.PRINCIPAL in place.roles - command.roles:
        _another_principal(command, school)
    changed = facts.StaffRolesChanged(
        person=command.person, roles=_listed(command.roles), since=command.since
    )
    return [changed]


def leave_staff(command: commands.LeaveStaff, school: School) -> list[facts.AnySchoolFact]:
    only_for(command.by, *SETS_UP)
    place = school.staff.get(command.person)
    if place is None:
        raise refusals.NotOnStaff
    if place.until == command.until:
        return []
    _may_give(command.by, place.roles)
    if Role.PRINCIPAL in place.roles:
        _another_principal(command, school)
    return [facts.StaffLeft(person=command.person, until=command.until)]


def give_delegation(command: commands.GiveDelegation, school: School) -> list[facts.AnySchoolFact]:
    only_for(command.by, Role.PRINCIPAL, Role.SYSTEM)
    _in_person(command.by)
    if not school.roles_of(command.deputy, command.since):
        raise refusals.NotOnStaff
    if school.principal_on(command.since) is None:
        raise refusals.NoPrincipalToActFor
    if command.until < command.since:
        raise refusals.DaysInWrongOrder
    given = facts.DelegationGiven(**command.model_dump(exclude={"command_id", "by", "at"}))
    return [] if school.delegations.get(command.deputy) == given else [given]


def end_delegation(command: commands.EndDelegation, school: School) -> list[facts.AnySchoolFact]:
    only_for(command.by, Role.PRINCIPAL, Role.SYSTEM)
    _in_person(command.by)
    if command.deputy not in school.delegations:
        return []
    return [facts.DelegationEnded(deputy=command.deputy, reason=command.reason)]


def may_make_deciders(by: Author) -> bool:
    """Whether the author may give power: the principal in person, not who acts in her place."""
    return by.role in {Role.PRINCIPAL, Role.SYSTEM} and by.on_behalf_of is None


def _in_person(by: Author) -> None:
    # Otherwise a delegation would not end by itself: the deputy could always prolong it.
    if not may_make_deciders(by):
        raise refusals.OnlyThePrincipalMakesDeciders


def _may_give(by: Author, roles: frozenset[Role]) -> None:
    if roles & DECIDES and not may_make_deciders(by):
        raise refusals.OnlyThePrincipalMakesDeciders


def _another_principal(
    command: commands.ChangeStaffRoles | commands.LeaveStaff, school: School
) -> None:
    others = set(school.members(Role.PRINCIPAL, local_day(command.at))) - {command.person}
    if not others:
        raise refusals.SchoolNeedsAPrincipal


def _listed(roles: frozenset[Role]) -> tuple[Role, ...]:
    """In one order always, so that the same roles make the same bytes."""
    return tuple(role for role in Role if role in roles)
