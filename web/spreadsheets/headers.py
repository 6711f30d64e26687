"""Which column of a worksheet means what, from the header words of the products in use."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from ledger.vocabulary import FINAL, MIDTERM
from web.spreadsheets.cells import CellKind, Worksheet, reference
from web.spreadsheets.problem import FileRefused
from web.spreadsheets.spelling import folded

_SEARCHED_ROWS: Final = 20
_SHORT: Final = 2  # no code and no full name is as short as a column number


def _words(*texts: str) -> frozenset[str]:
    return frozenset(map(folded, texts))


_NUMBER: Final = _words("STT", "TT", "Số TT", "Số thứ tự")
# In order of preference: the Ministry's code, the school's, and last the citizen's number.
_CODES: Final = (
    _words(
        "Mã định danh Bộ GD&ĐT",
        "Mã định danh (Bộ GD&ĐT)",
        "Mã định danh Bộ",
        "Mã định danh",
        "Mã định danh học sinh",
    ),
    _words("Mã học sinh", "Mã HS"),
    _words("Số định danh cá nhân"),
)
_NAME: Final = _words("Họ và tên", "Họ tên", "Họ và tên học sinh", "Họ tên học sinh")
_FAMILY_NAME: Final = _words("Họ đệm", "Họ và đệm", "Họ và tên đệm", "Họ lót")
_GIVEN_NAME: Final = _words("Tên")
_BIRTH_DATE: Final = _words("Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh")
_CLASS: Final = _words("Lớp", "Tên lớp", "Lớp học")
_CLASS_CODE: Final = _words("Mã lớp", "Mã lớp học")
_GENDER: Final = _words("Giới tính", "Nam/Nữ", "Nam, nữ")
_ETHNICITY: Final = _words("Dân tộc")
_DISABILITY: Final = _words(
    "Khuyết tật", "Loại khuyết tật", "Dạng khuyết tật", "Học sinh khuyết tật", "Dạng tật"
)
_STATUS: Final = _words("Trạng thái", "Trạng thái HS", "Trạng thái học sinh")
_REGULAR: Final = _words("ĐĐGtx", "TX", "Đánh giá thường xuyên", "ĐĐG thường xuyên")
_NOT_READ: Final = _words(
    *("Nhận xét", "Nội dung nhận xét", "Mã nhận xét", "Ghi chú", "Đánh giá", "Xếp loại"),
    *("HKI", "HKII", "HK1", "HK2", "CN", "Cả năm", "Giới tính"),
)
_NUMBERED: Final = re.compile(r"(?:đđgtx|tx|đđgthườngxuyên)\.?(?:lần)?([1-9])")
_MIDTERM: Final = re.compile(r"(?:đđg)?(?:gk|giữak[ìỳ])[12]?")
_FINAL: Final = re.compile(r"(?:đđg)?(?:ck|cuốik[ìỳ])[12]?")
_AVERAGE: Final = re.compile(r"đ?tb(?:m|mhk|mcn|hk|cn)?(?:[12]|i{1,2})?")


@dataclass(slots=True)
class Table:
    """Where things stand on a worksheet; rows and columns from 0."""

    header_row: int
    first_row: int
    number: int | None = None
    codes: tuple[int, ...] = ()
    name: int | None = None
    given_name: int | None = None
    birth_date: int | None = None
    class_group: int | None = None
    status: int | None = None
    gender: int | None = None
    ethnicity: int | None = None
    disability: int | None = None
    scores: Mapping[int, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()  # the header words of columns that mean nothing here


def header_row_of(sheet: Worksheet, *, with_scores: bool) -> int | None:
    """The row that names a pupil code and a name (and marks), or None if there is no table."""
    for row in range(min(_SEARCHED_ROWS, len(sheet.rows))):
        words = {folded(cell.text) for cell in sheet.rows[row]}
        if not (words & frozenset().union(*_CODES) and words & (_NAME | _FAMILY_NAME)):
            continue
        if not with_scores or any(_marks_named(word) for word in words):
            return row
    return None


def table_of(sheet: Worksheet, header_row: int) -> Table:
    """The columns of the table; raises FileRefused for a header nobody understands."""
    headers = _Headers(sheet, header_row)
    table = Table(header_row, headers.first_row)
    codes = [headers.all_of(words) for words in _CODES]
    table.codes = tuple(column for columns in codes for column in columns)
    table.number = headers.first_of(_NUMBER)
    table.birth_date = headers.first_of(_BIRTH_DATE)
    table.class_group = headers.first_of(_CLASS)
    table.status = headers.first_of(_STATUS)
    table.name = headers.first_of(_NAME | _FAMILY_NAME)
    table.given_name = headers.given_name_beside(table.name)
    table.gender = headers.first_of(_GENDER)
    table.ethnicity = headers.first_of(_ETHNICITY)
    table.disability = headers.first_of(_DISABILITY)
    table.scores = MappingProxyType(dict(_score_columns(headers)))
    if table.class_group is None and not table.scores:
        # Beside marks a "Mã lớp" is the product's own number of the class.
        table.class_group = headers.first_of(_CLASS_CODE)
    table.unread = tuple(headers.unread_beside(table))
    if _is_row_of_column_numbers(sheet, table):
        table.first_row += 1
    return table


def is_header_word(text: str) -> bool:
    """Whether a text names a column of pupils or of marks, and is neither of them itself."""
    word = folded(text)
    return _is_known(word) or word in _GIVEN_NAME | _FAMILY_NAME or _marks_named(word)


def _marks_named(word: str) -> bool:
    return word in _REGULAR or any(
        pattern.fullmatch(word) for pattern in (_NUMBERED, _MIDTERM, _FINAL)
    )


def _below(top: str, sub: str) -> bool:
    """Whether `sub` is a header word of the second row, below `top` in the first."""
    numbers_a_mark = top in _REGULAR and re.fullmatch(r"[1-9]", sub) is not None
    return numbers_a_mark or _marks_named(sub) or sub in _FAMILY_NAME | _GIVEN_NAME


class _Headers:
    """One or two rows of header words, column by column."""

    def __init__(self, sheet: Worksheet, row: int) -> None:
        self.sheet, self.row = sheet, row
        self.width = sheet.width
        self.tops = [folded(sheet.cell(row, column).text) for column in range(self.width)]
        below = [folded(sheet.cell(row + 1, column).text) for column in range(self.width)]
        codes = [column for words in _CODES for column in self.all_of(words)]
        # A second row of the header has no codes and words of its own; a pupil whose code is
        # missing has no such words, and must not be taken for a header and lost.
        has_second = not any(below[column] for column in codes) and any(
            map(_below, self.tops, below)
        )
        self.subs = below if has_second else [""] * self.width
        self.first_row = row + (2 if has_second else 1)

    def all_of(self, words: frozenset[str]) -> list[int]:
        return [column for column, top in enumerate(self.tops) if top in words]

    def first_of(self, words: frozenset[str]) -> int | None:
        return next(iter(self.all_of(words)), None)

    def given_name_beside(self, name: int | None) -> int | None:
        """The column of the given name, where "Họ và tên" spans two columns."""
        if name is None or name + 1 >= self.width:
            return None
        top, sub = self.tops[name + 1], self.subs[name + 1]
        nameless = not top and not sub and self.holds_anything(name + 1)
        return name + 1 if {top, sub} & _GIVEN_NAME or nameless else None

    def unread_beside(self, table: Table) -> Iterator[str]:
        read = {
            *(table.number, *table.codes, table.name, table.given_name, table.birth_date),
            *(table.class_group, table.status, table.gender, table.ethnicity, table.disability),
            *table.scores,
        }
        for column, top in enumerate(self.tops):
            if top and column not in read:
                yield self.text(column)

    def holds_anything(self, column: int) -> bool:
        rows = range(self.first_row, len(self.sheet.rows))
        return any(not self.sheet.cell(row, column).is_blank for row in rows)

    def place(self, column: int) -> str:
        return reference(self.row if self.tops[column] else self.row + 1, column)

    def text(self, column: int) -> str:
        top = self.sheet.cell(self.row, column).text
        return " ".join((top or self.sheet.cell(self.row + 1, column).text).split())


def _score_columns(headers: _Headers) -> Iterator[tuple[int, str]]:
    """Each column of marks with the column of the sheet that it stands for."""
    found: dict[str, int] = {}
    in_regular = False
    for column in range(headers.width):
        top, sub = headers.tops[column], headers.subs[column]
        in_regular = top in _REGULAR or (in_regular and not top)
        if not top and not sub and not (in_regular and headers.holds_anything(column)):
            if found:
                # A gap ends the marks: what stands to the right of it belongs to the product.
                in_regular = False
            continue
        named = _regular(headers, column) if in_regular else _named(top or sub)
        if named is None:
            if found and not _is_known(top or sub) and not _comes_after_a_gap(headers, column):
                raise FileRefused(
                    "unknown-header", headers.place(column), text=headers.text(column)
                )
            continue
        if named in found:
            raise FileRefused(
                "column-named-twice", headers.place(column), column=headers.text(column)
            )
        found[named] = column
        yield column, named


def _regular(headers: _Headers, column: int) -> str:
    """The regular column meant by the number below "ĐĐGtx": "TX2", "ĐĐGtx2" or "2"."""
    sub = headers.subs[column]
    found = _NUMBERED.fullmatch(sub) or re.fullmatch(r"([1-9])", sub)
    if found is None:
        raise FileRefused("header-without-number", reference(headers.row, column))
    return f"regular-{found[1]}"


def _named(word: str) -> str | None:
    if found := _NUMBERED.fullmatch(word):
        return f"regular-{found[1]}"
    if _MIDTERM.fullmatch(word):
        return MIDTERM
    return FINAL if _FINAL.fullmatch(word) else None


def _is_known(word: str) -> bool:
    about_pupils = _NUMBER | _BIRTH_DATE | _CLASS | _STATUS | _NAME | frozenset().union(*_CODES)
    return word in _NOT_READ | about_pupils or _AVERAGE.fullmatch(word) is not None


def _comes_after_a_gap(headers: _Headers, column: int) -> bool:
    """Whether a nameless column separates this one from every column of marks, with none after."""
    named = [top or sub for top, sub in zip(headers.tops, headers.subs, strict=True)]
    marks = [at for at, word in enumerate(named) if _marks_named(word)]
    return column > marks[-1] and not all(named[marks[-1] : column])


def _is_row_of_column_numbers(sheet: Worksheet, table: Table) -> bool:
    """Whether the first row only counts the columns, as 1 2 3 ... or A B 1 2 ..."""
    cells = [sheet.cell(table.first_row, column) for column in (*table.codes, table.name or 0)]
    texts = [cell.text.strip(" ()") for cell in cells if cell.kind is not CellKind.BLANK]
    return len(texts) == len(cells) and all(len(text) <= _SHORT for text in texts)
