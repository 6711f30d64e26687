"""What is wrong with a spreadsheet, as a value: a permanent code, the cell, and a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from web.spreadsheets.sentences import SENTENCES


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong; `cell` is the place as a spreadsheet names it ("G12"), "" for the file."""

    code: str
    cell: str = ""
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The Vietnamese sentence for the person who chose the file."""
        said = SENTENCES[self.code].format_map({"cell": self.cell, **self.details})
        # A pasted text has lines where a file has cells.
        return said.replace("Ô dòng ", "Dòng ").replace("ô dòng ", "dòng ")


class FileRefused(Exception):
    """The file cannot be previewed at all; nothing of it was used."""

    def __init__(self, code: str, cell: str = "", **details: object) -> None:
        self.problem = Problem(code, cell, details)
        super().__init__(code)
