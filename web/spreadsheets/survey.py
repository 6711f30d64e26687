"""What the XML of a workbook says before any reader sees it: its size, and its faulty cells."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from web.spreadsheets.cells import CellKind
from web.spreadsheets.problem import FileRefused

ROWS: Final = 5_000
COLUMNS: Final = 200
CELLS: Final = 200_000
_ELEMENTS: Final = 1_000_000  # of one part, cells and all that dresses them

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)

Place = tuple[int, int]


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
    found = _REFERENCE.fullmatch(name.upper())
    if found is None:
        raise ValueError(name)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


class Surveyor:
    """Reads one XML part in pieces and refuses it as soon as it is larger than a school needs.

    The reader allocates a rectangle from the first cell to the last, so that two cells in
    opposite corners of a 4 KB file ask it for half a terabyte; therefore places count, not bytes.
    """

    def __init__(self) -> None:
        self.found = PartSurvey()
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.buffer_text = True
        self._elements = 0
        self._counted = 0
        self._rows = 0
        self._row = -1
        self._column = -1
        self._cell_type = ""
        self._has_formula = self._has_value = self._in_value = False

    def read(self, piece: bytes, *, last: bool = False) -> None:
        """Take the next piece; raises FileRefused."""
        try:
            self._parser.Parse(piece, last)
        except (expat.ExpatError, ValueError) as broken:
            raise FileRefused("file-is-damaged") from broken

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        self._elements += 1
        if self._elements > _ELEMENTS:
            raise FileRefused("file-has-too-many-cells", limit=CELLS)
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
            self._has_formula = True
        elif element in {"v", "is"}:
            self._in_value = True
            # An empty <v/> of a text formula is the empty text: =IF(A1="";"";A1) is no fault.
            self._has_value |= self._cell_type in {"str", "inlineStr"}
        elif element == "dimension":
            for corner in attributes.get("ref", "A1").split(":"):
                _check_place(*place_of(corner))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._rows += 1
        if self._rows > ROWS:
            raise FileRefused("file-has-too-many-rows", limit=ROWS)
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
        _check_place(self._row, self._column)
        self._cell_type = attributes.get("t", "")
        self._has_formula = self._has_value = False

    def _text(self, text: str) -> None:
        if self._in_value and text.strip():
            self._has_value = True

    def _end(self, name: str) -> None:
        element = name.rpartition(":")[2]
        if element in {"v", "is"}:
            self._in_value = False
        elif element == "c" and self.found.kind == "worksheet":
            if self._cell_type == "e":
                self.found.faults[self._row, self._column] = CellKind.ERROR
            elif self._has_formula and not self._has_value:
                self.found.faults[self._row, self._column] = CellKind.UNCOMPUTED

    def _check_announced(self, attributes: dict[str, str]) -> None:
        """Refuse a table of texts that announces more of them than there can be cells."""
        if self.found.kind == "sst":
            for name in ("count", "uniqueCount"):
                if int(attributes.get(name, 0)) > CELLS:
                    raise FileRefused("file-has-too-many-cells", limit=CELLS)

    def _count(self) -> None:
        self._counted += 1
        if self._counted > CELLS:
            raise FileRefused("file-has-too-many-cells", limit=CELLS)


def _check_place(row: int, column: int) -> None:
    if row < 0:
        raise FileRefused("file-is-damaged")
    if row >= ROWS:
        raise FileRefused("file-has-too-many-rows", limit=ROWS)
    if column >= COLUMNS:
        raise FileRefused("file-has-too-many-columns", limit=COLUMNS)


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
