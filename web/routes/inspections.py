"""The monthly inspection of the books by the vice-principal (regulation, Điều 4.1)."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.school.refusals import NoSuchClass, YearNotPlanned
from ledger.school.year import Year
from ledger.supervision.commands import RemarkInspection
from ledger.supervision.refusals import MonthOutsideYear
from ledger.supervision.rules import months_of
from ledger.vocabulary import Role
from web.access.identity import User
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, see
from web.progress.inspections import ClassRow, matrix, month_of, since_inspection
from web.progress.texts import typed_text
from web.rendering import render
from web.wording import supervision_words
from web.wording.facts import FACTS

router = APIRouter(prefix="/kiem-tra", include_in_schema=False)

# Who inspects, and in which role where both are held.
INSPECTS: Final = (Role.VICE_PRINCIPAL, Role.PRINCIPAL)


@router.get("")
def show_matrix(request: Request, desk: DeskDep, user: User, nam: str = "") -> Response:
    """Every class with the months in which its book was inspected."""
    user.must_act_as(*INSPECTS)
    years = list(dict.fromkeys(year for year, _ in desk.progress.semesters()))
    chosen = nam if nam in years else next(iter(years), "")
    rows = _rows(desk, chosen)
    return render(
        request,
        "inspections/matrix.html",
        rows=rows,
        years=years,
        chosen=chosen,
        due=sum(month.is_due for row in rows for month in row.months),
        now=month_of(desk.clock()),
        words=supervision_words,
    )


def _rows(desk: Desk, school_year: str) -> list[ClassRow]:
    year = desk.ledger.year(school_year)
    if year.planned is None:
        return []
    return matrix(year, desk.ledger.supervision(school_year), desk.clock())


@router.get("/{school_year}/{class_group}/{month}")
def show_inspection(
    school_year: str,
    class_group: str,
    month: str,
    request: Request,
    *,
    desk: DeskDep,
    user: User,
) -> Response:
    """What changed in the book of a class, its remarks, and the form for another one."""
    user.must_act_as(*INSPECTS)
    return _page(request, desk, _book(desk, school_year, class_group, month), class_group, month)


@router.post("/{school_year}/{class_group}/{month}")
def write_remark(
    school_year: str,
    class_group: str,
    month: str,
    request: Request,
    *,
    desk: DeskDep,
    user: User,
    command_id: Annotated[UUID, Form()],
    remark: Annotated[str, Form()] = "",
) -> Response:
    """Write the remark; when it is refused the page is shown again, saying why."""
    user.must_act_as(*INSPECTS)
    year = _book(desk, school_year, class_group, month)
    typed = Typed()
    text = typed_text(typed, remark, name="remark")
    try:
        typed.check()
        desk.handle(
            RemarkInspection(
                command_id=command_id_of(command_id),
                by=user.acting_as_one_of(*INSPECTS),
                at=desk.clock(),
                school_year=school_year,
                class_group=class_group,
                month=month,
                remark=text,
            )
        )
    except Refused as refused:
        errors = FormErrors.of(request, refused)
        return _page(request, desk, year, class_group, month, errors=errors, remark=remark)
    return see(f"/kiem-tra/{school_year}/{class_group}/{month}")


def _book(desk: Desk, school_year: str, class_group: str, month: str) -> Year:
    """The year of a book; raises the refusal of what there is none of."""
    year = desk.ledger.year(school_year)
    if year.planned is None:
        raise YearNotPlanned(school_year=school_year)
    if class_group not in year.classes:
        raise NoSuchClass(class_group=class_group)
    if month not in months_of(year):
        raise MonthOutsideYear(month=month)
    return year


def _page(
    request: Request,
    desk: Desk,
    year: Year,
    class_group: str,
    month: str,
    *,
    errors: FormErrors = NO_ERRORS,
    remark: str = "",
) -> Response:
    supervision = desk.ledger.supervision(year.school_year)
    last = supervision.last_inspection(class_group)
    since = since_inspection(desk, year, class_group, last)
    names = desk.names()
    names.pupils(moved.pupil for moved in since.pupils)
    return render(
        request,
        "inspections/show.html",
        status=errors.status,
        school_year=year.school_year,
        class_group=class_group,
        month=month,
        begun=month <= month_of(desk.clock()),
        remarks=supervision.remarks.get((class_group, month), ()),
        since=since,
        facts=FACTS,
        names=names,
        errors=errors,
        remark=remark,
        words=supervision_words,
    )
