"""The verification of the whole ledger by its leaders: begin, follow, read, print the report."""

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from ledger.refusal import Refused
from ledger.verification import Remembered
from ledger.verification.verifying import Progress
from web.access.identity import SignedIn, User
from web.access.permissions import SETS_UP
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, see
from web.moments import VIETNAM
from web.rendering import render
from web.verification.conducting import Brought, Verification, conduct
from web.verification.job import JobDep, VerificationJob
from web.verification.report import report_html
from web.wording import verification as words

PLACE: Final = "/kiem-chung/so"

router = APIRouter(prefix=PLACE)


@router.get("")
def show(request: Request, user: User, job: JobDep) -> Response:
    """How far a verification is, and what the last one found."""
    user.must_act_as(*SETS_UP)
    return _page(request, job)


@router.post("")
def begin(
    request: Request,
    desk: DeskDep,
    user: User,
    job: JobDep,
    remembered: Annotated[str, Form()] = "",
) -> Response:
    """Begin one, with a head that was kept elsewhere if one was pasted."""
    user.must_act_as(*SETS_UP)
    typed = Typed()
    heads: list[Remembered] = []
    if text := remembered.strip():
        try:
            heads.append(Remembered.from_text(text, where=words.PASTED))
        except ValueError:
            typed.wrong("remembered", "not-a-head")
    try:
        typed.check()
    except Refused as refused:
        return _page(request, job, FormErrors.of(request, refused), remembered)
    _begin(desk, user, job, heads)
    return see(PLACE)


@router.get("/bao-cao")
def report(request: Request, user: User, job: JobDep) -> Response:
    """The report of the last verification as a file to be printed; before the first, the page."""
    user.must_act_as(*SETS_UP)
    if job.last is None:
        return _page(request, job)
    name = f"kiem-chung-{job.last.at.astimezone(VIETNAM):%Y-%m-%d-%H%M}.html"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HTMLResponse(report_html(job.last), headers=headers)


def _begin(
    desk: Desk, user: SignedIn, job: VerificationJob, remembered: Sequence[Remembered]
) -> None:
    at, by = desk.clock(), user.full_name
    database = desk.engine.url.render_as_string(hide_password=True)

    def work(progress: Progress) -> Verification:
        brought = Brought.of_school(desk.keys, desk.evidence, remembered=remembered)
        return conduct(desk.engine, brought, at=at, by=by, database=database, progress=progress)

    job.begin(work, by=by, at=at)


def _page(
    request: Request,
    job: VerificationJob,
    errors: FormErrors = NO_ERRORS,
    remembered: str = "",
) -> Response:
    # Taken once: another thread may finish while the page is made.
    running, last = job.running, job.last
    return render(
        request,
        "verification/page.html",
        status=errors.status,
        errors=errors,
        running=running,
        last=last,
        broke_off=job.broke_off and not running,
        remembered=remembered,
        words=words,
    )
