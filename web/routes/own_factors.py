"""What a person confirms decisions with: codes of a phone, and passkeys."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final
from uuid import UUID, uuid4

import segno
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from ledger.credentials.commands import (
    EnrolAuthenticator,
    EnrolPasskey,
    RemoveAuthenticator,
    RevokePasskey,
)
from ledger.refusal import Refused
from web.access.identity import User
from web.access.passkeys import Site, registered, to_register
from web.at_hand import AtHand
from web.desk import DeskDep
from web.forms import (
    NO_ERRORS,
    FormErrors,
    Typed,
    address_of,
    see,
)

PAGE: Final = "/toi/xac-nhan"

router = APIRouter(prefix=PAGE)

Text = Annotated[str, Form()]
FormId = Annotated[UUID, Form()]


@dataclass(frozen=True)
class Own(AtHand):
    """One request about what the person who asks confirms with."""

    FOLDER: ClassVar[str] = "sign_in"

    @property
    def address(self) -> str:
        return address_of(self.request)

    def overview(self, errors: FormErrors = NO_ERRORS) -> Response:
        """The page; what is being set up is shown to its owner and to nobody else."""
        desk, user, form_id = self.desk, self.user, uuid4()
        begun = desk.authenticators.begun(user.person, user.username)
        passkeys = desk.ledger.credentials().passkeys_of(user.person)
        site = Site.of(self.request)
        return self.page(
            "own_factors.html",
            errors=errors,
            since=desk.authenticators.since(user.person),
            codes_left=desk.authenticators.count_of_recovery_codes(user.person),
            begun=begun,
            qr=segno.make(begun.uri).svg_data_uri(scale=4, border=2) if begun else "",
            passkeys=passkeys,
            to_register=to_register(site, user, form_id, passkeys) if site else None,
            form_id=form_id,
        )

    def refused(self, refused: Refused) -> Response:
        return self.overview(self.errors(refused))


def _own(request: Request, desk: DeskDep, user: User) -> Own:
    return Own(request, desk, user)


Asking = Annotated[Own, Depends(_own)]


@router.get("")
def show_own_factors(own: Asking) -> Response:
    return own.overview()


@router.post("/ma")
def begin_codes(own: Asking, password: Text = "") -> Response:
    """Make a secret and show it as a QR code; it counts once a code of it was given."""
    try:
        own.take_password(password)
        own.desk.authenticators.begin(own.user.person)
    except Refused as refused:
        return own.refused(refused)
    return see(PAGE)


@router.post("/ma/bat")
def enrol_codes(own: Asking, command_id: FormId, code: Text = "") -> Response:
    """Take the first code; the recovery codes are shown in this answer and never again."""
    authenticators, person, now = own.desk.authenticators, own.user.person, own.desk.clock()
    if authenticators.since(person) is not None:
        return see(PAGE)
    try:
        authenticators.check(person, code, address=own.address, now=now)
        own.desk.handle(EnrolAuthenticator(**own.asked(command_id)))
        codes = authenticators.enrol(person, now=now)
    except Refused as refused:
        return own.refused(refused)
    return own.page("recovery_codes.html", codes=codes)


@router.post("/ma/go")
def remove_codes(
    own: Asking, command_id: FormId, code: Text = "", reason: Text = "", password: Text = ""
) -> Response:
    """Give up one's codes, with a code of the phone or, where the phone is lost, of the paper."""
    typed, authenticators, person = Typed(), own.desk.authenticators, own.user.person
    try:
        reason = typed.reason(reason)
        typed.check()
        own.take_password(password)
        of_phone = "".join(code.split()).isdecimal()
        take = authenticators.check if of_phone else authenticators.use_recovery_code
        take(person, code, address=own.address, now=own.desk.clock())
        own.desk.handle(RemoveAuthenticator(**own.asked(command_id), person=person, reason=reason))
        authenticators.remove(person)
    except Refused as refused:
        return own.refused(refused)
    return see(PAGE)


@router.post("/khoa")
def enrol_passkey(own: Asking, command_id: FormId, answer: Text = "") -> Response:
    """Register the passkey that the browser made, for who has given the password before."""
    try:
        own.take_password("")
        made = registered(Site.of(own.request), own.user, command_id, answer)
        own.desk.handle(EnrolPasskey(**own.asked(command_id), **made._asdict()))
    except Refused as refused:
        return own.refused(refused)
    return see(PAGE)


@router.post("/khoa/huy")
def revoke_passkey(
    own: Asking, command_id: FormId, credential: Text = "", reason: Text = "", password: Text = ""
) -> Response:
    typed = Typed()
    try:
        # The field of this very passkey: there may be several on the page.
        reason = typed.reason(reason, name=f"ly-do-{credential[:12]}")
        typed.check()
        own.take_password(password)
        asked = own.asked(command_id)
        own.desk.handle(RevokePasskey(**asked, credential=credential, reason=reason))
    except Refused as refused:
        return own.refused(refused)
    return see(PAGE)
