"""Who may see and do what, as far as pages must know it; the ledger's own rules decide anyway."""

from collections.abc import Collection
from typing import Final, Protocol

from ledger.vocabulary import PersonId, Role
from web.access.identity import SignedIn

# Roles that see every sheet: the school's leaders, who audits, and who keeps it running.
SEES_ALL: Final = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR, Role.SECRETARY)
LOCKS: Final = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR)
SETS_UP: Final = (Role.ADMINISTRATOR, Role.VICE_PRINCIPAL, Role.PRINCIPAL)


class HasPeople(Protocol):
    """A sheet, as far as it says who works on it."""

    @property
    def teachers(self) -> Collection[PersonId]: ...

    @property
    def homeroom_teacher(self) -> PersonId | None: ...


class WasRequested(Protocol):
    """A correction, as far as it says who asked for it."""

    @property
    def requested_by(self) -> PersonId: ...


def is_teacher_of(user: SignedIn, sheet: HasPeople) -> bool:
    return Role.SUBJECT_TEACHER in user.roles and user.person in sheet.teachers


def is_homeroom_teacher_of(user: SignedIn, sheet: HasPeople) -> bool:
    return Role.HOMEROOM_TEACHER in user.roles and user.person == sheet.homeroom_teacher


def may_see_sheet(user: SignedIn, sheet: HasPeople) -> bool:
    """Whether the person has a part in the sheet: teaches it, leads its class or the school."""
    return (
        user.may_act_as(*SEES_ALL)
        or is_teacher_of(user, sheet)
        or is_homeroom_teacher_of(user, sheet)
    )


def may_see_correction(user: SignedIn, correction: WasRequested, sheet: HasPeople) -> bool:
    """Whether the person asked for the correction or may see its sheet.

    The secretary sees every sheet to enter marks, but no evidence: it shows pupils' papers.
    """
    return (
        user.person == correction.requested_by
        or user.may_act_as(*LOCKS)
        or is_teacher_of(user, sheet)
        or is_homeroom_teacher_of(user, sheet)
    )
