"""Where anybody checks a biên bản: by the code on it, by its PDF, or by the whole dossier."""

from http import HTTPStatus
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import Response

from ledger.trust.note import MalformedKey
from ledger.trust.policy import MalformedPolicy, Policy
from projections.dossiers import DossierView
from web.access.security import BODY_LIMIT
from web.desk import Desk, DeskDep
from web.dossiers.bundle import BundleUnreadable
from web.dossiers.recognizing import Recognized, named_by_code, recognized
from web.refusals import CheckingIsBusy
from web.rendering import render
from web.wording import dossier_checks as words
from web.wording import registers

if TYPE_CHECKING:
    from web.dossiers.verifying import Verified

PLACE: Final = "/kiem-chung/ho-so"
# Anybody may ask, and each check keeps a processor busy for a second.
TURN: Final = BoundedSemaphore(1)

router = APIRouter(prefix=PLACE, include_in_schema=False)


@router.get("")
def show(request: Request, desk: DeskDep, bb: str | None = None) -> Response:
    """For parents as well: nobody need be signed in, and no name or mark is told."""
    return _page(request, paper=None if bb is None else named_by_code(desk, bb))


@router.post("")
def check(
    request: Request, desk: DeskDep, file: Annotated[UploadFile | None, File()] = None
) -> Response:
    """A PDF is only hashed. Of a dossier nothing is opened that our own log has not signed for."""
    content = file.file.read() if file else b""
    if not content:
        return _page(request, unreadable=words.NO_FILE)
    if content.startswith(b"%PDF-"):
        return _page(request, paper=recognized(desk, content))
    if not TURN.acquire(blocking=False):
        raise CheckingIsBusy
    try:
        return _page(request, verified=_verified(desk, content))
    except BundleUnreadable as unreadable:
        return _page(request, unreadable=words.unreadable_sentence(unreadable.why, unreadable.name))
    finally:
        TURN.release()


def _verified(desk: Desk, content: bytes) -> "Verified":
    from web.dossiers.verifying import verify
    from web.signing.means import trust_of

    return verify(content, policy=_policy(desk), trust=trust_of(desk))


def _policy(desk: Desk) -> Policy:
    """Our own log, and the witnesses that the school knows; that is told, and none is demanded."""
    try:
        logs = {key.verifier: None for key in desk.keys.log_keys()}
        known = desk.keys.policy() or Policy()
    except (MalformedKey, MalformedPolicy) as broken:
        raise BundleUnreadable("no-log") from broken
    if not logs:
        # Without a key the file would be believed by the key that it brings itself.
        raise BundleUnreadable("no-log")
    return Policy(logs=logs, witnesses=known.witnesses)


def _page(
    request: Request,
    *,
    paper: Recognized | None = None,
    verified: "Verified | None" = None,
    unreadable: str = "",
) -> Response:
    desk: Desk = request.app.state.desk
    dossier = paper.dossier if paper else None
    if verified and verified.account:
        dossier = desk.dossiers.find(verified.manifest.correction_id)
    return render(
        request,
        "dossiers/check.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if unreadable else HTTPStatus.OK,
        paper=paper,
        verified=verified,
        is_newest=dossier is not None and verified is not None and _is_newest(verified, dossier),
        unreadable=unreadable,
        dossier=dossier,
        words=words,
        registers=registers,
        megabytes=BODY_LIMIT // 1024**2,
    )


def _is_newest(verified: "Verified", dossier: DossierView) -> bool:
    """Whether our ledger has nothing newer than what was brought."""
    account = verified.account
    return account is not None and account.dossier.revisions == dossier.revisions
