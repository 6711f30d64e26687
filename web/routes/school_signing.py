"""What the school signs with: its own authority, who has which certificate, whom it believes."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from ledger.credentials.refusals import NoSuchCertificate
from ledger.refusal import Refused
from ledger.vocabulary import Role
from web.access.identity import User
from web.access.permissions import SETS_UP
from web.at_hand import AtHand
from web.desk import DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, see
from web.refusals import AccountLacksRole
from web.signing import enrolling
from web.signing.overview import Held, accepted_roots, held_by_all
from web.wording import enrolling as words

SIGNING: Final = "/quan-tri/chu-ky"

router = APIRouter(prefix=SIGNING, include_in_schema=False)

Text = Annotated[str, Form()]
FormId = Annotated[UUID, Form()]


@dataclass(frozen=True)
class _Signing(AtHand):
    """The school's signing, as one request finds it."""

    FOLDER: ClassVar[str] = "signing"

    def held(self, certificate: str) -> Held:
        """A certificate that can still be withdrawn; raises NoSuchCertificate."""
        for one in held_by_all(self.desk):
            if one.certificate.sha256 == certificate:
                return one
        raise NoSuchCertificate

    def overview(self, errors: FormErrors = NO_ERRORS) -> Response:
        settings, school = self.desk.settings, self.desk.ledger.school()
        held = held_by_all(self.desk)
        people = {one.certificate.person for one in held}
        return self.page(
            "school.html",
            errors=errors,
            words=words,
            authorities=self.desk.ledger.credentials().authorities[::-1],
            founds=Role.PRINCIPAL in self.user.roles,
            withdraws=Role.ADMINISTRATOR in self.user.roles,
            held=held,
            gone={person for person in people if not school.roles_of(person, self.today)},
            roots=accepted_roots(self.desk.keys.folder),
            tsa=settings.tsa,
            device=settings.device,
            remote=settings.remote,
        )


def _signing(request: Request, desk: DeskDep, user: User) -> _Signing:
    user.must_act_as(*SETS_UP)
    return _Signing(request, desk, user)


Signing = Annotated[_Signing, Depends(_signing)]


@router.get("")
def show(signing: Signing) -> Response:
    return signing.overview()


@router.post("/noi-cap")
def found(signing: Signing, *, command_id: FormId, password: Text = "") -> Response:
    """Begin the school's own authority, as the principal in person with the password."""
    if Role.PRINCIPAL not in signing.user.roles:
        raise AccountLacksRole(roles=[Role.PRINCIPAL])
    try:
        signing.take_password(password)
        by = signing.user.acting_as(Role.PRINCIPAL)
        enrolling.found_authority(signing.desk, command_id_of(command_id), by)
    except Refused as refused:
        return signing.overview(signing.errors(refused))
    return see(SIGNING)


@router.get("/{certificate}")
def ask_to_withdraw(signing: Signing, certificate: str) -> Response:
    return signing.page("withdraw.html", one=signing.held(certificate), reason="", words=words)


@router.post("/{certificate}")
def withdraw(
    signing: Signing,
    certificate: str,
    *,
    command_id: FormId,
    reason: Text = "",
    password: Text = "",
) -> Response:
    """Put somebody's lost certificate out of use, for ever."""
    signing.user.must_act_as(Role.ADMINISTRATOR)
    one = signing.held(certificate)
    try:
        typed = Typed()
        why = typed.reason(reason)
        typed.check()
        signing.take_password(password)
        by = signing.user.acting_as(Role.ADMINISTRATOR)
        enrolling.withdraw(signing.desk, command_id_of(command_id), by, certificate, why)
    except Refused as refused:
        errors = signing.errors(refused)
        return signing.page("withdraw.html", errors=errors, one=one, reason=reason, words=words)
    return see(SIGNING)
