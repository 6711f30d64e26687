"""One request about dossiers: who asks, as what, and how its page is answered."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import Response

from ledger.command import Command
from ledger.refusal import Refused
from ledger.school.calendar import local_day
from ledger.vocabulary import Role
from web.access.identity import SignedIn, User
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, command_id_of, take_password
from web.names import Names
from web.rendering import render

DOSSIERS: Final = "/ho-so"

# Who notes what was printed of any class; a homeroom teacher that of the own one.
OF_ALL_CLASSES: Final = (
    *(Role.ADMINISTRATOR, Role.SECRETARY),
    *(Role.VICE_PRINCIPAL, Role.PRINCIPAL),
)
NOTES_PAPERS: Final = (*OF_ALL_CLASSES, Role.HOMEROOM_TEACHER)


@dataclass(frozen=True)
class DossiersAtHand:
    """Dossiers as one request finds them."""

    request: Request
    desk: Desk
    user: SignedIn

    @cached_property
    def names(self) -> Names:
        return self.desk.names()

    @property
    def today(self) -> date:
        return local_day(self.desk.clock())

    def asked(self, form_id: UUID, *roles: Role) -> dict[str, Any]:
        """What every command has; the author acts in the first of these roles that is held."""
        return {
            "command_id": command_id_of(form_id),
            "by": self.user.trying_as(*roles),
            "at": self.desk.clock(),
        }

    def decide(self, command: Command, password: str) -> None:
        """Record what only the principal decides, who is asked for the password again."""
        self.user.must_act_as(Role.PRINCIPAL)
        take_password(self.request, self.desk, self.user, password)
        self.desk.handle(command)

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
            f"dossiers/{template}",
            status=errors.status,
            hand=self,
            names=self.names,
            errors=errors,
            asks_password=not self.user.is_fresh(self.desk.clock()),
            **context,
        )


def _at_hand(request: Request, desk: DeskDep, user: User) -> DossiersAtHand:
    return DossiersAtHand(request, desk, user)


DossiersHand = Annotated[DossiersAtHand, Depends(_at_hand)]
