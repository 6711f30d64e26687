"""The school as its lines make it: what it is called, who works there and may decide."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final, Self

from ledger.line import Line
from ledger.school import facts
from ledger.school.incarnation import LogRestarted
from ledger.vocabulary import PersonId, Role


@dataclass(frozen=True, slots=True)
class StaffPlace:
    """A member of staff: the roles, since when, and the last day of one who left."""

    roles: frozenset[Role]
    since: date
    until: date | None = None

    def is_here(self, day: date) -> bool:
        return self.until is None or day <= self.until


@dataclass(slots=True)
class School:
    """A school after `version` lines. Treat it as frozen: `evolve_school` makes a new one."""

    version: int = 0
    descriptions: tuple[facts.SchoolDescribed, ...] = ()
    staff: dict[PersonId, StaffPlace] = field(default_factory=dict)
    principals: tuple[tuple[date, PersonId], ...] = ()
    delegations: dict[PersonId, facts.DelegationGiven] = field(default_factory=dict)
    restarts: tuple[LogRestarted, ...] = ()

    def described_on(self, day: date) -> facts.SchoolDescribed | None:
        """What the school was called on a day; before the first, as the first says."""
        held = [one for one in self.descriptions if one.since <= day] or self.descriptions[:1]
        return held[-1] if held else None

    def roles_of(self, person: PersonId, day: date) -> frozenset[Role]:
        """The roles that a person may act in on a day; none for who is not, or no longer, here."""
        place = self.staff.get(person)
        return place.roles if place and place.is_here(day) else frozenset()

    def members(self, role: Role, day: date) -> list[PersonId]:
        """Who acts in a role on a day."""
        return [person for person in self.staff if role in self.roles_of(person, day)]

    def principal_on(self, day: date) -> PersonId | None:
        """Who was principal on a day."""
        held = [person for since, person in self.principals if since <= day]
        return held[-1] if held else None

    def acts_for(self, deputy: PersonId, day: date) -> PersonId | None:
        """The principal in whose place a deputy may decide on a day; None without delegation."""
        given = self.delegations.get(deputy)
        if given is None or not given.since <= day <= given.until:
            return None
        if not self.roles_of(deputy, day):  # who has left the school decides nothing any more
            return None
        return self.principal_on(day)

    def draft(self) -> Self:
        """A copy whose collections may be changed without touching this state."""
        draft = copy(self)
        draft.staff, draft.delegations = self.staff.copy(), self.delegations.copy()
        return draft


NO_SCHOOL_YET: Final = School()


def evolve_school(school: School, lines: Iterable[Line]) -> School:
    """The state after `lines`; never refuses, since what was recorded has happened."""
    draft = school.draft()
    for line in lines:
        _HANDLERS[type(line.fact)](line.fact, draft)
        draft.version = line.version
    return draft


def _described(fact: facts.SchoolDescribed, school: School) -> None:
    # The later decision about one day holds.
    kept = [one for one in school.descriptions if one.since != fact.since]
    school.descriptions = tuple(sorted([*kept, fact], key=lambda one: one.since))


def _joined(fact: facts.StaffJoined | facts.StaffRolesChanged, school: School) -> None:
    was_principal = Role.PRINCIPAL in school.roles_of(fact.person, fact.since)
    school.staff[fact.person] = StaffPlace(frozenset(fact.roles), fact.since)
    if Role.PRINCIPAL in fact.roles and not was_principal:
        _appoint(school, fact.person, fact.since)
    if was_principal and Role.PRINCIPAL not in fact.roles:
        _appoint_who_stays(school, fact.person, fact.since)


def _left(fact: facts.StaffLeft, school: School) -> None:
    place = school.staff[fact.person]
    school.staff[fact.person] = StaffPlace(place.roles, place.since, fact.until)
    if Role.PRINCIPAL in place.roles:
        _appoint_who_stays(school, fact.person, fact.until + timedelta(days=1))


def _appoint(school: School, person: PersonId, since: date) -> None:
    appointed = [*school.principals, (since, person)]
    school.principals = tuple(sorted(appointed, key=lambda one: one[0]))


def _appoint_who_stays(school: School, gone: PersonId, since: date) -> None:
    """Who was principal beside one who no longer is, is principal alone from that day on."""
    others = [person for person in school.members(Role.PRINCIPAL, since) if person != gone]
    if others and school.principal_on(since) == gone:
        _appoint(school, others[-1], since)


def _delegated(fact: facts.DelegationGiven, school: School) -> None:
    school.delegations[fact.deputy] = fact


def _ended(fact: facts.DelegationEnded, school: School) -> None:
    school.delegations.pop(fact.deputy, None)


def _restarted(fact: LogRestarted, school: School) -> None:
    school.restarts = (*school.restarts, fact)


_HANDLERS: Final[Mapping[type, Any]] = MappingProxyType(
    {
        facts.SchoolDescribed: _described,
        facts.StaffJoined: _joined,
        facts.StaffRolesChanged: _joined,
        facts.StaffLeft: _left,
        facts.DelegationGiven: _delegated,
        facts.DelegationEnded: _ended,
        LogRestarted: _restarted,
    }
)
