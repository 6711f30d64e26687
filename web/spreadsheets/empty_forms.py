"""Empty forms to fill in: each has the columns that its import takes, and one example."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final, NamedTuple

import xlsxwriter

_EXAMPLE: Final = "Ví dụ"


class EmptyForm(NamedTuple):
    """A form: what stands above the table, its columns with their widths, and the example."""

    title: str
    worksheet: str
    columns: Sequence[tuple[str, int]]
    example: Sequence[str]


CLASS_LISTS: Final = EmptyForm(
    title="DANH SÁCH HỌC SINH NĂM HỌC {school_year}",
    worksheet="Học sinh",
    columns=(
        *(("STT", 7), ("Lớp", 8), ("Mã định danh", 16), ("Họ và tên", 30), ("Ngày sinh", 12)),
        *(("Giới tính", 10), ("Dân tộc", 12), ("Khuyết tật", 16), ("Trạng thái", 14)),
    ),
    example=(
        *("6A1", "0100000001", "Nguyễn Thị Hoa", "05/08/2015", "Nữ", "Kinh", "Không", "Đang học"),
    ),
)
STAFF: Final = EmptyForm(
    title="DANH SÁCH CÁN BỘ, GIÁO VIÊN NĂM HỌC {school_year}",
    worksheet="Nhân sự",
    columns=(
        *(("STT", 7), ("Mã cán bộ", 14), ("Họ và tên", 30), ("Tên đăng nhập", 16)),
        *(("Vai trò", 44), ("Tổ", 22), ("Môn dạy", 22)),
    ),
    example=(
        *("3100000001", "Trần Văn Bình", "binhtv", "Giáo viên bộ môn; Giáo viên chủ nhiệm"),
        *("Tổ Toán – Tin", "Toán, Tin học"),
    ),
)
ASSIGNMENTS: Final = EmptyForm(
    title="PHÂN CÔNG CHUYÊN MÔN NĂM HỌC {school_year}",
    worksheet="Phân công",
    columns=(
        *(("STT", 7), ("Mã cán bộ", 14), ("Họ và tên", 30), ("Môn", 22), ("Lớp", 26)),
        ("Chủ nhiệm", 12),
    ),
    example=("3100000001", "Trần Văn Bình", "Toán", "6A1, 6A2", "6A1"),
)


def workbook_of(form: EmptyForm, school_year: str) -> bytes:
    """The form as an .xlsx file.

    Every cell is text, filled or not: Excel takes the zeros off codes that it believes are
    numbers, and makes dates of marks.
    """
    buffer = BytesIO()
    book: Any = xlsxwriter.Workbook(buffer, {"in_memory": True})
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"num_format": "@", "bold": True, "border": 1, "bg_color": "#E8EEF4"})
    example = book.add_format({"num_format": "@", "italic": True, "font_color": "#666666"})
    title = book.add_format({"bold": True, "font_size": 13})
    sheet = book.add_worksheet(form.worksheet)
    sheet.write_string(0, 0, form.title.format(school_year=school_year), title)
    for column, (word, width) in enumerate(form.columns):
        sheet.set_column(column, column, width, text)
        sheet.write_string(2, column, word, bold)
    for column, word in enumerate((_EXAMPLE, *form.example)):
        sheet.write_string(3, column, word, example)
    sheet.freeze_panes(3, 0)
    book.close()
    return buffer.getvalue()
