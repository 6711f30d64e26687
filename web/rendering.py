"""Pages from templates: strict about missing values, and in the words of the school."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ledger.vocabulary import Role
from web import charts, wording
from web.marks import shown_mark
from web.moments import field_moment, shown_day, shown_moment
from web.wording.numbers import shown_count, shown_decimal, shown_share

_HERE: Final = Path(__file__).parent
STATIC: Final = _HERE / "static"

# Where the top bar leads, and the roles that it leads there; None for everybody.
_PLACES: Final[tuple[tuple[str, str, frozenset[Role] | None], ...]] = (
    ("/", "Việc cần làm", None),
    (
        "/lop",
        "Lớp của tôi",
        frozenset({Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER, Role.SECRETARY}),
    ),
    (
        "/lop",
        "Bảng điểm",
        frozenset({Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR}),
    ),
    ("/de-nghi", "Đề nghị", None),
    (
        "/ho-so",
        "Hồ sơ",
        frozenset(
            {
                *(Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR, Role.SECRETARY),
                *(Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER),
            }
        ),
    ),
    (
        "/tien-do",
        "Tiến độ",
        frozenset(
            {
                *(Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.DEPARTMENT_HEAD),
                *(Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER),
            }
        ),
    ),
    (
        "/chu-nhiem",
        "Chủ nhiệm",
        frozenset({Role.HOMEROOM_TEACHER, Role.VICE_PRINCIPAL, Role.PRINCIPAL}),
    ),
    (
        "/ket-qua",
        "Kết quả",
        frozenset(
            {
                *(Role.PRINCIPAL, Role.VICE_PRINCIPAL),
                *(Role.ADMINISTRATOR, Role.HOMEROOM_TEACHER),
            }
        ),
    ),
    (
        "/khoa",
        "Khóa điểm",
        frozenset({Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR}),
    ),
    (
        "/pho-diem",
        "Phổ điểm",
        frozenset(
            {
                *(Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.DEPARTMENT_HEAD),
                *(Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER),
            }
        ),
    ),
    ("/bat-thuong", "Bất thường", frozenset({Role.PRINCIPAL, Role.VICE_PRINCIPAL})),
    ("/lich-su", "Lịch sử", frozenset({Role.PRINCIPAL, Role.VICE_PRINCIPAL})),
    (
        "/quan-tri",
        "Quản trị",
        frozenset(
            {Role.ADMINISTRATOR, Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.SECRETARY},
        ),
    ),
)


def render(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,  # noqa: ANN401  (whatever the template shows)
) -> HTMLResponse:
    """A page; the template also knows `request` and `user`, who is None before signing in."""
    user = getattr(request.state, "user", None)
    page = _environment().get_template(template)
    html = page.render(request=request, user=user, places=_places_of(request, user), **context)
    return HTMLResponse(html, status, headers)


def document(template: str, **context: Any) -> str:  # noqa: ANN401  (whatever the template shows)
    """A text of its own, which is not shown as a page of this site."""
    return _environment().get_template(template).render(**context)


def static(name: str) -> str:
    """The address of a static file; it changes with the content, so browsers may keep the file."""
    return f"/static/{name}?v={_content_mark(name)}"


@lru_cache
def _content_mark(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]


def _places_of(request: Request, user: Any) -> list[tuple[str, str, bool]]:  # noqa: ANN401  (SignedIn, which imports the desk)
    """The links of the top bar for a person, each with whether one is there."""
    if user is None:
        return []
    places: dict[str, tuple[str, str, bool]] = {}
    for path, label, roles in _PLACES:
        if roles is None or user.may_act_as(*roles):
            here = request.url.path
            inside = here == path if path == "/" else here == path or here.startswith(f"{path}/")
            places.setdefault(path, (path, label, inside))
    return list(places.values())


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        mark=shown_mark,
        moment=shown_moment,
        day=shown_day,
        field_moment=field_moment,
        column_name=wording.column_name,
        subject_name=wording.subject_name,
        role_name=wording.role_name,
        size=shown_size,
        counted=shown_count,
        decimal=shown_decimal,
        share=shown_share,
    )
    environment.globals.update(static=static, wording=wording, charts=charts, new_id=uuid4)
    return environment


def shown_size(size: int) -> str:
    """A file's size as people read it: "1,2 MB", "340 KB"."""
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f} MB".replace(".", ",")
    return f"{max(round(size / 1000), 1)} KB"
