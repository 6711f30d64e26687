"""Every no and every failure as a page for people, or as problem+json for programs."""

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from ledger.refusal import Refused, Standing
from web.refusals import FormIncomplete, NotSignedIn, PointUnreadable, TooManySignIns
from web.rendering import render
from web.wording import refusal_sentence
from web.wording.problems import HEADINGS, MALFORMED, NEXT_STEPS, STATUSES, failed

_LOG: Final = logging.getLogger("grade-ledger")

_STATUS: Final = {
    Standing.NOT_YOUR_PLACE: HTTPStatus.FORBIDDEN,
    Standing.NO_SUCH_THING: HTTPStatus.NOT_FOUND,
    Standing.NOT_NOW: HTTPStatus.CONFLICT,
}


def register(app: FastAPI) -> None:
    """Answer every refusal and failure of the application."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    # A command made of what a form said, where the form itself could still be read.
    app.add_exception_handler(ValidationError, _malformed)
    # Starlette's class, not FastAPI's: what the framework raises itself is of this one.
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _failed)


def status_of(refused: Refused) -> int:
    """The HTTP status of a refusal."""
    if isinstance(refused, NotSignedIn):
        return HTTPStatus.UNAUTHORIZED
    if isinstance(refused, TooManySignIns):
        return HTTPStatus.TOO_MANY_REQUESTS
    if isinstance(refused, FormIncomplete | PointUnreadable):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return _STATUS[refused.standing]


def sentence(request: Request, refused: Refused) -> str:
    """The sentence of a refusal, with the names that it tells."""
    return refusal_sentence(refused, request.app.state.desk.names())


def refused_response(request: Request, refused: Refused) -> Response:
    """The answer to a refusal: problem+json, the sign-in page, or a page that says why."""
    if isinstance(refused, NotSignedIn) and not wants_json(request):
        return _to_sign_in(request)
    return problem(
        request,
        status=status_of(refused),
        code=refused.code,
        detail=sentence(request, refused),
        headers=_headers_of(refused),
    )


def problem(
    request: Request,
    *,
    status: int,
    code: str,
    detail: str,
    headers: dict[str, str] | None = None,
) -> Response:
    """One answer with a permanent code and one clear sentence."""
    title = HEADINGS.get(status, HEADINGS[400])
    if wants_json(request):
        body = {"type": f"/problems/{code}", "title": title, "status": status, "detail": detail}
        return JSONResponse(
            {**body, "code": code}, status, headers, media_type="application/problem+json"
        )
    return render(
        request,
        "problem.html",
        status=status,
        headers=headers,
        title=title,
        detail=detail,
        code=code,
        next_step=NEXT_STEPS.get(status, ""),
    )


def http_response(request: Request, status: HTTPStatus) -> Response:
    """The answer where only the status is known."""
    return _http(request, HTTPException(status))


def wants_json(request: Request) -> bool:
    """Whether the answer goes to a program: everything under /api/."""
    return request.url.path.startswith("/api/")


def _headers_of(refused: Refused) -> dict[str, str] | None:
    if isinstance(refused, TooManySignIns):
        return {"Retry-After": str(refused.details["seconds"])}
    return None


def _to_sign_in(request: Request) -> Response:
    """To the sign-in page, and from there back to the page that was asked for."""
    asked = request.url.path
    if request.method != "GET":
        asked = "/"
    elif request.url.query:
        asked = f"{asked}?{request.url.query}"
    target = "/dang-nhap" if asked == "/" else f"/dang-nhap?{urlencode({'tiep': asked})}"
    return RedirectResponse(target, HTTPStatus.SEE_OTHER)


def _refused(request: Request, refused: Exception) -> Response:
    assert isinstance(refused, Refused)
    return refused_response(request, refused)


def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError | ValidationError)
    if any(each["loc"][:1] == ("path",) for each in error.errors()):
        return _http(request, HTTPException(HTTPStatus.NOT_FOUND))
    _LOG.info("malformed request to %s: %s", request.url.path, _places(error))
    return problem(
        request,
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        code="malformed",
        detail=f"{MALFORMED} ({_places(error)})",
    )


def _places(error: RequestValidationError | ValidationError) -> str:
    """Where it is malformed, never with what stood there: it may be a password."""
    found: Iterable[Any] = error.errors()
    # A request's places begin with where in the request it was.
    first = 1 if isinstance(error, RequestValidationError) else 0
    return ", ".join(".".join(map(str, each["loc"][first:])) or "?" for each in found)[:300]


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    if status < 400:
        return Response(status_code=status, headers=dict(error.headers or {}))
    code = HTTPStatus(status).phrase.lower().replace(" ", "-").replace("'", "")
    detail = STATUSES.get(status, STATUSES[400])
    return problem(
        request, status=status, code=code, detail=detail, headers=dict(error.headers or {})
    )


def _failed(request: Request, error: Exception) -> Response:
    incident = uuid4().hex[:12]
    _LOG.error("incident %s at %s", incident, request.url.path, exc_info=error)
    return problem(
        request,
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        code="failed",
        detail=failed(incident),
    )
