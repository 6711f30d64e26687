"""Evidence files, for people who may see a correction that carries them."""

from fastapi import APIRouter
from fastapi.responses import Response

from ledger.sheet.grounds import Evidence
from ledger.store.evidence import EvidenceMissing
from web.access.identity import SignedIn, User
from web.access.permissions import may_see_correction
from web.desk import Desk, DeskDep
from web.refusals import NoSuchEvidence

router = APIRouter()

_SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@router.get("/minh-chung/{sha256}")
def show_evidence(sha256: str, desk: DeskDep, user: User) -> Response:
    """One file, inside a sandbox of its own whatever it holds."""
    evidence = _visible(sha256, desk, user)
    try:
        content = desk.evidence.read(evidence.sha256)
    except EvidenceMissing as missing:
        raise NoSuchEvidence from missing
    name = f"minh-chung-{sha256[:8]}.{_SUFFIXES[evidence.media_type]}"
    return Response(
        content,
        media_type=evidence.media_type,
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def _visible(sha256: str, desk: Desk, user: SignedIn) -> Evidence:
    """The evidence of this hash in a correction that the person may see.

    Raises NoSuchEvidence alike for a file that is not there and one of somebody else.
    """
    for correction in desk.corrections.list(with_evidence=sha256):
        for evidence in correction.evidence:
            if evidence.sha256 == sha256:
                sheet = desk.ledger.sheet(correction.sheet_id)
                if may_see_correction(user, correction, sheet):
                    return evidence
    raise NoSuchEvidence
