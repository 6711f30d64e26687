"""Birth dates, genders, disabilities and classes as files write them."""

from datetime import date

import pytest

from ledger.people import Gender
from web.spreadsheets.cells import Cell, CellKind
from web.spreadsheets.class_names import class_named, classes_listed, grade_of
from web.spreadsheets.pupil_details import birth_date_in, gender_in, tells_disability


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (CellKind.TEXT, "05/08/2015", date(2015, 8, 5)),
        (CellKind.TEXT, "5-8-2015", date(2015, 8, 5)),
        (CellKind.TEXT, "5.8.2015", date(2015, 8, 5)),
        (CellKind.DATE, "2015-08-05", date(2015, 8, 5)),
        (CellKind.DATE, "2015-08-05 00:00:00", date(2015, 8, 5)),
        (CellKind.NUMBER, "42221", date(2015, 8, 5)),
        (CellKind.TEXT, "42221", date(2015, 8, 5)),
        (CellKind.BLANK, "", None),
    ],
)
def test_birth_dates_are_read_day_first(kind: CellKind, text: str, expected: date | None) -> None:
    assert birth_date_in(Cell(kind, text)) == expected


@pytest.mark.parametrize("text", ["31/02/2015", "2015", "tháng 8"])
def test_a_birth_date_nobody_can_read_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        birth_date_in(Cell(CellKind.TEXT, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    # The last "Nữ" has its tone as a letter of its own, as some products write it.
    [("Nam", Gender.MALE), (" nữ ", Gender.FEMALE), ("NU\u031b\u0303", Gender.FEMALE)],
)
def test_a_gender_is_read_in_any_writing(text: str, expected: Gender) -> None:
    assert gender_in(text) is expected


def test_a_gender_nobody_can_read_is_no_gender() -> None:
    with pytest.raises(ValueError, match="x"):
        gender_in("x")


@pytest.mark.parametrize(("text", "is_one"), [("Khiếm thị", True), ("Không", False), ("0", False)])
def test_any_kind_of_disability_counts_and_none_does_not(text: str, *, is_one: bool) -> None:
    assert tells_disability(text) is is_one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6A1", "6A1"),
        ("Lớp 6 a1", "6A1"),
        ("LỚP: 9B", "9B"),
        ("7/2", "7.2"),
        ("8 c", "8c"),
        ("Danh sách", None),
        ("10A1", None),
        ("", None),
    ],
)
def test_a_class_is_named_in_one_way(text: str, expected: str | None) -> None:
    assert class_named(text, ["8c"]) == expected


def test_a_class_says_its_grade() -> None:
    assert grade_of("7.2") == 7


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6A1, 6A2", ["6A1", "6A2"]),
        ("6A1, 2, 3; 7B", ["6A1", "6A2", "6A3", "7B"]),
        ("Lớp 6A1 (4 tiết) và 6A2", ["6A1", "6A2"]),
        ("6.1\n6.2", ["6.1", "6.2"]),
        ("", []),
    ],
)
def test_a_list_of_classes_may_leave_the_grade_out(text: str, expected: list[str]) -> None:
    assert list(classes_listed(text)) == expected
