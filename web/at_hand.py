"""One request of somebody signed in: who asks, for what, and how its page is answered."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from ledger.command import Command
from ledger.refusal import Refused
from ledger.school.calendar import local_day
from ledger.vocabulary import Role
from web.access.identity import SignedIn
from web.desk import Desk
from web.forms import NO_ERRORS, FormErrors, command_id_of, take_password
from web.names import Names
from web.rendering import render


@dataclass(frozen=True)
class AtHand:
    """What the pages of one part of the school's work share; `FOLDER` is that of its templates."""

    request: Request
    desk: Desk
    user: SignedIn

    FOLDER: ClassVar[str]

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

    def take_password(self, password: str | None) -> None:
        """Let pass who gave the password lately or gives it now; raises as `forms` does."""
        take_password(self.request, self.desk, self.user, password)

    def decide(self, command: Command, password: str) -> None:
        """Record what only the principal decides, who is asked for the password again."""
        self.user.must_act_as(Role.PRINCIPAL)
        self.take_password(password)
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
            f"{self.FOLDER}/{template}",
            status=errors.status,
            hand=self,
            names=self.names,
            errors=errors,
            asks_password=not self.user.is_fresh(self.desk.clock()),
            **context,
        )
