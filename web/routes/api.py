"""The JSON interface under /api/v1, and the description of it that programs read."""

from functools import lru_cache
from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi

from web.api import acting, marks, reading

router = APIRouter(prefix="/api/v1")
for part in (marks.router, acting.router, reading.router):
    router.include_router(part)


@router.get("/openapi.json", include_in_schema=False)
def read_description() -> dict[str, Any]:
    """The OpenAPI description of this interface, and of nothing else."""
    return _description()


@lru_cache
def _description() -> dict[str, Any]:
    return get_openapi(title="Sổ điểm", version="1", routes=router.routes)
