"""Locks over many sheets: how things stand, what a decision would do, and the decision itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import Response

from ledger.line import Line
from ledger.refusal import Refused
from ledger.school.covering import ids_covered
from ledger.school.lock_preview import Preview, preview
from ledger.school.scope import Scope
from ledger.school.year import Year
from ledger.vocabulary import Role, columns_of
from web.access.identity import SignedIn, User
from web.access.permissions import LOCKS
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, see, take_password
from web.moments import VIETNAM
from web.rendering import render
from web.scope_locks.asking import Action, DecisionForm, ScopeForm, decision, extent
from web.scope_locks.matrices import by_column, by_subject, missing_by_teacher
from web.wording import COLUMNS
from web.wording.lock_facts import ACTIONS, ALREADY_SO, STANDINGS, in_book_order, scope_words
from web.year.frames import school_year_on

router = APIRouter(prefix="/khoa")


@router.get("")
def overview(
    request: Request,
    desk: DeskDep,
    user: User,
    hoc_ki: Annotated[int | None, Query(ge=1, le=2)] = None,
    mon: str = "",
) -> Response:
    """How every class stands, what was decided, and the form that begins a decision."""
    user.must_act_as(*LOCKS)
    semester = hoc_ki or max(_year(desk).opened, default=1)
    return _overview(request, desk, user, ScopeForm(hoc_ki=semester), shown_subject=mon)


@router.get("/xem-truoc")
def look_ahead(
    request: Request, desk: DeskDep, user: User, form: Annotated[ScopeForm, Query()]
) -> Response:
    """What the decision would do; nothing is done yet."""
    user.must_act_as(*LOCKS)
    typed = Typed()
    moment = form.moment(typed)
    try:
        typed.check()
    except Refused as refused:
        errors = FormErrors.of(request, refused)
        return _overview(request, desk, user, form, errors=errors)
    return _preview(request, desk, user, form, moment)


@router.post("/quyet-dinh")
def decide(
    request: Request, desk: DeskDep, user: User, form: Annotated[DecisionForm, Form()]
) -> Response:
    """Carry it out; when it is refused the preview is shown again, as things stand now."""
    typed = Typed()
    moment = form.moment(typed)
    reason = typed.reason(form.reason)
    asked: dict[str, Any] = {
        "command_id": command_id_of(form.command_id),
        "school_year": _school_year(desk),
        "at": desk.clock(),
        "scope": form.scope,
        "reason": reason,
    }
    try:
        typed.check()
        if form.viec is Action.UNLOCK and user.may_act_as(Role.PRINCIPAL):
            take_password(request, desk, user, form.password)
        asked["by"] = user.trying_as(*form.viec.roles)
        recorded = desk.handle(decision(form.viec, moment, asked))
    except Refused as refused:
        user.must_act_as(*LOCKS)  # Others learn that they may not, and nothing of the school.
        errors = FormErrors.of(request, refused)
        if "luc" in errors.fields:
            return _overview(request, desk, user, form, errors=errors)
        return _preview(request, desk, user, form, moment, errors=errors, reason=form.reason)
    if not recorded:
        nothing = FormErrors(409, {}, (ALREADY_SO,))
        return _preview(request, desk, user, form, moment, errors=nothing, reason=form.reason)
    return see(f"/khoa/quyet-dinh/{form.command_id}")


@router.get("/quyet-dinh/{decision_id}")
def decided(decision_id: UUID, request: Request, desk: DeskDep, user: User) -> Response:
    """One decision: who, when, why, until when, and how its scope stands now."""
    user.must_act_as(*LOCKS)
    year = _year(desk)
    found = [line for line in year.lock_decisions if line.command_id == decision_id]
    if not found:
        raise HTTPException(404)
    scope = found[0].fact.scope  # type: ignore[attr-defined]
    columns, rows = by_column(_seen(desk, year, scope))
    return render(
        request,
        "scope_locks/decided.html",
        lines=found,
        columns=columns,
        rows=rows,
        **_words(desk),
    )


def _overview(
    request: Request,
    desk: Desk,
    user: SignedIn,
    form: ScopeForm,
    *,
    shown_subject: str = "",
    errors: FormErrors = NO_ERRORS,
) -> Response:
    year = _year(desk)
    opened = year.sheets.get(form.hoc_ki, frozenset())
    subjects = in_book_order({subject for _, subject in opened})
    shown = (shown_subject,) if shown_subject in subjects else ()
    columns, rows = by_column(_seen(desk, year, Scope(semester=form.hoc_ki, subjects=shown)))
    return render(
        request,
        "scope_locks/overview.html",
        status=errors.status,
        form=form,
        errors=errors,
        school_year=_school_year(desk),
        is_planned=year.planned is not None,
        shown_subject=shown[0] if shown else "",
        subjects=subjects,
        classes=_classes(year, form.hoc_ki),
        known_columns=[name for name in COLUMNS if name in _columns(year)],
        columns=columns,
        rows=rows,
        decisions=_newest_first(year.lock_decisions),
        decides_alone=user.may_act_as(Role.PRINCIPAL),
        **_words(desk),
    )


def _preview(
    request: Request,
    desk: Desk,
    user: SignedIn,
    form: ScopeForm,
    moment: datetime | None,
    *,
    errors: FormErrors = NO_ERRORS,
    reason: str = "",
) -> Response:
    scope = form.scope
    seen = _seen(desk, _year(desk), scope)
    subjects, rows = by_subject(seen)
    words = _words(desk)
    return render(
        request,
        "scope_locks/preview.html",
        status=errors.status,
        form=form,
        errors=errors,
        reason=reason,
        scope=scope,
        moment=moment,
        extent=extent(form.viec, moment, seen),
        seen=seen,
        subjects=subjects,
        rows=rows,
        missing=missing_by_teacher(seen, words["names"]),
        may_decide=user.may_act_as(*form.viec.roles),
        asks_password=form.viec is Action.UNLOCK and not user.is_fresh(desk.clock()),
        **words,
    )


def _words(desk: Desk) -> dict[str, Any]:
    """What every template of these pages says things with."""
    return {
        "names": desk.names(),
        "standings": STANDINGS,
        "scope_words": scope_words,
        "actions": ACTIONS,
    }


def _school_year(desk: Desk) -> str:
    return school_year_on(desk.clock().astimezone(VIETNAM).date())


def _year(desk: Desk) -> Year:
    return desk.ledger.year(_school_year(desk))


def _seen(desk: Desk, year: Year, scope: Scope) -> Preview:
    return preview(scope, year, desk.ledger.sheets(ids_covered(scope, year)), desk.clock())


def _classes(year: Year, semester: int) -> dict[int, list[str]]:
    """The classes with open sheets, by grade."""
    opened = {name for name, _ in year.sheets.get(semester, ())}
    grades: dict[int, list[str]] = {}
    for name in sorted(opened):
        grades.setdefault(year.classes[name].grade, []).append(name)
    return dict(sorted(grades.items()))


def _columns(year: Year) -> set[str]:
    most = max((planned.regular_count for planned in year.subjects.values()), default=0)
    return set(columns_of(most)) if most else set()


def _newest_first(lines: Sequence[Line]) -> list[Line]:
    return list(reversed(lines))
