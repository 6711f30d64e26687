"""The forms about staff and the school, as typed, and what is understood by them."""

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import BaseModel

from ledger.people import StaffMember
from ledger.vocabulary import PersonId, Role
from web.forms import Typed
from web.spreadsheets.usernames import is_username

# The system's own role is nobody's.
GIVEN: Final = tuple(role for role in Role if role is not Role.SYSTEM)
_LONGEST_NAME: Final = 80
_LONGEST_LABEL: Final = 200


class PasswordForm(BaseModel):
    """A form that asks for the password again where it was not given lately."""

    password: str | None = None


class NewAccountForm(PasswordForm):
    """Somebody new, with an account."""

    command_id: UUID
    family_name: str = ""
    given_name: str = ""
    username: str = ""
    roles: list[Role] = []

    def member(self, person: PersonId) -> StaffMember:
        return StaffMember(
            person_id=person, family_name=self.family_name, given_name=self.given_name
        )

    def check(self) -> None:
        """Raise FormIncomplete with everything that is wrong."""
        typed = Typed()
        _username(typed, self.username)
        for name in ("family_name", "given_name"):
            if not 1 <= len(getattr(self, name).strip()) <= _LONGEST_NAME:
                typed.wrong(name, "no-name")
        _roles(typed, self.roles)
        typed.check()


class RolesForm(PasswordForm):
    """The roles of somebody, and whether the account may be used."""

    command_id: UUID
    roles: list[Role] = []
    active: bool = False

    def check(self) -> None:
        typed = Typed()
        _roles(typed, self.roles)
        typed.check()


class WayInForm(PasswordForm):
    """An account for somebody on the staff who has none."""

    username: str = ""

    def check(self) -> None:
        typed = Typed()
        _username(typed, self.username)
        typed.check()


class LostForm(PasswordForm):
    """What somebody confirmed with was lost, and how."""

    command_id: UUID
    reason: str = ""

    def check(self) -> None:
        typed = Typed()
        self.reason = typed.reason(self.reason)
        typed.check()


class LeavingForm(PasswordForm):
    """The last day of somebody who leaves."""

    command_id: UUID
    until: str = ""

    def last_day(self) -> date:
        typed = Typed()
        day = typed.day(self.until, name="until")
        typed.check()
        assert day is not None, "checked"
        return day


class DescriptionForm(PasswordForm):
    """What the school is called from a day on."""

    command_id: UUID
    since: str = ""
    school_name: str = ""
    governing_body: str = ""
    department: str = ""
    school_code: str = ""
    place: str = ""

    def understood(self) -> dict[str, object]:
        """The fields of the command; raises FormIncomplete."""
        typed = Typed()
        since = typed.day(self.since, name="since")
        labels = self.model_dump(exclude={"command_id", "since", "password"})
        for name, text in labels.items():
            if not 1 <= len(text.strip()) <= _LONGEST_LABEL:
                typed.wrong(name, "no-title")
        typed.check()
        return {**labels, "since": since}


class DelegationForm(PasswordForm):
    """Who decides in the principal's place, from which day to which, and why."""

    command_id: UUID
    deputy: str = ""
    first_day: str = ""
    last_day: str = ""
    reason: str = ""

    def understood(self) -> dict[str, object]:
        """The fields of the command; raises FormIncomplete."""
        typed = Typed()
        given: dict[str, object] = {
            "deputy": typed.person(self.deputy, name="deputy"),
            "since": typed.day(self.first_day, name="first_day"),
            "until": typed.day(self.last_day, name="last_day"),
            "reason": typed.reason(self.reason),
        }
        typed.check()
        return given


class EndingForm(PasswordForm):
    """Why a delegation ends before its last day."""

    command_id: UUID
    reason: str = ""

    def understood(self, *, name: str) -> str:
        """The reason; raises FormIncomplete for the field of this name."""
        typed = Typed()
        reason = typed.reason(self.reason, name=name)
        typed.check()
        return reason


def _username(typed: Typed, text: str) -> None:
    if not is_username(text.strip().lower()):
        typed.wrong("username", "no-username")


def _roles(typed: Typed, roles: list[Role]) -> None:
    if not set(roles) <= set(GIVEN) or not roles:
        typed.wrong("roles", "no-role")
