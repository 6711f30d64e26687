"""What a person signs with: a key of the school's behind a PIN, or a certificate from outside."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final
from uuid import UUID

from cryptography import x509
from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response

from ledger.credentials.facts import SigningWay
from ledger.credentials.refusals import NoSuchCertificate
from ledger.refusal import Refused
from ledger.vocabulary import Author
from web.access.identity import User
from web.at_hand import AtHand
from web.desk import DeskDep
from web.forms import (
    NO_ERRORS,
    FormErrors,
    Typed,
    address_of,
    command_id_of,
    see,
)
from web.refusals import CertificateUnfit, FormIncomplete, WrongPin
from web.signing import enrolling
from web.signing.certificates import certificate_in, common_name
from web.signing.overview import Held, held_by
from web.spreadsheets.usernames import plain
from web.wording import enrolling as words

OWN: Final = "/toi/chu-ky"

router = APIRouter(prefix=OWN, include_in_schema=False)

_LARGEST: Final = 200_000
Text = Annotated[str, Form()]
FormId = Annotated[UUID, Form()]


@dataclass(frozen=True)
class _Own(AtHand):
    """Somebody's own means of signing, as one request finds them."""

    FOLDER: ClassVar[str] = "signing"

    @property
    def author(self) -> Author:
        return self.user.acting_as_one_of(*sorted(self.user.roles))

    @property
    def held(self) -> list[Held]:
        return held_by(self.desk, self.user.person)

    def ways(self) -> list[SigningWay]:
        """How a certificate from outside can be used at this school."""
        settings = self.desk.settings
        offered = {SigningWay.DEVICE: settings.device, SigningWay.REMOTE: settings.remote}
        return [SigningWay.UPLOADED, *(way for way, place in offered.items() if place)]

    def overview(self, errors: FormErrors = NO_ERRORS, *, other_name: str = "") -> Response:
        key = enrolling.school_keys_of(self.desk, self.author)
        return self.page(
            "own.html",
            errors=errors,
            held=self.held,
            key=key[-1] if key else None,
            authority=self.desk.ledger.credentials().authority,
            ways=self.ways(),
            other_name=other_name,
            words=words,
        )

    def refused(self, refused: Refused, *, other_name: str = "") -> Response:
        return self.overview(self.errors(refused), other_name=other_name)


def _own(request: Request, desk: DeskDep, user: User) -> _Own:
    return _Own(request, desk, user)


Own = Annotated[_Own, Depends(_own)]


@router.get("")
def show(own: Own) -> Response:
    return own.overview()


@router.post("/khoa")
def make_key(
    own: Own, *, command_id: FormId, pin: Text = "", pin_again: Text = "", password: Text = ""
) -> Response:
    """Make a key of the school's for oneself; the one before is put out of use."""
    try:
        _check_twice(pin, pin_again, name="pin_again")
        own.take_password(password)
        enrolling.give_key(
            own.desk,
            command_id_of(command_id),
            own.author,
            name=own.user.full_name,
            pin=pin,
            reason=words.REPLACED,
        )
    except Refused as refused:
        return own.refused(refused)
    return see(OWN)


@router.post("/pin")
def change_pin(own: Own, *, old_pin: Text = "", pin: Text = "", pin_again: Text = "") -> Response:
    """Put the own key behind another PIN."""
    address, now = address_of(own.request), own.desk.clock()
    try:
        _check_twice(pin, pin_again, name="new_pin_again")
        own.desk.school_keys.change_pin(own.user.person, old_pin, pin, address=address, now=now)
    except WrongPin:
        return own.refused(FormIncomplete(fields={"old_pin": "wrong-pin"}))
    except Refused as refused:
        return own.refused(refused)
    return see(OWN)


@router.post("/chung-thu")
def enrol_certificate(
    own: Own,
    *,
    command_id: FormId,
    file: Annotated[UploadFile | None, File()] = None,
    way: Text = SigningWay.UPLOADED.value,
    mine: Text = "",
    password: Text = "",
) -> Response:
    """Register a certificate from outside; one in another name is to be confirmed."""
    other_name = ""
    try:
        own.take_password(password)
        certificate = _certificate_of(file)
        called = common_name(certificate.subject)
        if mine != "yes" and plain(called) != plain(own.user.full_name):
            other_name = words.other_name(called, own.user.full_name)
        _check_name_and_way(own, other_name, way)
        enrolling.enrol(
            own.desk, command_id_of(command_id), own.author, certificate, SigningWay(way)
        )
    except Refused as refused:
        return own.refused(refused, other_name=other_name)
    return see(OWN)


@router.post("/thoi-dung/{certificate}")
def withdraw(
    own: Own, certificate: str, *, command_id: FormId, reason: Text = "", password: Text = ""
) -> Response:
    """Put one of the own certificates out of use, for ever."""
    if certificate not in {one.certificate.sha256 for one in own.held}:
        raise NoSuchCertificate
    try:
        typed = Typed()
        why = typed.reason(reason, name=f"reason-{certificate[:8]}")
        typed.check()
        own.take_password(password)
        enrolling.withdraw(own.desk, command_id_of(command_id), own.author, certificate, why)
    except Refused as refused:
        return own.refused(refused)
    return see(OWN)


def _check_twice(pin: str, again: str, *, name: str) -> None:
    typed = Typed()
    if pin != again:
        typed.wrong(name, "pins-differ")
    typed.check()


def _certificate_of(file: UploadFile | None) -> x509.Certificate:
    content = file.file.read(_LARGEST) if file else b""
    if not content:
        raise CertificateUnfit(why="unreadable")
    return certificate_in(content)


def _check_name_and_way(own: _Own, other_name: str, way: str) -> None:
    typed = Typed()
    if other_name:
        typed.wrong("mine", "other-name")
    if way not in own.ways():
        typed.wrong("way", "no-way")
    typed.check()
