"""A class list beside the class: who is new, who joins, who is missing, and what is wrong."""

from datetime import date
from uuid import UUID

import pytest

from ledger.people import Pupil
from ledger.vocabulary import PupilId
from tests.web.spreadsheets.workbooks import (
    PUPILS,
    Draw,
    class_list,
    ha_noi,
    simple_list,
    workbook,
)
from web.spreadsheets.cells import Cell, CellKind
from web.spreadsheets.class_lists import (
    ClassListPreview,
    ClassNow,
    ListStanding,
    birth_date_in,
    class_list_preview,
)
from web.spreadsheets.layouts import candidates, read_table
from web.spreadsheets.reader import read_workbook

EMPTY = ClassNow(school_year="2026-2027", class_group="6A1", listed=(), known={})


def known(number: int, family_name: str, given_name: str) -> Pupil:
    return Pupil(
        pupil_id=PupilId(UUID(int=number)),
        code=f"010000000{number}",
        family_name=family_name,
        given_name=given_name,
    )


def preview(draw: Draw, now: ClassNow = EMPTY) -> ClassListPreview:
    found = candidates(read_workbook(workbook(draw)), with_scores=False)
    return class_list_preview(read_table(found[0]), now)


def problems_of(shown: ClassListPreview) -> list[tuple[str, str]]:
    assert all(problem.sentence for problem in (*shown.errors, *shown.warnings))
    return [(problem.code, problem.cell) for problem in shown.errors]


@pytest.mark.parametrize("draw", [class_list(), simple_list(), ha_noi()])
def test_a_first_list_is_all_new_with_birth_dates(draw: Draw) -> None:
    shown = preview(draw)
    assert shown.counts == {ListStanding.NEW: 3}
    assert [pupil.birth_date for pupil in shown.plan.pupils] == [date(2015, 8, 5)] * 3


def test_a_first_list_is_put_in_vietnamese_order_by_given_name() -> None:
    mixed = (
        ("0100000001", "Lê Văn", "Đức"),
        ("0100000002", "Trần Thị", "Ân"),
        ("0100000003", "Bùi Thị", "An"),
        ("0100000004", "Đỗ Hoàng", "Dũng"),
    )
    assert [pupil.given_name for pupil in preview(class_list(mixed)).plan.pupils] == [
        "An",
        "Ân",
        "Dũng",
        "Đức",
    ]


def test_known_pupils_newcomers_and_missing_ones_are_told_apart() -> None:
    here, elsewhere = known(1, "Nguyễn Hoài", "An"), known(2, "Trần Quốc", "Bảo")
    missing = known(9, "Đinh Gia", "Phát")
    now = ClassNow(
        "2026-2027",
        "6A1",
        listed=(here.code, missing.code),
        known={pupil.code: pupil for pupil in (here, elsewhere, missing)},
    )
    shown = preview(class_list(), now)
    assert [row.standing for row in shown.rows] == ["listed", "joins", "new"]
    assert shown.missing == (missing,)
    assert shown.can_be_confirmed


def test_a_name_that_differs_from_the_directory_is_told_and_not_taken() -> None:
    other = known(1, "Nguyễn Hoài", "Anh")
    now = ClassNow("2026-2027", "6A1", listed=(), known={other.code: other})
    shown = preview(class_list(), now)
    assert [problem.code for problem in shown.warnings] == ["known-under-other-name"]
    assert shown.can_be_confirmed


def test_who_does_not_attend_is_left_out() -> None:
    shown = preview(class_list(statuses={"0100000002": "Chuyển trường"}))
    assert shown.counts == {ListStanding.NEW: 2, ListStanding.LEFT_OUT: 1}
    assert len(shown.plan.pupils) == 2


@pytest.mark.parametrize(
    ("draw", "code", "cell"),
    [
        (class_list((*PUPILS, PUPILS[0])), "code-twice", "B8"),
        (class_list((("1" * 21, "Vũ Minh", "Khôi"),)), "code-too-long", "B5"),
        (class_list((("0100000001", "", "Khôi"),)), "name-unreadable", "C5"),
        (class_list(title="DANH SÁCH HỌC SINH LỚP 6A2"), "list-of-other-class", "A1"),
        (class_list(title="LỚP 6A1 NĂM HỌC 2025-2026"), "list-of-other-year", "A1"),
    ],
)
def test_one_wrong_cell_and_nothing_can_be_confirmed(draw: Draw, code: str, cell: str) -> None:
    shown = preview(draw)
    assert problems_of(shown) == [(code, cell)]
    assert not shown.can_be_confirmed


def test_the_code_column_is_the_one_the_directory_knows() -> None:
    citizen = known(1, "Nguyễn Hoài", "An").model_copy(update={"code": "031215000000"})
    now = ClassNow("2026-2027", "6A1", listed=(), known={citizen.code: citizen})
    assert preview(class_list(), now).rows[0].standing is ListStanding.JOINS


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (CellKind.TEXT, "05/08/2015", date(2015, 8, 5)),
        (CellKind.TEXT, "5-8-2015", date(2015, 8, 5)),
        (CellKind.TEXT, "5.8.2015", date(2015, 8, 5)),
        (CellKind.DATE, "2015-08-05", date(2015, 8, 5)),
        (CellKind.DATE, "2015-08-05 00:00:00", date(2015, 8, 5)),
        (CellKind.NUMBER, "42221", date(2015, 8, 5)),
        (CellKind.BLANK, "", None),
    ],
)
def test_birth_dates_are_read_day_first(kind: CellKind, text: str, expected: date | None) -> None:
    assert birth_date_in(Cell(kind, text)) == expected


@pytest.mark.parametrize("text", ["31/02/2015", "2015", "tháng 8"])
def test_a_birth_date_nobody_can_read_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        birth_date_in(Cell(CellKind.TEXT, text))
