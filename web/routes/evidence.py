"""Evidence files, for people who may see a correction that carries them."""

from fastapi import APIRouter
from fastapi.responses import Response

from ledger.school.calendar import local_day
from ledger.sheet.grounds import Evidence
from ledger.store.evidence import EvidenceAltered, EvidenceMissing
from web.access.identity import SignedIn, User
from web.access.permissions import may_see_correction
from web.corrections.evidence import media_type_of
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
    return _file(sha256, content, evidence.media_type)


@router.get("/minh-chung-chua-gui/{sha256}")
def show_unsent_file(sha256: str, desk: DeskDep, user: User) -> Response:
    """A file that the person has uploaded with a form and not sent; nobody else's is found."""
    try:
        content = desk.unsent.read(user.person, sha256, today=local_day(desk.clock()))
    except (EvidenceMissing, EvidenceAltered) as missing:
        raise NoSuchEvidence from missing
    return _file(sha256, content, media_type_of(content))


def _file(sha256: str, content: bytes, media_type: str) -> Response:
    name = f"minh-chung-{sha256[:8]}.{_SUFFIXES[media_type]}"
    return Response(
        content,
        media_type=media_type,
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
