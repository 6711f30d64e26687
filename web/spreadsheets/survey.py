"""What the XML of a workbook says before any reader sees it: its size, and its faulty cells."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from xml.parsers import expat

from web.spreadsheets.cells import CellKind
from web.spreadsheets.problem import FileRefused

ROWS: Final = 5_000
COLUMNS: Final = 200
CELLS: Final = 200_000
_ELEMENTS_OF_A_CELL: Final = 5  # in one part, on the average, with all that dresses the cells

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be: bytes as it comes and unpacked, rows, columns, all cells."""

    upload_bytes: int = 5 * 1024**2
    unpacked_bytes: int = 32 * 1024**2
    rows: int = ROWS
    columns: int = COLUMNS
    cells: int = CELLS


OF_A_SCHOOL: Final = Limits()


@dataclass(slots=True)
class PartSurvey:
    """What one XML part holds. Only the lists that belong to its kind are filled."""

    kind: str = ""  # the name of its root element
    faults: dict[Place, CellKind] = field(default_factory=dict)
    sheets: list[tuple[str, str]] = field(default_factory=list)  # name, relationship id
    targets: dict[str, str] = field(default_factory=dict)  # relationship id, part
    content_types: set[str] = field(default_factory=set)


def place_of(name: str) -> Place:
    """The row and column of "G12", from 0; ValueError if that names no place."""
    found = _REFERENCE.fullmatch(name) or _REFERENCE.fullmatch(name.upper())
    if found is None:
        raise ValueError(name)
    letters, row = found.groups()
    return int(row) - 1, _column_of(letters)


# A sheet has few columns, and each is named once in every row.
@lru_cache(maxsize=1_000)
def _column_of(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


class Surveyor:
    """Reads one XML part in pieces and refuses it as soon as it is larger than a school needs.

    The reader allocates a rectangle from the first cell to the last, so that two cells in
    opposite corners of a 4 KB file ask it for half a terabyte; therefore places count, not bytes.
    """

    def __init__(self, limits: Limits = OF_A_SCHOOL) -> None:
        self.found = PartSurvey()
        self._limits = limits
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.buffer_text = True
        self._elements = 0
        self._counted = 0
        self._rows = 0
        self._row = -1
        self._column = -1
        self._cell_type = ""
        self._has_value = self._in_value = False

    def read(self, piece: bytes, *, last: bool = False) -> None:
        """Take the next piece; raises FileRefused."""
        try:
            self._parser.Parse(piece, last)
        except (expat.ExpatError, ValueError) as broken:
            raise FileRefused("file-is-damaged") from broken

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2] if ":" in name else name
        self._elements += 1
        if self._elements > _ELEMENTS_OF_A_CELL * self._limits.cells:
            raise FileRefused("file-has-too-many-cells", limit=self._limits.cells)
        if not self.found.kind:
            self.found.kind = element
            self._check_announced(attributes)
        elif self.found.kind == "worksheet":
            self._start_in_worksheet(element, attributes)
        elif handler := _OUTLINES.get(self.found.kind):
            self._count()
            handler(self.found, element, attributes)

    def _start_in_worksheet(self, element: str, attributes: dict[str, str]) -> None:
        if element == "c":
            self._start_cell(attributes)
        elif element == "row":
            self._start_row(attributes)
        elif element == "f":
            self._watch_formula()
        elif element in {"v", "is"}:
            self._in_value = True
            # An empty <v/> of a text formula is the empty text: =IF(A1="";"";A1) is no fault.
            self._has_value |= self._cell_type in {"str", "inlineStr"}
        elif element == "dimension":
            for corner in attributes.get("ref", "A1").split(":"):
                self._check_place(*place_of(corner))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._rows += 1
        if self._rows > self._limits.rows:
            raise FileRefused("file-has-too-many-rows", limit=self._limits.rows)
        # A row need not say which it is: it is then the one after the last. Its number is
        # checked with its cells, since LibreOffice writes empty rows at the very end.
        self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._count()
        if "r" in attributes:
            self._row, self._column = place_of(attributes["r"])
        else:
            self._column += 1
        self._check_place(self._row, self._column)
        self._cell_type = attributes.get("t", "")
        self._has_value = False
        if self._cell_type == "e":
            self.found.faults[self._row, self._column] = CellKind.ERROR

    def _watch_formula(self) -> None:
        """Listen to what the cell says until it ends; of cells without a formula nobody asks."""
        self._in_value = False
        self._parser.CharacterDataHandler = self._text
        self._parser.EndElementHandler = self._end

    def _text(self, text: str) -> None:
        if self._in_value and text.strip():
            self._has_value = True

    def _end(self, name: str) -> None:
        element = name.rpartition(":")[2] if ":" in name else name
        if element in {"v", "is"}:
            self._in_value = False
        elif element == "c":
            if self._cell_type != "e" and not self._has_value:
                self.found.faults[self._row, self._column] = CellKind.UNCOMPUTED
            self._parser.CharacterDataHandler = self._parser.EndElementHandler = None

    def _check_announced(self, attributes: dict[str, str]) -> None:
        """Refuse a table of texts that announces more of them than there can be cells."""
        if self.found.kind == "sst":
            for name in ("count", "uniqueCount"):
                if int(attributes.get(name, 0)) > self._limits.cells:
                    raise FileRefused("file-has-too-many-cells", limit=self._limits.cells)

    def _count(self) -> None:
        self._counted += 1
        if self._counted > self._limits.cells:
            raise FileRefused("file-has-too-many-cells", limit=self._limits.cells)

    def _check_place(self, row: int, column: int) -> None:
        if row < 0:
            raise FileRefused("file-is-damaged")
        if row >= self._limits.rows:
            raise FileRefused("file-has-too-many-rows", limit=self._limits.rows)
        if column >= self._limits.columns:
            raise FileRefused("file-has-too-many-columns", limit=self._limits.columns)


def _refuse_doctype(*_declaration: object) -> None:
    raise FileRefused("file-declares-entities")


def _in_workbook(found: PartSurvey, element: str, attributes: dict[str, str]) -> None:
    if element == "sheet":
        relationship = next((text for key, text in attributes.items() if key.endswith(":id")), "")
        found.sheets.append((attributes.get("name", ""), relationship))


def _in_relationships(found: PartSurvey, element: str, attributes: dict[str, str]) -> None:
    if element == "Relationship":
        found.targets[attributes.get("Id", "")] = attributes.get("Target", "")


def _in_types(found: PartSurvey, element: str, attributes: dict[str, str]) -> None:
    if element in {"Override", "Default"}:
        found.content_types.add(attributes.get("ContentType", ""))


def _in_texts(_found: PartSurvey, _element: str, _attributes: dict[str, str]) -> None:
    """Texts are only counted."""


_OUTLINES: Final[dict[str, Callable[[PartSurvey, str, dict[str, str]], None]]] = {
    "workbook": _in_workbook,
    "Relationships": _in_relationships,
    "Types": _in_types,
    "sst": _in_texts,
}
