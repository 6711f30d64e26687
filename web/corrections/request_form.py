"""The form of a request for correction: what a page showed, what was typed, what it means."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from starlette.datastructures import FormData

from ledger.sheet.commands import CellCorrection
from ledger.sheet.state import Place, Sheet
from ledger.vocabulary import BLANK, Mark, PupilId
from projections.gradebook import PupilView, SheetPage
from web.forms import Typed
from web.marks import shown_mark, typed_mark

# An empty field leaves the mark alone, so taking a mark out has a sign of its own.
TAKEN_OUT: Final = "-"
_TAKE_OUT: Final = frozenset({TAKEN_OUT, "–", "—"})


class Act(StrEnum):
    """The buttons of the form."""

    COMPARE = "doi-chieu"
    DOWN = "dich-xuong"
    UP = "dich-len"
    LOOK = "xem"
    SEND = "gui"


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell of the form: the mark that stands there and what was typed for it.

    `held`: another open correction has it. `moved`: its mark changed since the page was shown.
    """

    pupil: PupilView
    column: str
    mark: Mark
    version: int
    official: bool
    held: bool
    typed: str = ""
    left_out: bool = False
    moved: bool = False

    @property
    def key(self) -> str:
        return f"{self.pupil.pupil}:{self.column}"

    @property
    def place(self) -> Place:
        return (self.pupil.pupil, self.column)

    @property
    def is_open(self) -> bool:
        """Whether a mark may be typed here."""
        return self.official and not self.held

    @property
    def after(self) -> Mark | None:
        """The mark typed; None where nothing was, or nothing that is a mark."""
        try:
            return read_typed(self.typed) if self.typed else None
        except ValueError:
            return None

    @property
    def is_wrong(self) -> bool:
        """Whether something was typed that is no mark."""
        return bool(self.typed) and self.after is None

    @property
    def differs(self) -> bool:
        return self.after is not None and self.after is not self.mark

    @property
    def is_chosen(self) -> bool:
        return bool(self.typed) and not self.left_out

    def with_mark(self, mark: Mark) -> "FormCell":
        """The cell with this mark typed, if that is another than the one that stands there."""
        if not self.is_open:
            return self
        text = (shown_mark(mark) or TAKEN_OUT) if mark is not self.mark else ""
        return replace(self, typed=text, left_out=False)


def read_typed(text: str) -> Mark:
    """The mark that was typed, blank for a dash; ValueError for what is no mark."""
    return BLANK if text in _TAKE_OUT else typed_mark(text)


def keys_of_columns(page: SheetPage, columns: Sequence[str]) -> list[str]:
    """The cells of whole columns, pupil by pupil."""
    return [f"{pupil.pupil}:{column}" for pupil in page.present for column in columns]


def form_cells(
    page: SheetPage,
    sheet: Sheet,
    keys: Iterable[str],
    *,
    moment: datetime,
    sent: FormData | None = None,
) -> list[FormCell]:
    """The named cells, in the order named; a name that is none of this sheet is left out."""
    pupils = {str(pupil.pupil): pupil for pupil in page.present}
    official = {view.column: view.official_at(moment) for view in page.columns}
    cells = []
    for key in dict.fromkeys(keys):
        pupil_id, _, column = key.partition(":")
        if pupil_id not in pupils or column not in official:
            continue
        cell = page.cell(PupilId(UUID(pupil_id)), column)
        read = sent.get(f"doc:{key}") if sent else None
        cells.append(
            FormCell(
                pupil=pupils[pupil_id],
                column=column,
                mark=cell.mark,
                version=cell.version,
                official=official[column],
                held=(PupilId(UUID(pupil_id)), column) in sheet.in_correction,
                typed=_typed(sent, key),
                left_out=sent is not None and f"bo:{key}" in sent,
                moved=read is not None and read != str(cell.version),
            )
        )
    return cells


def _typed(sent: FormData | None, key: str) -> str:
    return str(sent.get(f"sua:{key}", "")).replace("\u00a0", " ").strip() if sent else ""


def sent_keys(sent: FormData) -> Iterator[str]:
    """The cells that the form had fields for."""
    return (name.removeprefix("sua:") for name in sent if name.startswith("sua:"))


def proposed(cells: Iterable[FormCell], marks: Mapping[Place, Mark]) -> list[FormCell]:
    """The cells with these marks typed into those that differ; the others are as they were."""
    return [cell.with_mark(marks[cell.place]) if cell.place in marks else cell for cell in cells]


def corrections_of(sent: FormData, typed: Typed) -> list[CellCorrection]:
    """The cells to be corrected: typed, not left out, at the versions that the page showed."""
    found = []
    for key in sent_keys(sent):
        text = _typed(sent, key)
        if not text or f"bo:{key}" in sent:
            continue
        try:
            pupil, _, column = key.partition(":")
            found.append(
                CellCorrection(
                    pupil=PupilId(UUID(pupil)),
                    column=column,
                    after=read_typed(text),
                    read_version=int(str(sent.get(f"doc:{key}", "-1"))),
                )
            )
        except ValueError:  # A mark nobody writes so, or a field that no page of ours made.
            typed.wrong("cells", "not-a-mark")
    if not found:
        typed.wrong("cells", "no-cells")
    return found
