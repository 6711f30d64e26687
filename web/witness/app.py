"""The witness as a web application: what logs ask of it, and one page for people."""

import logging
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.concurrency import run_in_threadpool

from ledger.trust.witnessing import SIZE_TYPE, WitnessRefuses
from web import problems
from web.access.security import StrictHeaders
from web.rendering import STATIC, render
from web.witness.answering import Witness
from web.witness.overview import overview
from web.wording import witness as words

# A proof has 63 lines at most, and a note as many signatures as anybody could explain.
BODY_LIMIT: Final = 64 * 1024

_LOG: Final = logging.getLogger("grade-ledger")


def witness_app(witness: Witness) -> FastAPI:
    """The application of one witness: no cookies, no sessions, nothing to sign in to."""
    app = FastAPI(title="Nhân chứng", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.witness = witness
    problems.register(app)
    app.add_api_route("/", _page, methods=["GET"])
    app.add_api_route("/add-checkpoint", _add_checkpoint, methods=["POST"])
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(StrictHeaders)
    return app


async def _add_checkpoint(request: Request) -> Response:
    """Answer a log (c2sp.org/tlog-witness)."""
    witness: Witness = request.app.state.witness
    content = await _body(request)
    if content is None:
        return _said("too large", 413)
    try:
        cosignature = await run_in_threadpool(witness.add_checkpoint, content)
    except WitnessRefuses as refusal:
        if refusal.known_size is not None:
            return Response(f"{refusal.known_size}\n", 409, headers={"Content-Type": SIZE_TYPE})
        return _said(refusal.answer.name.lower().replace("_", " "), refusal.answer.value)
    except (DBAPIError, NoConnection):
        # What cannot be remembered is not cosigned; the log asks again.
        _LOG.exception("the memory of the witness cannot be written")
        return _said("not remembered", 503)
    return _said(str(cosignature).removesuffix("\n"), 200)


async def _body(request: Request) -> bytes | None:
    """What was sent, or None as soon as it is too much."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > BODY_LIMIT:
            return None
    return bytes(content)


def _said(line: str, status: int) -> Response:
    return PlainTextResponse(f"{line}\n", status)


def _page(request: Request) -> HTMLResponse:
    witness: Witness = request.app.state.witness
    return render(request, "witness/overview.html", witness=overview(witness), words=words)
