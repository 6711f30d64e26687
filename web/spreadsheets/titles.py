"""What the lines above a table say: the class, the subject, the semester, the school year."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from web.spreadsheets.cells import Worksheet, reference


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the file and the cell that says it."""

    text: str
    cell: str


@dataclass(frozen=True, slots=True)
class Title:
    """Everything said; a file that says two classes says both, and one of them will be wrong."""

    class_groups: tuple[Said, ...] = ()
    subjects: tuple[Said, ...] = ()
    semesters: tuple[Said, ...] = ()  # "1", "2" or "cả năm"
    school_years: tuple[Said, ...] = ()  # "2026-2027"


# The cells of a row are joined by a bar, since a label and its value are often two cells.
_GAP: Final = r"[\s:|.\-–]*"
_CLASS: Final = re.compile(
    r"\blớp" + _GAP + r"(\d{1,2}(?:\s[a-zđ]\d{0,2}\b)?[\w./]*(?:-\d+)?)", re.IGNORECASE
)
_NEXT_FACT: Final = r"(?:học\s*k[ỳì]|hk\s*\d|hk\s*i|năm\s*học|cả\s*năm|lớp|khối|giáo\s*viên|gv)"
_SUBJECT: Final = re.compile(
    r"(?<!bộ )\bmôn(?:\s*học)?\b" + _GAP + rf"(?!{_NEXT_FACT})(\w.*?)"
    rf"[\s,\-–(]*(?=[|;]|$|\b{_NEXT_FACT})",
    re.IGNORECASE,
)
_SEMESTER: Final = re.compile(
    r"\b(?:(?:học\s*k[ỳì]|hk)" + _GAP + r"(1|2|ii|i)\b|(cả\s+năm)\b)", re.IGNORECASE
)
_SCHOOL_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)\s*[-–—/]\s*(20\d\d)(?!\d)")
_TextOf = Callable[[re.Match[str]], str]
_SEMESTERS: Final = {"1": "1", "2": "2", "i": "1", "ii": "2"}


def title_above(sheet: Worksheet, header_row: int) -> Title:
    """The facts in the rows above the header of the table."""
    lines = [_Line(sheet, row) for row in range(header_row)]
    return Title(
        class_groups=_said(lines, _CLASS, lambda found: found[1].strip()),
        subjects=_said(lines, _SUBJECT, lambda found: found[1].strip()),
        semesters=_said(
            lines, _SEMESTER, lambda found: _SEMESTERS.get((found[1] or "").lower(), "cả năm")
        ),
        school_years=_said(lines, _SCHOOL_YEAR, lambda found: f"{found[1]}-{found[2]}"),
    )


class _Line:
    """The texts of one row as one, remembering from which cell each came."""

    def __init__(self, sheet: Worksheet, row: int) -> None:
        self.text = ""
        self._starts: list[tuple[int, str]] = []
        for column in range(len(sheet.rows[row])):
            cell = sheet.cell(row, column)
            if not cell.is_blank:
                self._starts.append((len(self.text), reference(row, column)))
                words = unicodedata.normalize("NFC", cell.text).split()
                self.text += " ".join(words) + " | "

    def cell_at(self, offset: int) -> str:
        return next(cell for start, cell in reversed(self._starts) if start <= offset)


def _said(lines: list[_Line], what: re.Pattern[str], text_of: _TextOf) -> tuple[Said, ...]:
    def each() -> Iterator[Said]:
        for line in lines:
            for found in what.finditer(line.text):
                yield Said(text_of(found), line.cell_at(found.end() - 1))

    # The same thing said twice is said once: the first cell is named.
    return tuple({said.text.casefold(): said for said in reversed(list(each()))}.values())
