"""How far the entry of marks is: overview, one group, who lacks a mark, and whom to remind."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from ledger.sheet.refusals import NoSuchColumn, SheetNotOpen
from ledger.vocabulary import SheetId
from projections.progress import ColumnProgress
from web.access.identity import SignedIn, User
from web.access.permissions import may_see_sheet
from web.desk import Desk, DeskDep
from web.progress.overview import GROUPING_OF, STANDING_OF, Overview, group_of, label_of, urgency
from web.progress.reminders import reminders
from web.progress.scope import LEADS, SEES_PROGRESS, WATCHES, Scope, departments_led
from web.progress.semesters import ChosenSemester
from web.refusals import NotForYourEyes
from web.rendering import render
from web.wording import supervision_words

router = APIRouter(prefix="/tien-do", include_in_schema=False)


@router.get("")
def show_overview(
    request: Request,
    *,
    desk: DeskDep,
    user: User,
    hoc_ki: str = "",
    theo: str = "",
    tinh_trang: str = "",
) -> Response:
    """Groups of columns with their numbers, of all that the person may see."""
    user.must_act_as(*SEES_PROGRESS)
    chosen = ChosenSemester.of(desk, hoc_ki)
    theo = theo if theo in GROUPING_OF else _usual_grouping(user)
    overview = Overview.of(
        _seen(desk, user, chosen),
        GROUPING_OF[theo],
        desk.names(),
        desk.clock(),
        only=STANDING_OF.get(tinh_trang),
    )
    return _page(
        request,
        "progress/overview.html",
        desk=desk,
        user=user,
        chosen=chosen,
        overview=overview,
        groupings=GROUPING_OF,
        standings=STANDING_OF,
        theo=theo,
        tinh_trang=tinh_trang if tinh_trang in STANDING_OF else "",
    )


@router.get("/nhom/{theo}/{key}")
def show_group(
    theo: str, key: str, request: Request, *, desk: DeskDep, user: User, hoc_ki: str = ""
) -> Response:
    """The columns of one teacher, class, subject or kind of column."""
    user.must_act_as(*SEES_PROGRESS)
    chosen = ChosenSemester.of(desk, hoc_ki)
    by = GROUPING_OF.get(theo)
    moment, names = desk.clock(), desk.names()
    if by is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    group = group_of(_seen(desk, user, chosen), by, key, moment)
    if group is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return _page(
        request,
        "progress/group.html",
        desk=desk,
        user=user,
        chosen=chosen,
        group=group,
        columns=sorted(group.columns, key=lambda one: urgency(one, moment)),
        label=label_of(by, group.key, names),
        names=names,
    )


@router.get("/cot/{sheet_id}/{column}")
def show_column(
    sheet_id: UUID, column: str, request: Request, desk: DeskDep, user: User
) -> Response:
    """One column of a sheet: who lacks a mark."""
    cards = desk.gradebook.sheets(sheet_ids=[SheetId(sheet_id)])
    if not cards:
        raise SheetNotOpen
    (card,) = cards
    found = desk.progress.columns(card.school_year, card.semester, sheet_id=card.sheet_id)
    of_sheet = {one.column: one for one in found}
    if column not in of_sheet:
        raise NoSuchColumn(column=column)
    scope = Scope.of(user, desk.ledger.year(card.school_year))
    if not (scope.sees(of_sheet[column]) or may_see_sheet(user, card)):
        raise NotForYourEyes
    lacking = desk.progress.missing(card.sheet_id, column)
    names = desk.names()
    return render(
        request,
        "progress/column.html",
        card=card,
        one=of_sheet[column],
        lacking=lacking,
        pupils=names.pupils(cell.pupil for cell in lacking),
        opens_sheet=may_see_sheet(user, card),
        names=names,
        moment=desk.clock(),
        words=supervision_words,
    )


@router.get("/nhac")
def show_reminders(request: Request, desk: DeskDep, user: User, hoc_ki: str = "") -> Response:
    """What to remind each teacher of, as a list to print and as texts to copy."""
    user.must_act_as(*WATCHES)
    chosen = ChosenSemester.of(desk, hoc_ki)
    names, moment = desk.names(), desk.clock()
    found = reminders(_seen(desk, user, chosen), names, moment)
    return _page(
        request, "progress/reminders.html", desk=desk, user=user, chosen=chosen, found=found
    )


def _seen(desk: Desk, user: SignedIn, chosen: ChosenSemester | None) -> list[ColumnProgress]:
    if chosen is None:
        return []
    scope = Scope.of(user, desk.ledger.year(chosen.school_year))
    return scope.seen(desk.progress.columns(chosen.school_year, chosen.semester))


def _usual_grouping(user: SignedIn) -> str:
    """Who watches over others looks at people; a teacher at classes."""
    return "giao-vien" if user.may_act_as(*WATCHES) else "lop"


def _page(
    request: Request,
    template: str,
    *,
    desk: Desk,
    user: SignedIn,
    chosen: ChosenSemester | None,
    **more: Any,  # noqa: ANN401  (whatever the template shows)
) -> Response:
    year = desk.ledger.year(chosen.school_year) if chosen else None
    return render(
        request,
        template,
        chosen=chosen,
        kept=urlencode({"hoc_ki": chosen.code}) if chosen else "",
        moment=desk.clock(),
        words=supervision_words,
        inspects=user.may_act_as(*LEADS),
        watches=user.may_act_as(*WATCHES),
        led=departments_led(user, year) if year else [],
        **more,
    )
