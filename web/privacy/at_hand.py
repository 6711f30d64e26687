"""One request about personal data: who asks, in which role, and what that may see."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any, ClassVar, Final, Self

from fastapi import Depends, Request
from fastapi.responses import Response

from ledger.privacy.rules import RESTRICTS, WRITES_DOWN
from ledger.privacy.state import Privacy
from ledger.refusal import Refused
from ledger.vocabulary import Role
from web import wording
from web.access.identity import User
from web.at_hand import AtHand
from web.desk import DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed
from web.names import Names
from web.wording import privacy_words
from web.wording.privacy_facts import shown_retention
from web.year.sent import SentForm

PRIVACY: Final = "/quan-tri/du-lieu-ca-nhan"

MANAGES: Final = (*WRITES_DOWN, Role.PRINCIPAL)


@dataclass(frozen=True)
class PrivacyAtHand(AtHand):
    """Personal data as one request finds it."""

    FOLDER: ClassVar[str] = "privacy"

    @cached_property
    def privacy(self) -> Privacy:
        return self.desk.ledger.privacy()

    @cached_property
    def names(self) -> Names:
        """The only names of the restricted that anybody is shown; not the secretary."""
        in_full = self.user.may_act_as(*RESTRICTS)
        return self.desk.names_in_full() if in_full else self.desk.names()

    @property
    def writes_down(self) -> bool:
        return not self.user.roles.isdisjoint(WRITES_DOWN)

    @property
    def decides(self) -> bool:
        return self.user.may_act_as(Role.PRINCIPAL)

    @property
    def restricts(self) -> bool:
        return self.user.may_act_as(*RESTRICTS)

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
        return super().page(
            template,
            errors=errors,
            privacy=self.privacy,
            words=privacy_words,
            shown_retention=shown_retention,
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
