"""Spreadsheets as schools have them, written anew for each test; every name is invented."""

import io
import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter

Draw = Callable[[Any, Any], None]  # the workbook and its first worksheet

PUPILS = (
    ("0100000001", "Nguyễn Hoài", "An"),
    ("0100000002", "Trần Quốc", "Bảo"),
    ("0100000003", "Lê Thị Quỳnh", "Chi"),
)
MARKS: tuple[Sequence[object], ...] = (
    (8, "8,5", 7.1, None, 9, 6.5),
    ("7.5", 0, 10, None, 5, "8"),
    (None, None, None, None, None, None),
)
TITLE = "BẢNG ĐIỂM CHI TIẾT - MÔN TOÁN - HỌC KỲ 1 - NĂM HỌC 2026-2027"


def workbook(*draws: Draw, names: Sequence[str] = ("Sheet1",)) -> bytes:
    """An .xlsx file; each worksheet is drawn by one function."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for number, draw in enumerate(draws):
        draw(book, book.add_worksheet(names[number] if number < len(names) else None))
    book.close()
    return buffer.getvalue()


def rewritten(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The package with some parts changed; a part that is not there starts empty."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        parts = {name: source.read(name) for name in source.namelist()}
        for name in (*parts, *(name for name in changes if name not in parts)):
            target.writestr(name, changes.get(name, bytes)(parts.get(name, b"")))
    return buffer.getvalue()


def put(sheet: Any, row: int, column: int, value: object) -> None:  # noqa: ANN401 - no types
    """Write a value as what it is: text as text, never as a formula."""
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)


def put_row(
    sheet: Any,  # noqa: ANN401 - the library has no types
    row: int,
    first: int,
    values: Sequence[object],
) -> None:
    """Write values side by side."""
    for column, value in enumerate(values, first):
        put(sheet, row, column, value)


def vnedu(
    *,
    title: str = TITLE,
    class_line: str = "Khối 6 - Lớp 6A1",
    pupils: Sequence[tuple[str, str, str]] = PUPILS,
    marks: Sequence[Sequence[object]] = MARKS,
    regular: int = 4,
    birth_date: bool = False,
    sub_labels: bool = True,
    year_columns: bool = False,
    statistics: bool = True,
) -> Draw:
    """The detail sheet of one class and subject: the name spans two cells, statistics follow."""

    def draw(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        sheet.merge_range("A1:L1", "SỞ GIÁO DỤC VÀ ĐÀO TẠO HẢI PHÒNG")
        sheet.merge_range("A2:L2", "TRƯỜNG THCS HOA PHƯỢNG")
        sheet.merge_range("A3:L3", title)
        sheet.merge_range("A4:L4", class_line)
        left = {0: "STT", 1: "Mã học sinh", **({4: "Ngày sinh"} if birth_date else {})}
        for column, word in left.items():
            sheet.merge_range(5, column, 6, column, word)
        sheet.merge_range(5, 2, 6, 3, "Họ và tên")
        first = max(left) + 1 if birth_date else 4
        sheet.merge_range(5, first, 5, first + regular - 1, "ĐĐGtx")
        labels = [f"TX{number + 1}" for number in range(regular)]
        put_row(sheet, 6, first, [*labels, *(["GK1", "CK1"] if sub_labels else [])])
        years = ["HKI", "HKII", "CN"] if year_columns else []
        tail = ["ĐĐGgk", "ĐĐGck", "ĐTB\nmhk", *years, "Nhận xét"]
        put_row(sheet, 5, first + regular, tail)
        for number, pupil in enumerate(pupils):
            born = ["05/08/2015"] if birth_date else []
            own = marks[number] if number < len(marks) else ()
            put_row(sheet, 7 + number, 0, [number + 1, *pupil, *born, *own])
        if statistics:
            _statistics(sheet, 7 + len(pupils))
        sheet.set_column(20, 22, None, None, {"hidden": True})
        sheet.write_string(7, 20, "internal-77812")

    return draw


def _statistics(sheet: Any, row: int) -> None:  # noqa: ANN401 - the library has no types
    sheet.merge_range(row, 0, row, 5, "THỐNG KÊ HỌC KỲ 1")
    for offset, word in enumerate(("Tốt", "Khá", "Đạt", "Chưa Đạt"), 1):
        put_row(sheet, row + offset, 0, [word, 10 + offset, None, None, "25%"])


def ha_noi(*, marks: Sequence[Sequence[object]] = MARKS, own_code: bool = False) -> Draw:
    """The text-only sheet of the sector database, with a row that numbers the columns."""

    def draw(book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        text = book.add_format({"num_format": "@"})
        italic = book.add_format({"num_format": "@", "italic": True})
        rows = (
            ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "", "", "BẢNG ĐIỂM HỌC KỲ"),
            ("TRƯỜNG THCS BẰNG LĂNG", "", "", "Năm học: 2026 - 2027 - Học kỳ I"),
            ("Lớp: 6A1", "", "", "Môn: Toán"),
        )
        for row, words in enumerate(rows):
            for column, word in enumerate(words):
                sheet.write_string(row, column, word)
        codes = ["Mã định danh", *(["Mã học sinh"] if own_code else [])]
        left = ["STT", "Tên lớp", *codes, "Họ và tên", "Ngày sinh"]
        for column, word in enumerate(left):
            sheet.merge_range(4, column, 5, column, word, text)
        first = len(left)
        sheet.merge_range(4, first, 4, first + 3, "ĐĐGtx", text)
        for number in range(4):
            sheet.write_string(5, first + number, str(number + 1), text)
        sheet.merge_range(4, first + 4, 5, first + 4, "ĐĐGgk", text)
        sheet.merge_range(4, first + 5, 5, first + 5, "ĐĐGck", text)
        for column in range(first + 6):
            sheet.write_string(6, column, str(column + 1), italic)
        for number, (code, family, given) in enumerate(PUPILS):
            known = [code, *([f"HN{number}"] if own_code else [])]
            cells = [str(number + 1), "6A1", *known, f"{family} {given}", "05-08-2015"]
            shown = ["" if v is None else str(v).replace(".", ",") for v in marks[number]]
            for column, word in enumerate([*cells, *shown]):
                if word:
                    sheet.write_string(7 + number, column, word, text)

    return draw


def ho_chi_minh(*, class_group: str = "6A1", marks: Sequence[Sequence[object]] = MARKS) -> Draw:
    """The one-row header with five regular columns, whatever the subject has."""

    def draw(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        head = [
            *("STT", "Lớp", "Mã định danh Bộ GD&ĐT", "Họ và tên", "Ngày sinh"),
            *(f"ĐĐGtx{number}" for number in range(1, 6)),
            *("ĐĐGgk", "ĐĐGck", "Nhận xét"),
        ]
        for column, word in enumerate(head):
            sheet.write_string(0, column, word)
        for number, (code, family, given) in enumerate(PUPILS):
            row = 1 + number
            sheet.write_number(row, 0, number + 1)
            sheet.write_string(row, 1, class_group)
            # As a number the code loses its leading zero, as it does in real files.
            sheet.write_number(row, 2, int(code))
            sheet.write_string(row, 3, f"{family} {given}")
            regular, periodic = marks[number][:4], marks[number][4:]
            for column, value in enumerate([*regular, None, *periodic], 5):
                put(sheet, row, column, value)

    return draw


def class_list(
    pupils: Sequence[tuple[str, str, str]] = PUPILS,
    *,
    title: str = "DANH SÁCH HỌC SINH LỚP 6A1",
    statuses: Mapping[str, str] | None = None,
) -> Draw:
    """The 25-column class list, header in row 4; most columns are none of our business."""
    others = [f"Cột {number}" for number in range(14)]
    head = [
        *("STT", "Mã định danh Bộ GD&ĐT", "Họ tên", "Ngày sinh", "Giới tính", "Dân tộc"),
        *("Trạng thái", "SĐT", *others, "Lớp học", "Khối học", "Số định danh cá nhân"),
    ]

    def draw(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        sheet.merge_range(0, 0, 0, 8, title)
        for column, word in enumerate(head):
            sheet.write_string(3, column, word)
        for number, (code, family, given) in enumerate(pupils):
            row = 4 + number
            sheet.write_number(row, 0, number + 1)
            sheet.write_string(row, 1, code)
            sheet.write_string(row, 2, f"{family} {given}")
            sheet.write_string(row, 3, "05/08/2015")
            sheet.write_string(row, 6, (statuses or {}).get(code, "Đang học"))
            sheet.write_string(row, head.index("Lớp học"), "6A1")
            sheet.write_string(row, head.index("Số định danh cá nhân"), f"0312150{number:05d}")

    return draw


def simple_list(pupils: Sequence[tuple[str, str, str]] = PUPILS) -> Draw:
    """The four columns that a school keeps itself."""

    def draw(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        for column, word in enumerate(("STT", "Mã học sinh", "Họ và tên", "Ngày sinh")):
            sheet.write_string(0, column, word)
        for number, (code, family, given) in enumerate(pupils):
            for column, word in enumerate((str(number + 1), code, f"{family} {given}")):
                sheet.write_string(1 + number, column, word)
            sheet.write_number(1 + number, 3, 42221)  # 5 August 2015 as a bare number of days

    return draw


def sector_list(
    pupils: Sequence[tuple[str, ...]], *, numeric_codes: bool = False, tail: str = ""
) -> Draw:
    """The pupils of many classes as the sector database exports them, its columns by name.

    Each pupil: class, code, full name, birth date (a day's number or a text), gender, ethnicity,
    kind of disability, status. Header words have line breaks and letters in pieces.
    """
    words = [
        *("STT", "Mã lớp", "Mã\nhọc sinh", "Họ tên", "Ngày sinh", "Giới tính", "Dân tộc"),
        *("Loại khuyết tật", "Trạng thái HS", "Nơi sinh", "Nghề nghiệp cha"),
    ]

    def draw(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        for column, word in enumerate(words):
            sheet.write_string(0, column, unicodedata.normalize("NFD", word))
        for number, (class_group, code, name, born, *rest) in enumerate(pupils, 1):
            sheet.write_number(number, 0, number)
            sheet.write_string(number, 1, class_group)
            put(sheet, number, 2, int(code) if numeric_codes else code)
            sheet.write_string(number, 3, unicodedata.normalize("NFD", name))
            put(sheet, number, 4, int(born) if born.isdecimal() else born)
            put_row(sheet, number, 5, [text or None for text in rest])
            sheet.write_string(number, 9, "An Biên")
            sheet.write_string(number, 10, "Công nhân")
        if tail:
            sheet.write_string(len(pupils) + 2, 0, tail)

    return draw


def table(*rows: Sequence[object], title: str = "") -> Draw:
    """Any rows, the first of them the header, below a title if there is one."""

    def draw(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        first = 2 if title else 0
        if title:
            sheet.write_string(0, 0, title)
        for number, values in enumerate(rows, first):
            put_row(sheet, number, 0, values)

    return draw
