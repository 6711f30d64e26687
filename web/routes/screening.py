"""A table of scores from anywhere, screened on a page: read, answered, and nothing of it kept."""

from dataclasses import dataclass
from http import HTTPStatus
from math import log10
from threading import BoundedSemaphore
from typing import Annotated, Final

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response

from projections.screening.groups import screen_table
from projections.screening.table import GroupFinding
from web.access.identity import User
from web.charts import RankedRow
from web.progress.scope import WATCHES
from web.rendering import render
from web.screening.account import Account
from web.screening.reading import ON_A_PAGE, read_scores
from web.spreadsheets.cells import reference
from web.spreadsheets.problem import FileRefused, Problem
from web.wording import screening as words

router = APIRouter(prefix="/soi-diem", include_in_schema=False)

# One file keeps a processor busy for seconds, and the school's other work has to go on.
_TURN: Final = BoundedSemaphore(1)
_WAIT_SECONDS: Final = 15
_SHOWN: Final = 200  # groups; more is read better as a file
_LEAST_Q: Final = 1e-9  # a bar grows no longer than for this


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one file said."""

    name: str
    account: Account
    findings: list[GroupFinding]

    @property
    def seen(self) -> list[GroupFinding]:
        return [finding for finding in self.findings if finding.signals]

    @property
    def bars(self) -> list[RankedRow]:
        """Every group, the longer its bar the less it is like the others."""
        return [
            RankedRow(
                finding.group,
                -log10(max(finding.q, _LEAST_Q)),
                words.shown_q(finding.q),
                stands_out=bool(finding.signals),
            )
            for finding in self.findings[:_SHOWN]
        ]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The columns by letter, for whoever would rather group by another."""
        columns = enumerate(self.account.columns)
        return [(reference(0, at)[:-1], word) for at, word in columns if word]


@router.get("")
def choose_table(request: Request, user: User) -> Response:
    user.must_act_as(*WATCHES)
    return _page(request)


@router.post("")
def screen_uploaded(
    request: Request,
    user: User,
    file: Annotated[UploadFile | None, File()] = None,
    group: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """What stands off in the file; the file is gone with the answer."""
    user.must_act_as(*WATCHES)
    try:
        answer = _screened(file, group.strip())
    except FileRefused as refused:
        return _page(request, problem=refused.problem, group=group)
    return _page(request, answer=answer, group=group)


def _screened(file: UploadFile | None, group: str) -> _Answer:
    content = file.file.read(ON_A_PAGE.upload_bytes + 1) if file else b""
    if not _TURN.acquire(timeout=_WAIT_SECONDS):
        raise FileRefused("reading-is-busy")
    try:
        reading = read_scores(content, group=group or None, limits=ON_A_PAGE)
        findings = screen_table(reading.table)
    finally:
        _TURN.release()
    name = (file.filename or "") if file else ""
    return _Answer(name[:100], reading.account, findings)


def _page(
    request: Request,
    *,
    answer: _Answer | None = None,
    problem: Problem | None = None,
    group: str = "",
) -> Response:
    return render(
        request,
        "screening/table.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        answer=answer,
        problem=problem,
        group=group,
        words=words,
        megabytes=ON_A_PAGE.upload_bytes // 1024**2,
    )
