"""What the gradebook answers: a card for each sheet, and the whole page of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ledger.sheet.state import Place
from ledger.vocabulary import (
    BLANK,
    CorrectionId,
    Mark,
    PersonId,
    PupilId,
    Role,
    SheetId,
    SubjectKind,
)
from projections.columns import ColumnView


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell that was ever written, and the line that put its mark there.

    `version` is what a form sends back as the version it read. `changes` counts what happened
    after the first entry; delete-and-re-enter counts once. `corrected_by_correction_id`
    and `before_correction` are set while the mark that stands was put there by a correction.
    """

    mark: Mark
    version: int
    by: PersonId | None
    role: Role | None
    on_behalf_of: PersonId | None
    at: datetime | None
    position: int
    changes: int
    corrected_by_correction_id: CorrectionId | None
    before_correction: Mark | None
    unconfirmed_for: PersonId | None


EMPTY_CELL_VIEW = CellView(
    mark=BLANK,
    version=0,
    by=None,
    role=None,
    on_behalf_of=None,
    at=None,
    position=0,
    changes=0,
    corrected_by_correction_id=None,
    before_correction=None,
    unconfirmed_for=None,
)


@dataclass(frozen=True, slots=True)
class SheetCard:
    """A sheet in a list. `columns` are in book order; `filled` counts marks of present pupils."""

    sheet_id: SheetId
    school_year: str
    semester: int
    grade: int
    class_group: str
    subject: str
    kind: SubjectKind
    columns: tuple[ColumnView, ...]
    teachers: tuple[PersonId, ...]
    homeroom_teacher: PersonId
    pupil_count: int
    filled: Mapping[str, int]
    version: int

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(view.column for view in self.columns)

    @property
    def closed(self) -> tuple[str, ...]:
        return tuple(view.column for view in self.columns if view.is_closed)

    def column(self, name: str) -> ColumnView:
        """The column of this name; KeyError if the sheet has none."""
        for view in self.columns:
            if view.column == name:
                return view
        raise KeyError(name)

    def locked_at(self, moment: datetime) -> tuple[str, ...]:
        """The columns that count as locked at `moment`."""
        return tuple(view.column for view in self.columns if view.locked_at(moment))


@dataclass(frozen=True, slots=True)
class PupilView:
    """A pupil on a sheet; the number (STT) and the marks of one who left stay."""

    pupil: PupilId
    number: int
    left: bool


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One sheet whole: its card, all pupils by number, and every cell that was ever written."""

    card: SheetCard
    pupils: tuple[PupilView, ...]
    cells: Mapping[Place, CellView]

    @property
    def sheet_id(self) -> SheetId:
        return self.card.sheet_id

    @property
    def columns(self) -> tuple[ColumnView, ...]:
        return self.card.columns

    @property
    def present(self) -> tuple[PupilView, ...]:
        return tuple(pupil for pupil in self.pupils if not pupil.left)

    def cell(self, pupil: PupilId, column: str) -> CellView:
        """The cell as it stands; an empty one with version 0 if nothing was ever written."""
        return self.cells.get((pupil, column), EMPTY_CELL_VIEW)
