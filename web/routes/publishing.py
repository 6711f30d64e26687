"""The sealing of the ledger: the page of the leaders, and what anybody may read of the log."""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import Response

from ledger.publishing.publisher import UNREADABLE
from ledger.recovery.reading import last_backup
from ledger.store.checkpoints import Published
from ledger.trust.note import MalformedKey, VerifierKey
from ledger.trust.policy import MalformedPolicy, Policy
from ledger.trust.tlog_tiles import NoSuchTile, Tile
from web.access.identity import User
from web.access.permissions import SETS_UP
from web.desk import Desk, DeskDep
from web.publishing.overview import WIDTH, gap_of, recent_rows, sealing_of
from web.rendering import render
from web.wording import publishing as words

router = APIRouter(include_in_schema=False)

_TEXT: Final = "text/plain; charset=utf-8"
_LARGEST: Final = 2**63 - 1


@router.get("/niem-phong")
def overview(request: Request, desk: DeskDep, user: User) -> Response:
    """How far the ledger is sealed, by whom, and what has to be given to witnesses."""
    user.must_act_as(*SETS_UP)
    sealing = sealing_of(desk)
    rows = recent_rows(desk, sealing.standing)
    return render(
        request,
        "publishing/overview.html",
        words=words,
        sealing=sealing,
        rows=rows,
        gap=gap_of(rows),
        width=WIDTH,
        closing=_closing_policy(desk),
        keys=_keys(desk),
        restarts=desk.ledger.school().restarts,
        names=desk.names(),
        backup_folder=desk.backup.place.folder if desk.backup else None,
        last_backup=last_backup(desk.backup.place) if desk.backup else None,
    )


@router.get("/niem-phong/{position}")
def note(position: Annotated[int, Path(ge=1, le=_LARGEST)], desk: DeskDep, user: User) -> Response:
    """The first checkpoint that a line is under as a file, with every cosignature."""
    user.must_act_as(*SETS_UP)
    found = desk.checkpoints.covering(_newest(desk).checkpoint.origin, position)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    name = f"dau-so-{found.checkpoint.size}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(found.note.to_bytes(), media_type=_TEXT, headers=headers)


@router.get("/tlog/checkpoint")
def checkpoint(desk: DeskDep) -> Response:
    """The newest checkpoint, for anybody (c2sp.org/tlog-tiles)."""
    return Response(_newest(desk).note.to_bytes(), media_type=_TEXT)


@router.get("/tlog/tile/{level}/{place:path}")
def tile(level: str, place: str, desk: DeskDep) -> Response:
    """Hashes of the published tree, for anybody; the entries themselves have pupils' marks."""
    try:
        asked = Tile.parse(level, place)
    except NoSuchTile as wrong:
        raise HTTPException(HTTPStatus.NOT_FOUND) from wrong
    if not asked.is_of(_newest(desk).checkpoint.size):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return Response(
        asked.hashes(desk.ledger.recorder.tree),
        media_type="application/octet-stream",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


def _newest(desk: Desk) -> Published:
    try:
        newest = desk.publisher.newest()
    except UNREADABLE as unreadable:  # The first screen of the leaders says what.
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE) from unreadable
    if newest is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return newest


def _closing_policy(desk: Desk) -> Policy | None:
    try:
        return desk.keys.policy("policy-close-year")
    except MalformedPolicy:
        return None


def _keys(desk: Desk) -> list[VerifierKey]:
    """The keys of the log that can be read, one for each incarnation."""
    try:
        return [key.verifier for key in desk.keys.log_keys()]
    except MalformedKey:
        return []
