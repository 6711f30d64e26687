"""Right marks as people paste them or keep them in files: whose each is, and what is wrong."""

from datetime import date
from typing import Any

import pytest

from ledger.vocabulary import PupilId, SubjectKind
from tests.school import numbered_id
from tests.web.spreadsheets.workbooks import workbook
from web.spreadsheets.choosing import Wanted
from web.spreadsheets.mark_lines import mark_lines
from web.spreadsheets.matching import Directory, PupilNow
from web.spreadsheets.problem import FileRefused
from web.spreadsheets.reader import read_workbook
from web.spreadsheets.right_marks import RightMarks, right_marks
from web.spreadsheets.texts import LONGEST_TEXT, csv_sheet, pasted_sheet

WANTED = Wanted(class_group="6A1", subject_name="Toán", semester=1, school_year="2026-2027")


def pupil(number: int, code: str, name: str, born: date | None = None) -> PupilNow:
    return PupilNow(
        PupilId(numbered_id(number)), code, name, shown_name=name, number=number, birth_date=born
    )


AN = pupil(1, "0101", "Nguyễn Hoài An")
BAO = pupil(2, "0102", "Trần Quốc Bảo", date(2015, 3, 9))
NAMESAKE = pupil(3, "0103", "Trần Quốc Bảo", date(2015, 8, 21))
HOA = pupil(4, "0104", "Lê Thị Hòa")
PUPILS = [AN, BAO, NAMESAKE, HOA]


def read(text: str | bytes, *columns: str, kind: SubjectKind = SubjectKind.SCORED) -> RightMarks:
    """What a pasted text or the bytes of a file say of the midterm column."""
    if isinstance(text, str):
        sheets = [pasted_sheet(text)]
    else:
        sheets = read_workbook(text) if text.startswith(b"PK") else [csv_sheet(text)]
    directory = Directory(PUPILS)
    lines = mark_lines(
        sheets,
        wanted=WANTED,
        columns=columns or ("midterm",),
        knows=lambda code: directory.find(code) is not None,
        pasted=isinstance(text, str),
    )
    return right_marks(lines, PUPILS, kind)


def told(found: RightMarks) -> dict[int, str]:
    """The marks by the numbers of the pupils."""
    numbers = {each.pupil_id: each.number for each in PUPILS}
    return {numbers[pupil]: mark.text for (pupil, _), mark in found.marks.items()}


@pytest.mark.parametrize(
    ("text", "marks", "by_order"),
    [
        ("8,5\r\n7.0\r\n0\r\n10\r\n", {1: "8.5", 2: "7.0", 3: "0.0", 4: "10.0"}, True),
        ("8,5\n\n0\n\u00a0\n", {1: "8.5", 3: "0.0"}, True),
        ("ĐĐGgk\n8,5\n7", {1: "8.5", 2: "7.0"}, True),
        ("0104\t\u00a09,5\n0101\t8", {4: "9.5", 1: "8.0"}, False),
        ("104\t9,5\n101\t8", {4: "9.5", 1: "8.0"}, False),
        ("Lê Thị Hoà\t9\nNguyễn Hoài An\tV", {4: "9.0", 1: "awaiting-make-up"}, False),
        ("Lê Thị\tHòa\t9\nNguyễn Hoài\tAn\t8", {4: "9.0", 1: "8.0"}, False),
        ("Trần Quốc Bảo\t21/08/2015\t6\nLê Thị Hòa\t1/2/2015\t5", {3: "6.0", 4: "5.0"}, False),
        ("4\t9,5\n1\t8,5", {4: "9.5", 1: "8.5"}, False),
        ("1\t0101\tNguyễn Hoài An\t8\n4\t0104\tLê Thị Hòa\t9", {1: "8.0", 4: "9.0"}, False),
        ("0101\t8\nLê Thị Hòa\t9\n0102\t7", {1: "8.0", 4: "9.0", 2: "7.0"}, False),
        ("Mã HS\tHọ và tên\tGK\n0104\tLê Thị Hòa\t9", {4: "9.0"}, False),
        ("Họ và tên\tGK\nLê Thị Hòa\t9", {4: "9.0"}, False),
    ],
)
def test_lines_are_matched_by_what_they_say_of_a_pupil(
    text: str, marks: dict[int, str], *, by_order: bool
) -> None:
    found = read(text)
    assert (told(found), found.by_order, found.problems) == (marks, by_order, ())


def test_a_comment_subject_takes_its_own_marks() -> None:
    found = read("Đ\nCĐ\nđạt\nChưa đạt", kind=SubjectKind.COMMENT)
    assert list(told(found).values()) == ["passed", "not-passed", "passed", "not-passed"]


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        ("0101\t8\n0109\t9", "code-unknown", "Dòng 2: mã 0109"),
        ("0101\t8\n0104\t9\n0101\t7", "pupil-twice", "Dòng 3: Nguyễn Hoài An đã có ở dòng 1."),
        ("0101\t8,25", "too-many-decimals", "Dòng 1: “8,25” có nhiều hơn một chữ số"),
        ("8\n8,25", "too-many-decimals", "Dòng 2"),
        ("0101\t11", "score-out-of-range", "Dòng 1: “11”"),
        ("0101\ttám\n0102\t8\n0103\t7", "mark-unknown", "Dòng 1: “tám” không phải là điểm."),
        ("0101\tĐ", "passed-in-scored-subject", "Dòng 1"),
        ("Lê Thị Lạ\t8", "name-unknown", "Dòng 1: không có học sinh nào tên Lê Thị Lạ"),
        ("Trần Quốc Bảo\t8", "name-shared", "mã hoặc ngày sinh"),
        ("Trần Quốc Bảo\t1/1/2015\t8", "birth-date-differs", "01/01/2015"),
        ("0101\tLê Thị Hòa\t8", "names-shifted", "xô lệch"),
        ("9\t8\n1\t7", "number-unknown", "số thứ tự 9"),
    ],
)
def test_what_is_wrong_is_told_by_line(text: str, code: str, sentence: str) -> None:
    (problem,) = read(text).problems
    assert problem.code == code
    assert sentence in problem.sentence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("8\n8\n8\n8\n8", "more-lines-than-pupils"),
        ("0101\t8\t9", "several-columns-of-marks"),
        ("Nguyễn Hoài An\t0101", "no-column-of-marks"),
        ("\n\n", "nothing-pasted"),
        ("x" * (LONGEST_TEXT + 1), "text-too-long"),
        ("\n".join(["8"] * 6000), "file-has-too-many-rows"),
        ("Mã HS\tHọ và tên\tCK\n0104\tLê Thị Hòa\t9", "columns-not-in-file"),
        (b"8,5\n\xff", "text-unreadable"),
        (b"8\x00", "not-a-table"),
        (b"\xd0\xcf\x11\xe0", "text-unreadable"),
    ],
)
def test_what_no_column_can_be_told_from_is_refused(text: str | bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(text)
    assert refused.value.problem.code == code
    assert refused.value.problem.sentence


def test_a_title_of_another_class_is_wrong() -> None:
    text = "BẢNG ĐIỂM LỚP 6A2 MÔN TOÁN\nMã HS\tHọ và tên\tGK\n0104\tLê Thị Hòa\t9"
    assert [each.code for each in read(text).problems] == ["other-class"]


def test_who_is_not_named_keeps_the_mark_and_is_told() -> None:
    (warning,) = read("0101\t8").warnings
    assert warning.details["count"] == 3
    (warning,) = read("8\n7").warnings
    assert "từ Trần Quốc Bảo trở đi" in warning.sentence


@pytest.mark.parametrize(
    "content",
    [
        b"0101;8,5\r\n0104;9\r\n",
        b'0101,"8,5"\n0104,9\n',
        "\ufeff0101;8,5\n0104;9".encode(),
        "0101\t8,5\n0104\t9\n".encode("utf-16"),
    ],
    ids=["semicolons", "commas", "utf-8-sig", "utf-16"],
)
def test_csv_is_read_as_excel_writes_it(content: bytes) -> None:
    assert told(read(content)) == {1: "8.5", 4: "9.0"}


def test_marks_with_commas_alone_are_one_column() -> None:
    assert told(read(b"8,5\n7,5\n")) == {1: "8.5", 2: "7.5"}


def test_a_workbook_without_header_is_read_by_what_its_cells_say() -> None:
    def draw(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        sheet.write_row(0, 2, ("0104", 9.5))
        sheet.write_row(1, 2, ("0101", "8,5"))

    assert told(read(workbook(draw))) == {4: "9.5", 1: "8.5"}


def test_faults_of_a_workbook_are_told_by_cell() -> None:
    content = workbook(lambda _book, sheet: sheet.write_column(0, 0, [8, "8,25", True]))
    assert [each.cell for each in read(content).problems] == ["A2", "A3"]


def test_two_columns_are_taken_in_the_order_of_the_form() -> None:
    found = read("0101\t8\t9\n0104\t7\t6", "midterm", "final")
    assert sorted((c, m.text) for (_, c), m in found.marks.items()) == [
        ("final", "6.0"),
        ("final", "9.0"),
        ("midterm", "7.0"),
        ("midterm", "8.0"),
    ]
