"""Where anybody checks the proof of a line; everything is done in the browser."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ledger.trust.note import MalformedKey
from web.desk import Desk, DeskDep
from web.rendering import render
from web.wording.proofs import CHECK_WORDS

router = APIRouter(include_in_schema=False)


@router.get("/kiem-chung")
def check_proof(request: Request, desk: DeskDep) -> Response:
    """For parents as well: nobody need be signed in, and nothing is sent here."""
    return render(request, "proofs/check.html", words=CHECK_WORDS, log_key=_log_key(desk))


def _log_key(desk: Desk) -> str | None:
    """The public key of the school's log, if it has begun; a broken file is told elsewhere."""
    try:
        keys = desk.keys.log_keys()
    except MalformedKey:
        return None
    return str(keys[-1].verifier) if keys else None
