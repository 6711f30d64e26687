"""The web application: routes, middleware, problems and static files over one desk."""

from typing import Final

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

from web import problems
from web.access.security import NotTooLarge, OnlyFromOurPages, StrictHeaders
from web.desk import Desk
from web.rendering import STATIC
from web.routes import routers
from web.verification.job import VerificationJob

_YEAR: Final = 31_536_000


def create_app(desk: Desk) -> FastAPI:
    """The application of one school."""
    app = FastAPI(
        title="Sổ điểm",
        docs_url=None,  # its page loads scripts from elsewhere, which the policy refuses
        redoc_url=None,
        openapi_url=None,
    )
    app.state.desk = desk
    app.state.verification = VerificationJob()
    problems.register(app)
    for router in routers():
        app.include_router(router)
    app.mount("/static", _StaticFiles(directory=STATIC), name="static")
    app.add_middleware(NotTooLarge)
    app.add_middleware(OnlyFromOurPages)
    app.add_middleware(StrictHeaders)
    return app


class _StaticFiles(StaticFiles):
    """Files that a browser may keep for ever when their address names their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        kept = scope["query_string"].startswith(b"v=")
        answer.headers["Cache-Control"] = (
            f"public, max-age={_YEAR}, immutable" if kept else "no-cache"
        )
        return answer
