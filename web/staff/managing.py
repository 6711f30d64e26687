"""One request about the school or its staff: who asks, in which role, and what that may touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.school.calendar import local_day
from ledger.school.founding import DECIDES
from ledger.school.refusals import OnlyThePrincipalMakesDeciders
from ledger.school.school import School
from ledger.vocabulary import Author, PersonId, Role
from web.access.identity import SignedIn, User
from web.access.permissions import SETS_UP
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, command_id_of, take_password
from web.refusals import AccountLacksRole
from web.rendering import render

MANAGES_ACCOUNTS: Final = (Role.ADMINISTRATOR, Role.PRINCIPAL)
# Somebody who holds one of these acts in it; the principal's place is taken only without them.
_OWN: Final = (Role.PRINCIPAL, Role.ADMINISTRATOR, Role.VICE_PRINCIPAL)


@dataclass(frozen=True, slots=True)
class Managing:
    """The school as one request finds it, and who asks."""

    request: Request
    desk: Desk
    user: SignedIn
    school: School

    @property
    def today(self) -> date:
        return local_day(self.desk.clock())

    @property
    def author(self) -> Author:
        own = [role for role in _OWN if role in self.user.roles]
        return self.user.acting_as_one_of(*own, *SETS_UP)

    def asked(self, form_id: UUID) -> dict[str, Any]:
        """What every command has; sent twice, the form is one command."""
        return {
            "command_id": command_id_of(form_id),
            "by": self.author,
            "at": self.desk.clock(),
        }

    def take_password(self, password: str | None) -> None:
        """Let pass who gave the password lately or gives it now; raises as `forms` does."""
        take_password(self.request, self.desk, self.user, password)

    def must_be_the_principal(self) -> None:
        """Refuse everybody but the principal in person; raises AccountLacksRole."""
        if Role.PRINCIPAL not in self.user.roles:
            raise AccountLacksRole(roles=[Role.PRINCIPAL])

    def must_be_allowed_to_open(self, person: PersonId) -> None:
        """Refuse everybody but the principal to open an account that decides.

        Who could sign in with it could approve what he has asked for himself.
        """
        place = self.school.staff.get(person)
        decides = bool(place and place.roles & DECIDES) or person in self.school.delegations
        if decides and Role.PRINCIPAL not in self.user.roles:
            raise OnlyThePrincipalMakesDeciders

    def people_in(self, *roles: Role) -> Sequence[PersonId]:
        """Who acts in one of these roles today, by name."""
        found = {person for role in roles for person in self.school.members(role, self.today)}
        return self.desk.names().in_order(found)

    def errors(self, refused: Refused) -> FormErrors:
        return FormErrors.of(self.request, refused)

    def page(
        self,
        template: str,
        *,
        errors: FormErrors = NO_ERRORS,
        **context: Any,  # noqa: ANN401  (whatever the template shows)
    ) -> Response:
        return render(
            self.request,
            template,
            status=errors.status,
            errors=errors,
            names=self.desk.names(),
            school=self.school,
            today=self.today,
            is_principal=Role.PRINCIPAL in self.user.roles,
            asks_password=not self.user.is_fresh(self.desk.clock()),
            **context,
        )


def _managing_accounts(request: Request, desk: DeskDep, user: User) -> Managing:
    user.must_act_as(*MANAGES_ACCOUNTS)
    return Managing(request, desk, user, desk.ledger.school())


def _managing_school(request: Request, desk: DeskDep, user: User) -> Managing:
    user.must_act_as(*SETS_UP)
    return Managing(request, desk, user, desk.ledger.school())


ManagingAccounts = Annotated[Managing, Depends(_managing_accounts)]
ManagingSchool = Annotated[Managing, Depends(_managing_school)]
