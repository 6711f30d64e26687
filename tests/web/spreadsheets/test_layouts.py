"""The tables of the products in use, found and read whatever they are dressed in."""

import unicodedata
from typing import Any

import pytest

from ledger.vocabulary import SubjectKind
from tests.web.spreadsheets.workbooks import (
    Draw,
    class_list,
    ha_noi,
    ho_chi_minh,
    rewritten,
    simple_list,
    vnedu,
    workbook,
)
from web.spreadsheets.cells import Cell, CellKind, reference
from web.spreadsheets.layouts import PupilTable, candidates, read_table
from web.spreadsheets.marks_in_cells import mark_in
from web.spreadsheets.problem import FileRefused, Problem
from web.spreadsheets.reader import read_workbook
from web.spreadsheets.survey import place_of

FOUR = ("regular-1", "regular-2", "regular-3", "regular-4", "midterm", "final")
FIVE = ("regular-1", "regular-2", "regular-3", "regular-4", "regular-5", "midterm", "final")
EXPECTED = [
    ["8.0", "8.5", "7.1", None, "9.0", "6.5"],
    ["7.5", "0.0", "10.0", None, "5.0", "8.0"],
    [None] * 6,
]


def table_in(content: bytes, *, with_scores: bool = True) -> PupilTable:
    found = candidates(read_workbook(content), with_scores=with_scores)
    return read_table(found[0])


def marks_of(table: PupilTable) -> list[list[str | None]]:
    """The stored text of each mark, the fifth regular column left out."""
    read = [
        [mark_in(mark, SubjectKind.SCORED) for mark in row.marks if mark.column != "regular-5"]
        for row in table.rows
    ]
    return [[None if mark is None else getattr(mark, "text", "?") for mark in row] for row in read]


@pytest.mark.parametrize(
    ("draw", "columns"),
    [
        (vnedu(), FOUR),
        (vnedu(birth_date=True), FOUR),
        (vnedu(sub_labels=False), FOUR),
        (vnedu(year_columns=True), FOUR),
        (vnedu(statistics=False), FOUR),
        (ha_noi(), FOUR),
        (ha_noi(own_code=True), FOUR),
        (ho_chi_minh(), FIVE),
    ],
)
def test_every_layout_gives_the_same_pupils_and_marks(draw: Draw, columns: tuple[str, ...]) -> None:
    table = table_in(workbook(draw))
    assert table.columns == columns
    assert [row.full_name for row in table.rows] == [
        "Nguyễn Hoài An",
        "Trần Quốc Bảo",
        "Lê Thị Quỳnh Chi",
    ]
    assert marks_of(table) == EXPECTED
    assert not table.problems


def test_five_regular_columns_are_read() -> None:
    marks = [(8, 8, 8, 8, 9.5, 7, 6)]
    table = table_in(workbook(vnedu(regular=5, marks=marks)))
    assert table.columns == FIVE
    assert table.rows[0].marks[4].held == Cell(CellKind.NUMBER, "9.5")


def test_the_title_tells_what_the_file_is_about() -> None:
    title = table_in(workbook(vnedu(title=vnedu_title("NGOẠI NGỮ")))).title
    assert [said.text for said in title.class_groups] == ["6A1"]
    assert [(said.text, said.cell) for said in title.subjects] == [("NGOẠI NGỮ", "A3")]
    assert [said.text for said in title.semesters] == ["1"]
    assert [said.text for said in title.school_years] == ["2026-2027"]


def vnedu_title(subject: str) -> str:
    return f"BẢNG ĐIỂM CHI TIẾT - MÔN {subject} - HỌC KỲ 1 - NĂM HỌC 2026-2027"


def test_the_title_may_be_spread_over_cells() -> None:
    title = table_in(workbook(ha_noi())).title
    assert [(said.text, said.cell) for said in title.class_groups] == [("6A1", "A3")]
    assert [(said.text, said.cell) for said in title.subjects] == [("Toán", "D3")]
    assert [(said.text, said.cell) for said in title.semesters] == [("1", "D2")]


@pytest.mark.parametrize(
    ("line", "class_group", "subject"),
    [
        ("Khối 6 - Lớp 6A - (Học kỳ 2) - Môn: Lịch sử và Địa lí", "6A", "Lịch sử và Địa lí"),
        ("LỚP: 9/2, MÔN HỌC: TIN HỌC", "9/2", "TIN HỌC"),
        (
            "Môn Hoạt động trải nghiệm, hướng nghiệp - Lớp 7A10",
            "7A10",
            "Hoạt động trải nghiệm, hướng nghiệp",
        ),
        ("Giáo viên bộ môn: Phạm Thu Giang - Lớp 6 B", "6 B", None),
        ("Lớp 6 Môn Toán", "6", "Toán"),
    ],
)
def test_titles_as_people_write_them(line: str, class_group: str, subject: str | None) -> None:
    title = table_in(workbook(vnedu(title="BẢNG ĐIỂM", class_line=line))).title
    assert [said.text for said in title.class_groups] == [class_group]
    assert [said.text for said in title.subjects] == ([subject] if subject else [])


def test_decomposed_letters_are_read_as_composed_ones() -> None:
    def decompose(xml: bytes) -> bytes:
        return unicodedata.normalize("NFD", xml.decode()).encode()

    table = table_in(rewritten(workbook(vnedu()), {"xl/sharedStrings.xml": decompose}))
    assert table.rows[0].full_name == "Nguyễn Hoài An"
    assert [said.text for said in table.title.subjects] == ["TOÁN"]


def test_an_unknown_header_among_the_marks_is_refused_with_its_cell() -> None:
    def draw(book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        vnedu(sub_labels=False)(book, sheet)
        sheet.write_string("J6", "Điểm thi đua")

    with pytest.raises(FileRefused) as caught:
        table_in(workbook(draw))
    assert caught.value.problem == Problem("unknown-header", "J6", {"text": "Điểm thi đua"})


def test_a_column_named_twice_is_refused_with_its_cell() -> None:
    def draw(book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        vnedu(sub_labels=False)(book, sheet)
        sheet.write_string("J6", "ĐĐGgk")

    with pytest.raises(FileRefused) as caught:
        table_in(workbook(draw))
    assert (caught.value.problem.code, caught.value.problem.cell) == ("column-named-twice", "J6")


def test_a_regular_column_without_its_number_is_refused() -> None:
    def draw(book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        ho_chi_minh()(book, sheet)
        sheet.write_string("F1", "ĐĐGtx")

    with pytest.raises(FileRefused) as caught:
        table_in(workbook(draw))
    assert (caught.value.problem.code, caught.value.problem.cell) == ("header-without-number", "F1")


def test_a_lost_code_is_a_problem_not_the_end_of_the_table() -> None:
    pupils = (("0100000001", "Nguyễn Hoài", "An"), ("", "Trần Quốc", "Bảo"))
    table = table_in(workbook(vnedu(pupils=pupils)))
    assert table.problems == (Problem("code-missing", "B9"),)


def test_the_first_pupil_without_a_code_is_not_taken_for_a_header() -> None:
    def draw(book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        ho_chi_minh()(book, sheet)
        sheet.write_string("C2", " ")

    table = table_in(workbook(draw))
    assert table.problems == (Problem("code-missing", "C2"),)
    assert len(table.rows) == 2


def test_a_pupil_below_the_statistics_is_a_problem() -> None:
    def draw(book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        vnedu()(book, sheet)
        sheet.write_number("A30", 4)
        sheet.write_string("B30", "0100000004")

    assert table_in(workbook(draw)).problems == (Problem("row-after-the-end", "B30"),)


def test_a_file_without_a_table_names_the_sheets_looked_at() -> None:
    def draw(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        sheet.write_string("A1", "Kế hoạch năm học")

    with pytest.raises(FileRefused) as caught:
        table_in(workbook(draw, draw, names=("Kế hoạch", "Phụ lục")))
    assert "Kế hoạch, Phụ lục" in caught.value.problem.sentence


@pytest.mark.parametrize("draw", [class_list(), simple_list()])
def test_class_lists_give_codes_and_names(draw: Draw) -> None:
    table = table_in(workbook(draw), with_scores=False)
    assert [row.codes[0].text for row in table.rows] == ["0100000001", "0100000002", "0100000003"]
    assert [row.given_name for row in table.rows] == ["An", "Bảo", "Chi"]
    assert table.columns == ()


@pytest.mark.parametrize(("place", "name"), [((0, 0), "A1"), ((11, 6), "G12"), ((4, 26), "AA5")])
def test_places_are_named_as_a_spreadsheet_names_them(place: tuple[int, int], name: str) -> None:
    assert reference(*place) == name
    assert place_of(name) == place
