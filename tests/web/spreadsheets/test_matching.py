"""A file beside its sheet: what is new, what changes, and every way to be wrong."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from ledger.sheet.state import Cell
from ledger.vocabulary import MIDTERM, PERIODIC, Mark, PupilId, SubjectKind, columns_of
from tests.web.spreadsheets.workbooks import (
    MARKS,
    PUPILS,
    Draw,
    ha_noi,
    ho_chi_minh,
    rewritten,
    vnedu,
    workbook,
)
from web.spreadsheets.choosing import Wanted, chosen
from web.spreadsheets.layouts import candidates, read_table
from web.spreadsheets.matching import Preview, PupilNow, SheetNow, Standing, preview_of
from web.spreadsheets.problem import FileRefused
from web.spreadsheets.reader import read_workbook
from web.spreadsheets.sentences import SENTENCES

AN, BAO, CHI = (PupilId(UUID(int=number)) for number in (1, 2, 3))
EMPTY = SheetNow(
    wanted=Wanted("6A1", "Toán", 1, "2026-2027"),
    kind=SubjectKind.SCORED,
    columns=columns_of(4),
    enterable=frozenset(columns_of(4)),
    pupils=tuple(
        PupilNow(pupil, code, f"{family} {given}", f"{family} {given}")
        for pupil, (code, family, given) in zip((AN, BAO, CHI), PUPILS, strict=True)
    ),
    cells={},
)
COMMENT = replace(EMPTY, kind=SubjectKind.COMMENT)


def preview(content: bytes, sheet: SheetNow = EMPTY) -> Preview:
    found = candidates(read_workbook(content), with_scores=True)
    return preview_of(read_table(chosen(found, sheet.wanted)), sheet)


def one_mark(value: object) -> Draw:
    """A file whose only mark is An's first, in cell E8."""
    return vnedu(marks=[(value,)])


def problems_of(shown: Preview) -> list[tuple[str, str]]:
    assert all(problem.sentence for problem in (*shown.errors, *shown.warnings))
    return [(problem.code, problem.cell) for problem in shown.errors]


@pytest.mark.parametrize("draw", [vnedu(), ha_noi(), ha_noi(own_code=True), ho_chi_minh()])
def test_every_layout_is_entered_by_code(draw: Draw) -> None:
    shown = preview(workbook(draw))
    assert problems_of(shown) == []
    assert {(e.pupil, e.column): e.mark.text for e in shown.entries} == {
        (AN, "regular-1"): "8.0",
        (AN, "regular-2"): "8.5",
        (AN, "regular-3"): "7.1",
        (AN, "midterm"): "9.0",
        (AN, "final"): "6.5",
        (BAO, "regular-1"): "7.5",
        (BAO, "regular-2"): "0.0",
        (BAO, "regular-3"): "10.0",
        (BAO, "midterm"): "5.0",
        (BAO, "final"): "8.0",
    }


def test_rows_are_matched_by_code_whatever_their_order() -> None:
    turned = [*reversed(PUPILS)]
    shown = preview(workbook(vnedu(pupils=turned, marks=[*reversed(MARKS)])))
    same = preview(workbook(vnedu()))
    assert set(shown.entries) == set(same.entries)


def test_marks_are_new_changed_or_the_same_and_blanks_clear_nothing() -> None:
    cells = {
        (AN, "regular-1"): Cell(Mark.of("8.0"), version=4),
        (AN, "regular-2"): Cell(Mark.of("6.0"), version=5),
        (AN, "regular-4"): Cell(Mark.of("9.0"), version=6),  # blank in the file
    }
    shown = preview(workbook(vnedu()), replace(EMPTY, cells=cells))
    an = shown.rows[0].cells
    assert an["regular-1"].standing is Standing.SAME
    assert an["regular-2"].standing is Standing.CHANGED
    assert an["regular-3"].standing is Standing.NEW
    assert "regular-4" not in an
    entered = {(e.pupil, e.column): e.read_version for e in shown.entries}
    assert (AN, "regular-1") not in entered
    assert entered[AN, "regular-2"] == 5
    assert shown.rows[2].standing is Standing.SAME
    assert shown.cell_counts[Standing.NEW] == 8


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("8,25", "too-many-decimals"),
        (8.25, "too-many-decimals"),
        ("8,50", "too-many-decimals"),
        (10.5, "score-out-of-range"),
        (85, "score-out-of-range"),
        (-1, "score-out-of-range"),
        (46150, "score-out-of-range"),
        ("mười", "mark-unknown"),
        ("8 9", "mark-unknown"),
        ("Đ", "passed-in-scored-subject"),
    ],
)
def test_what_is_no_mark_is_refused_with_its_cell(value: object, code: str) -> None:
    shown = preview(workbook(one_mark(value)))
    assert problems_of(shown) == [(code, "E8")]
    assert shown.entries == ()
    assert "E8" in shown.errors[0].sentence


@pytest.mark.parametrize(
    ("value", "text"),
    [(7.1, "7.1"), (7.1 + 0.1, "7.2"), ("7 ,5", "7.5"), ("\u00a08,5 ", "8.5"), (0, "0.0")],
)
def test_marks_as_spreadsheets_hold_them(value: object, text: str) -> None:
    shown = preview(workbook(one_mark(value)))
    assert [entry.mark.text for entry in shown.entries] == [text]


@pytest.mark.parametrize(("value", "text"), [("Đ", "passed"), ("CĐ", "not-passed")])
def test_comment_subjects_take_passed_and_not_passed(value: str, text: str) -> None:
    shown = preview(workbook(one_mark(value)), COMMENT)
    assert [entry.mark.text for entry in shown.entries] == [text]


def test_a_score_in_a_comment_subject_is_refused() -> None:
    shown = preview(workbook(one_mark(8)), COMMENT)
    assert problems_of(shown) == [("score-in-comment-subject", "E8")]


def test_a_score_that_became_a_date_is_refused_with_its_cell() -> None:
    def draw(book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        vnedu(marks=[])(book, sheet)
        day = book.add_format({"num_format": "d-mmm"})
        sheet.write_datetime("E8", datetime(2026, 5, 8), day)  # noqa: DTZ001 - cells have no zone

    shown = preview(workbook(draw))
    assert problems_of(shown) == [("score-became-date", "E8")]
    assert "Excel đã đổi điểm thành ngày, ô E8 (2026-05-08)" in shown.errors[0].sentence


def test_an_error_cell_is_not_a_blank_one() -> None:
    def draw(book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        vnedu(marks=[])(book, sheet)
        sheet.write_formula("E8", "=1/0", None, "#DIV/0!")

    assert problems_of(preview(workbook(draw))) == [("cell-has-error", "E8")]


def test_a_formula_without_a_saved_result_is_not_a_blank_cell() -> None:
    def draw(book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        vnedu(marks=[])(book, sheet)
        sheet.write_formula("E8", "=4+4", None, 8)
        sheet.write_formula("E9", "=4+4", None, 8)

    def forget(xml: bytes) -> bytes:
        return xml.replace(b"<f>4+4</f><v>8</v>", b"<f>4+4</f>", 1)

    content = rewritten(workbook(draw), {"xl/worksheets/sheet1.xml": forget})
    assert problems_of(preview(content)) == [("formula-without-value", "E8")]


def test_a_formula_that_gives_an_empty_text_is_blank_and_one_with_a_result_is_a_mark() -> None:
    def draw(book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        vnedu(marks=[])(book, sheet)
        sheet.write_formula("E8", '=IF(1=1,"",8)', None, "text")
        sheet.write_formula("E9", "=4+4", None, 8)

    def empty(xml: bytes) -> bytes:
        return xml.replace(b"<v>text</v>", b"<v></v>")  # as Excel saves an empty text

    shown = preview(rewritten(workbook(draw), {"xl/worksheets/sheet1.xml": empty}))
    assert problems_of(shown) == []
    assert [(e.pupil, e.mark.text) for e in shown.entries] == [(BAO, "8.0")]


@pytest.mark.parametrize(
    ("draw", "code", "cell"),
    [
        (vnedu(class_line="Khối 6 - Lớp 6A2"), "other-class", "A4"),
        (vnedu(title="BẢNG ĐIỂM MÔN VẬT LÍ - HỌC KỲ 1"), "other-subject", "A3"),
        (vnedu(title="BẢNG ĐIỂM MÔN TOÁN - HỌC KỲ II"), "other-semester", "A3"),
        (vnedu(title="BẢNG ĐIỂM MÔN TOÁN - CẢ NĂM"), "other-semester", "A3"),
        (vnedu(title="MÔN TOÁN - NĂM HỌC 2025 - 2026"), "other-school-year", "A3"),
        (ho_chi_minh(class_group="6A2"), "other-class", "B2"),
    ],
)
def test_a_file_about_another_sheet_is_refused_with_the_cell(
    draw: Draw, code: str, cell: str
) -> None:
    shown = preview(workbook(draw))
    assert problems_of(shown)[0] == (code, cell)
    assert not shown.can_be_confirmed


@pytest.mark.parametrize("said", ["TIẾNG ANH", "Ngoại ngữ", "NGOẠI NGỮ 1", "Anh văn"])
def test_a_subject_has_several_names(said: str) -> None:
    title = f"BẢNG ĐIỂM - MÔN {said} - HỌC KỲ 1 - NĂM HỌC 2026-2027"
    english = replace(EMPTY, wanted=replace(EMPTY.wanted, subject_name="Ngoại ngữ 1"))
    assert problems_of(preview(workbook(vnedu(title=title)), english)) == []


def test_a_file_that_does_not_say_what_it_is_about_is_taken_with_a_warning() -> None:
    shown = preview(workbook(ho_chi_minh()))
    assert {problem.code for problem in shown.warnings} == {
        "nothing-on-class",
        "nothing-on-subject",
        "nothing-on-semester",
        "nothing-on-school-year",
    }
    assert shown.can_be_confirmed


def test_a_code_twice_blocks_the_whole_file() -> None:
    shown = preview(workbook(vnedu(pupils=(*PUPILS, PUPILS[0]))))
    assert problems_of(shown) == [("code-twice", "B11")]
    assert shown.entries == ()


def test_an_unknown_code_blocks_the_whole_file() -> None:
    stranger = ("0999999999", "Vũ Minh", "Khôi")
    assert problems_of(preview(workbook(vnedu(pupils=(*PUPILS, stranger))))) == [
        ("code-unknown", "B11")
    ]


def test_a_row_whose_name_is_not_the_pupils_is_left_out() -> None:
    misnamed = (PUPILS[0], ("0100000002", "Trần Văn", "Bảo"), PUPILS[2])
    shown = preview(workbook(vnedu(pupils=misnamed)))
    assert shown.rows[1].standing is Standing.LEFT_OUT
    assert shown.rows[1].note
    assert shown.rows[1].note.code == "name-differs"
    assert {entry.pupil for entry in shown.entries} == {AN}


def test_names_shifted_against_codes_block_the_whole_file() -> None:
    shifted = [(PUPILS[n][0], *PUPILS[(n + 1) % 3][1:]) for n in range(3)]
    shown = preview(workbook(vnedu(pupils=shifted)))
    assert [code for code, _ in problems_of(shown)] == ["names-shifted"] * 3
    assert shown.entries == ()


@pytest.mark.parametrize("written", ["NGUYỄN HOÀI AN", "Nguyễn  Hoài An ", "Nguyễn Hòai An"])
def test_a_name_may_be_written_otherwise(written: str) -> None:
    family, _, given = written.strip().rpartition(" ")
    shown = preview(workbook(vnedu(pupils=[("0100000001", family, given), *PUPILS[1:]])))
    assert shown.rows[0].standing is Standing.NEW


def test_a_pupil_who_left_is_left_out() -> None:
    pupils = (replace(EMPTY.pupils[0], left=True), *EMPTY.pupils[1:])
    shown = preview(workbook(vnedu()), replace(EMPTY, pupils=pupils))
    assert shown.rows[0].standing is Standing.LEFT_OUT
    assert {entry.pupil for entry in shown.entries} == {BAO}


def test_pupils_missing_from_the_file_are_told() -> None:
    shown = preview(workbook(vnedu(pupils=PUPILS[:2])))
    assert "Lê Thị Quỳnh Chi" in shown.warnings[0].sentence
    assert shown.can_be_confirmed


def test_a_fifth_regular_mark_is_refused_where_there_are_four_columns() -> None:
    marks: Sequence[Sequence[object]] = [(8, 8, 8, 8, 9, 7, 6)]
    shown = preview(workbook(vnedu(regular=5, marks=marks)))
    assert problems_of(shown) == [("column-not-on-sheet", "I8")]


def test_an_empty_fifth_column_is_no_fault() -> None:
    marks: Sequence[Sequence[object]] = [(8, 8, 8, 8, None, 7, 6)]
    assert problems_of(preview(workbook(vnedu(regular=5, marks=marks)))) == []


def test_a_secretary_takes_periodic_marks_only_and_is_told() -> None:
    shown = preview(workbook(vnedu()), replace(EMPTY, enterable=PERIODIC))
    assert {entry.column for entry in shown.entries} == PERIODIC
    assert "columns-left-to-teacher" in {problem.code for problem in shown.warnings}


def test_the_sheet_that_fits_is_chosen_among_several() -> None:
    other = vnedu(title="BẢNG ĐIỂM - MÔN TIN HỌC - HỌC KỲ 1 - NĂM HỌC 2026-2027")
    shown = preview(workbook(other, vnedu(), names=("tin_hoc_6A1", "toan_6A1")))
    assert shown.worksheet == "toan_6A1"


def test_two_sheets_that_fit_are_refused_by_name() -> None:
    with pytest.raises(FileRefused) as caught:
        preview(workbook(vnedu(), vnedu(), names=("toan_6A1", "toan_6A1 (2)")))
    assert caught.value.problem.code == "several-sheets-fit"
    assert "toan_6A1, toan_6A1 (2)" in caught.value.problem.sentence


def test_no_sheet_that_fits_is_refused_by_name() -> None:
    others = (vnedu(class_line="Lớp 6A2"), vnedu(class_line="Lớp 6A3"))
    with pytest.raises(FileRefused) as caught:
        preview(workbook(*others, names=("a", "b")))
    assert caught.value.problem.code == "no-sheet-fits"
    assert "lớp 6A1, môn Toán, học kì 1" in caught.value.problem.sentence


def test_a_hidden_sheet_is_never_chosen() -> None:
    def hidden(book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        vnedu()(book, sheet)
        sheet.hide()

    def draw(book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        vnedu(marks=[(None, None, None, None, 4)])(book, sheet)
        sheet.activate()

    shown = preview(workbook(hidden, draw, names=("cũ", "mới")))
    assert shown.worksheet == "mới"
    assert [(e.column, e.mark.text) for e in shown.entries] == [(MIDTERM, "4.0")]


def test_every_sentence_can_be_said() -> None:
    told = "limit sheets wanted text column found code first name expected count names status"
    told += " of class_group codes username roles grade title columns cell"
    told += " lines pupils day number group row width groups place examples encoding"
    words = dict.fromkeys(told.split(), "x")
    assert all(sentence.format_map(words) for sentence in SENTENCES.values())
