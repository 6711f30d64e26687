"""One request about personal data: who asks, in which role, and what that may see."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Final, Self
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import Response

from ledger.privacy.commands import PrivacyCommand
from ledger.privacy.rules import RESTRICTS, WRITES_DOWN
from ledger.privacy.state import Privacy
from ledger.refusal import Refused
from ledger.school.calendar import local_day
from ledger.vocabulary import Role
from web import wording
from web.access.identity import SignedIn, User
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, take_password
from web.names import Names
from web.rendering import render
from web.wording import privacy_words
from web.wording.privacy_facts import shown_retention
from web.year.sent import SentForm

PRIVACY: Final = "/quan-tri/du-lieu-ca-nhan"

MANAGES: Final = (*WRITES_DOWN, Role.PRINCIPAL)


@dataclass(frozen=True)
class PrivacyAtHand:
    """Personal data as one request finds it."""

    request: Request
    desk: Desk
    user: SignedIn

    @cached_property
    def privacy(self) -> Privacy:
        return self.desk.ledger.privacy()

    @cached_property
    def names(self) -> Names:
        """The only names of the restricted that anybody is shown; not the secretary."""
        in_full = self.user.may_act_as(*RESTRICTS)
        return self.desk.names_in_full() if in_full else self.desk.names()

    @property
    def today(self) -> date:
        return local_day(self.desk.clock())

    @property
    def writes_down(self) -> bool:
        return not self.user.roles.isdisjoint(WRITES_DOWN)

    @property
    def decides(self) -> bool:
        return self.user.may_act_as(Role.PRINCIPAL)

    @property
    def restricts(self) -> bool:
        return self.user.may_act_as(*RESTRICTS)

    def asked(self, form_id: UUID, *roles: Role) -> dict[str, Any]:
        """What every command has; the author acts in the first of these roles that is held."""
        return {
            "command_id": command_id_of(form_id),
            "by": self.user.trying_as(*roles),
            "at": self.desk.clock(),
        }

    def decide(self, command: PrivacyCommand, password: str) -> None:
        """Record what only the principal decides, who is asked for the password again."""
        self.user.must_act_as(Role.PRINCIPAL)
        take_password(self.request, self.desk, self.user, password)
        self.desk.handle(command)

    def errors(self, refused: Refused) -> FormErrors:
        return FormErrors.of(self.request, refused)

    def afresh(self) -> Self:
        """The same request on the newest state: what was refused was decided on that."""
        return replace(self)

    def sentence(self, refused: Refused) -> str:
        return wording.refusal_sentence(refused, self.names)

    def page(
        self,
        template: str,
        *,
        errors: FormErrors = NO_ERRORS,
        **context: Any,  # noqa: ANN401  (whatever the template shows)
    ) -> Response:
        return render(
            self.request,
            f"privacy/{template}",
            status=errors.status,
            hand=self,
            names=self.names,
            privacy=self.privacy,
            errors=errors,
            words=privacy_words,
            shown_retention=shown_retention,
            asks_password=not self.user.is_fresh(self.desk.clock()),
            **context,
        )


def typed_reason(sent: SentForm, name: str) -> str:
    """The reason of a form; raises FormIncomplete for the field of this name."""
    typed = Typed()
    reason = typed.reason(sent.text("reason"), name=name)
    typed.check()
    return reason


def _at_hand(request: Request, desk: DeskDep, user: User) -> PrivacyAtHand:
    user.must_act_as(*MANAGES)
    return PrivacyAtHand(request, desk, user)


PrivacyHand = Annotated[PrivacyAtHand, Depends(_at_hand)]
