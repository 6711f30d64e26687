"""The four ways to sign a dossier, each for the person whose turn it is."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import Response

from ledger.credentials.facts import SigningWay
from ledger.dossiers.refusals import CertificateNotEnrolled, RevisionMovedOn
from ledger.dossiers.state import Dossier
from ledger.vocabulary import Role
from web.dossiers.at_hand import DOSSIERS
from web.dossiers.filing import archive_if_complete, sign, take_upload
from web.dossiers.one import DossierAtHand, DossierHand
from web.dossiers.page import ARCHIVES, ways_of
from web.dossiers.turns import Turn
from web.forms import Typed, address_of, take_password
from web.refusals import NoSchoolAuthority, NoSchoolKey, SigningFailed
from web.wording.dossiers import PATHS

router = APIRouter(prefix=f"{DOSSIERS}/{{correction_id}}/ky", include_in_schema=False)

Text = Annotated[str, Form()]
# As whom, and which state of the file the person has read.
Place = Annotated[Role, Form()]
Signing = Callable[[Turn], Dossier]


@router.post("/noi-bo")
def sign_with_school_key(one: DossierHand, role: Place, revision: Text, pin: Text = "") -> Response:
    """Sign with the key that the school gave; the PIN is what confirms it."""
    from web.signing.means import by_school

    def signing(turn: Turn) -> Dossier:
        address = address_of(one.hand.request)
        signer = by_school(turn.desk, turn.by.person, _typed(pin, "pin"), address=address)
        return sign(turn.desk, turn.dossier, signer, turn.by, turn.role)

    return _answer(one, role, revision, SigningWay.SCHOOL, signing)


@router.post("/thiet-bi")
def sign_with_device(one: DossierHand, role: Place, revision: Text, pin: Text = "") -> Response:
    """Sign with the token in the school's own machine; its PIN is what confirms it."""
    from web.signing.means import by_device

    def signing(turn: Turn) -> Dossier:
        signer = by_device(turn.desk, _certificate_on_device(turn), _typed(pin, "pin"))
        return sign(turn.desk, turn.dossier, signer, turn.by, turn.role)

    return _answer(one, role, revision, SigningWay.DEVICE, signing)


@router.post("/tu-xa")
def sign_at_service(
    one: DossierHand,
    role: Place,
    revision: Text,
    *,
    credential: Text = "",
    token: Text = "",
    pin: Text = "",
    one_time: Text = "",
    password: Text = "",
) -> Response:
    """Sign at the service that keeps the person's key, with what the service asks for."""
    from web.signing.means import by_service
    from web.signing.remote import Consent

    def signing(turn: Turn) -> Dossier:
        named = _typed(credential, "credential")
        take_password(one.hand.request, turn.desk, one.hand.user, password)
        consent = Consent(token.strip() or None, pin or None, one_time.strip() or None)
        signer = by_service(turn.desk, named, consent)
        return sign(turn.desk, turn.dossier, signer, turn.by, turn.role)

    return _answer(one, role, revision, SigningWay.REMOTE, signing, credential=credential)


@router.post("/tep")
def hand_in_signed_file(
    one: DossierHand,
    role: Place,
    revision: Text,
    *,
    file: Annotated[UploadFile | None, File()] = None,
    password: Text = "",
) -> Response:
    """Take the file back that the person signed with a program of their own."""

    def signing(turn: Turn) -> Dossier:
        take_password(one.hand.request, turn.desk, one.hand.user, password)
        content = file.file.read() if file else b""
        _typed("there" if content else "", "file")
        return take_upload(turn.desk, turn.dossier, content, turn.by, turn.role)

    return _answer(one, role, revision, SigningWay.UPLOADED, signing)


def _answer(
    one: DossierAtHand,
    role: Role,
    revision: str,
    way: SigningWay,
    signing: Signing,
    **typed: str,
) -> Response:
    """Sign once, if it is this person's turn and nothing has changed since the page was read."""

    def signed() -> None:
        hand, dossier = one.hand, one.made
        turn = Turn(hand.desk, dossier, hand.user.trying_as(role), role)
        if turn.is_over:
            return
        turn.must_be_now()
        if revision != dossier.revision.sha256:
            raise RevisionMovedOn
        _must_be_ready(one, way)
        archive_if_complete(hand.desk, signing(turn), hand.user.trying_as(*ARCHIVES))

    return one.answer(signed, PATHS[way], **typed)


def _must_be_ready(one: DossierAtHand, way: SigningWay) -> None:
    """Refuse a way that the school does not offer, or for which the person lacks something."""
    ready = {each.way: each.ready for each in ways_of(one.hand.desk, one.hand.user)}
    if way not in ready:
        if way is SigningWay.SCHOOL:
            raise NoSchoolAuthority
        raise SigningFailed(why="no-device" if way is SigningWay.DEVICE else "no-answer")
    if not ready[way]:
        raise NoSchoolKey if way is SigningWay.SCHOOL else CertificateNotEnrolled


def _certificate_on_device(turn: Turn) -> str:
    """The certificate that the person enrolled last for a token."""
    mine = turn.desk.ledger.credentials().certificates_of(turn.by.person)
    return [one.sha256 for one in mine if one.way is SigningWay.DEVICE][-1]


def _typed(text: str, name: str) -> str:
    """What was typed, without spaces around it; raises FormIncomplete for nothing."""
    typed = Typed()
    if not (text := text.strip()):
        typed.wrong(name, f"no-{name}")
    typed.check()
    return text
