"""Looking back: a sheet or a class as it stood at a point, and what changed between two."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from ledger.vocabulary import SchoolYear, SheetId
from web.access.identity import User
from web.as_of.asking import AskedPointDep
from web.as_of.comparing import compare_class, compare_sheet
from web.as_of.school_class import class_as_of, visible_class
from web.as_of.sheet import end_of, is_beyond_now, sheet_as_of
from web.desk import DeskDep
from web.rendering import render
from web.sheet_pages import visible_sheet

router = APIRouter(include_in_schema=False)

# Some schools name their classes "6/1".
_CLASS = "/lop/{school_year}/{class_group:path}"


@router.get("/so-diem/{sheet_id}/tai-thoi-diem")
def show_sheet_as_of(
    request: Request, desk: DeskDep, user: User, sheet_id: UUID, asked: AskedPointDep
) -> Response:
    """A sheet as it stood; without a point, as it stands, to choose one from."""
    page, names = visible_sheet(desk, user, sheet_id), desk.names()
    then = sheet_as_of(desk, SheetId(sheet_id), asked or end_of(desk), names)
    return render(request, "as_of/sheet.html", card=page.card, then=then, chosen=asked, names=names)


@router.get("/so-diem/{sheet_id}/so-sanh")
def show_sheet_comparison(
    request: Request,
    desk: DeskDep,
    user: User,
    sheet_id: UUID,
    *,
    tu: str = "",
    den: str = "",
    chi_thay_doi: Annotated[bool, Query()] = False,
) -> Response:
    card, names = visible_sheet(desk, user, sheet_id).card, desk.names()
    compared = compare_sheet(desk, SheetId(sheet_id), tu, den)
    names.pupils(row.pupil for row in compared.rows)
    return render(
        request,
        "as_of/sheet_comparison.html",
        card=card,
        compared=compared,
        only_changed=chi_thay_doi,
        names=names,
    )


@router.get(_CLASS + "/tai-thoi-diem")
def show_class_as_of(
    request: Request,
    desk: DeskDep,
    user: User,
    *,
    school_year: SchoolYear,
    class_group: str,
    asked: AskedPointDep,
) -> Response:
    cards = visible_class(desk, user, school_year, class_group)
    asked_or_now = asked or end_of(desk)
    then = class_as_of(desk, cards, school_year, class_group, asked_or_now)
    names = desk.names()
    names.pupils(listed.pupil for listed in then.listed)
    return render(
        request,
        "as_of/class.html",
        school_year=school_year,
        class_group=class_group,
        chosen=asked,
        asked=asked_or_now,
        moment=desk.ledger.moment_of(asked_or_now.point),
        beyond_now=is_beyond_now(desk, asked_or_now),
        then=then,
        names=names,
    )


@router.get(_CLASS + "/so-sanh")
def show_class_comparison(
    request: Request,
    desk: DeskDep,
    user: User,
    *,
    school_year: SchoolYear,
    class_group: str,
    tu: str = "",
    den: str = "",
) -> Response:
    cards = visible_class(desk, user, school_year, class_group)
    earlier, later, compared = compare_class(desk, cards, tu, den)
    return render(
        request,
        "as_of/class_comparison.html",
        school_year=school_year,
        class_group=class_group,
        earlier=earlier,
        later=later,
        compared=compared,
    )
