"""What every answer is wrapped in: strict headers, and writing only from pages of this site."""

import re
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problems import http_response, refused_response
from web.refusals import ComesFromElsewhere

# The largest form is a request with photos of test papers; the files are checked one by one.
BODY_LIMIT: Final = 12 * 1024 * 1024
# A dossier that comes back signed carries all the photos of its request.
_SIGNED_FILE: Final = re.compile(r"/ho-so/[0-9a-f-]{36}/ky/tep")
_SIGNED_FILE_LIMIT: Final = 64 * 1024 * 1024

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Marks must not stay in the cache of a computer that the staff room shares.
    "Cache-Control": "no-store",
}


class StrictHeaders:
    """Add the headers to every answer; one that a route has set itself stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        await self.app(scope, receive, send_with_headers)


class NotTooLarge:
    """Refuse, with a page, a body beyond the limit or one that does not say how long it is.

    No browser sends a form without its length, and servers hold a sender to the length it gave.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not length.isdecimal():
            status = HTTPStatus.LENGTH_REQUIRED
        elif int(length) > _limit_of(scope):
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        else:
            await self.app(scope, receive, send)
            return
        await _drop_body(receive)
        answer = http_response(Request(scope, receive), status)
        await answer(scope, receive, send)


def _limit_of(scope: Scope) -> int:
    return _SIGNED_FILE_LIMIT if _SIGNED_FILE.fullmatch(scope["path"]) else BODY_LIMIT


async def _drop_body(receive: Receive) -> None:
    """Take what is sent and forget it: a browser reads the answer only after it has sent all.

    Not without end, since anybody may send.
    """
    dropped, more = 0, True
    while more and dropped < 5 * BODY_LIMIT:
        message = await receive()
        dropped += len(message.get("body", b""))
        more = message.get("more_body", False)


class OnlyFromOurPages:
    """Refuse a writing request that a page of another site may have sent with our cookie."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] in _SAFE_METHODS
            or comes_from_here(Headers(scope=scope))
        ):
            await self.app(scope, receive, send)
            return
        answer = refused_response(Request(scope, receive), ComesFromElsewhere())
        await answer(scope, receive, send)


def comes_from_here(headers: Headers) -> bool:
    """Whether a page of this site, or the person directly, sent the request.

    Browsers send Sec-Fetch-Site over HTTPS and to localhost only, so on a school's plain HTTP
    network the Origin is what remains. With neither, the API is refused too: it uses the cookie.
    """
    if site := headers.get("sec-fetch-site"):
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")
