"""The entry grid as its template reads it: what may be typed where, by whom, and why not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger.sheet.state import Place
from ledger.vocabulary import BLANK, PERIODIC, Mark, PersonId, PupilId, Role
from projections.gradebook import CellView, ColumnView, SheetCard, SheetPage
from web.access.identity import SignedIn
from web.grid.entering import CellOutcome
from web.marks import shown_mark
from web.names import Names


@dataclass(frozen=True, slots=True)
class Hand:
    """As whom a person writes on this sheet; nobody writes without one."""

    role: Role
    on_behalf_of: PersonId | None = None


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """One column: its state now, and what this person may do with it."""

    column: str
    view: ColumnView
    locked: bool
    past_deadline: bool
    official: bool
    may_type: bool
    awaits_me: int

    @property
    def periodic(self) -> bool:
        return self.column in PERIODIC

    @property
    def closed(self) -> bool:
        return self.view.closed_by is not None


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: `field` is the name of its input where it may be typed into, else None.

    The name carries pupil, column, version read and the mark read, so that a plain form tells
    which cells were touched, and against what.
    """

    column: str
    anchor: str
    shown: str
    head: ColumnHead
    field: str | None
    before: str | None = None
    unconfirmed_for: PersonId | None = None
    problem: CellOutcome | None = None
    stands: str = ""

    @property
    def typed(self) -> str:
        return self.problem.typed.text if self.problem else self.shown


@dataclass(frozen=True, slots=True)
class GridRow:
    """One pupil with the fixed number (STT)."""

    pupil: PupilId
    number: int
    name: str
    left: bool
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole sheet for one person at one moment."""

    card: SheetCard
    heads: tuple[ColumnHead, ...]
    rows: tuple[GridRow, ...]

    @property
    def may_type(self) -> bool:
        return any(cell.field for row in self.rows for cell in row.cells)

    @property
    def problems(self) -> list[tuple[GridRow, GridCell]]:
        return [(row, cell) for row in self.rows for cell in row.cells if cell.problem]


def hand_of(
    user: SignedIn, teachers: Sequence[PersonId], *, on_behalf_of: PersonId | None
) -> Hand | None:
    """The hand with which the person writes here: the sheet's teacher, or the secretary."""
    if Role.SUBJECT_TEACHER in user.roles and user.person in teachers:
        return Hand(Role.SUBJECT_TEACHER)
    if Role.SECRETARY in user.roles and teachers:
        chosen = on_behalf_of if on_behalf_of in teachers else teachers[0]
        return Hand(Role.SECRETARY, chosen)
    return None


def build_grid(
    page: SheetPage,
    *,
    hand: Hand | None,
    user: SignedIn,
    names: Names,
    moment: datetime,
    problems: Iterable[CellOutcome] = (),
) -> Grid:
    """Put the grid together; asks the database for the pupils' names and nothing else."""
    heads = tuple(_head(view, page, hand, user, moment) for view in page.columns)
    known = names.pupils(entry.pupil for entry in page.pupils)
    by_place = {problem.typed.place: problem for problem in problems}
    rows = []
    for entry in page.pupils:
        person = known.get(entry.pupil)
        name = person.full_name if person else names.pupil(entry.pupil)
        cells = tuple(
            _cell((entry.pupil, head.column), entry.number, head, page.cells, by_place)
            if not entry.left
            else _closed_cell((entry.pupil, head.column), entry.number, head, page.cells)
            for head in heads
        )
        rows.append(GridRow(entry.pupil, entry.number, name, entry.left, cells))
    return Grid(page.card, heads, tuple(rows))


def _head(
    view: ColumnView, page: SheetPage, hand: Hand | None, user: SignedIn, moment: datetime
) -> ColumnHead:
    locked = view.locked_at(moment)
    mine = [
        place
        for place, cell in page.cells.items()
        if place[1] == view.column and cell.unconfirmed_for == user.person
    ]
    may_type = hand is not None and not locked
    if hand is not None and hand.role is Role.SECRETARY:
        may_type = may_type and view.column in PERIODIC
    return ColumnHead(
        column=view.column,
        view=view,
        locked=locked,
        past_deadline=locked and view.lock is None,
        official=view.official_at(moment),
        may_type=may_type,
        awaits_me=len(mine),
    )


def _cell(
    place: Place,
    number: int,
    head: ColumnHead,
    cells: Mapping[Place, CellView],
    problems: Mapping[Place, CellOutcome],
) -> GridCell:
    view, problem = cells.get(place), problems.get(place)
    mark = view.mark if view else BLANK
    open_to_typing = head.may_type and (not head.closed or mark.awaits_a_mark)
    version = view.version if view else 0
    if problem:
        version, mark = problem.version, problem.now.mark
    return GridCell(
        column=head.column,
        anchor=anchor_of(number, head.column),
        shown=shown_mark(mark),
        head=head,
        field=field_name(place, version, mark) if open_to_typing else None,
        before=shown_before(view),
        unconfirmed_for=view.unconfirmed_for if view else None,
        problem=problem,
        stands=shown_mark(mark),
    )


def _closed_cell(
    place: Place, number: int, head: ColumnHead, cells: Mapping[Place, CellView]
) -> GridCell:
    """The cell of a pupil who left: shown, never typed into."""
    view = cells.get(place)
    shown = shown_mark(view.mark) if view else ""
    return GridCell(
        head.column, anchor_of(number, head.column), shown, head, None, shown_before(view)
    )


def shown_before(view: CellView | None) -> str | None:
    """The mark that a correction replaced, or None where none did."""
    if view is None or view.before_correction is None:
        return None
    return shown_mark(view.before_correction) or "trống"


def anchor_of(number: int, column: str) -> str:
    """The id of a cell in the page; the number is fixed for the year, so links stay good."""
    return f"o-{number}-{column}"


def field_name(place: Place, version: int, mark: Mark) -> str:
    """The name of a cell's input; `web.grid.form` reads it back."""
    return f"m~{place[0]}~{place[1]}~{version}~{mark.text}"


def awaiting_columns(heads: Collection[ColumnHead]) -> list[ColumnHead]:
    """The columns in which somebody entered marks on this person's behalf."""
    return [head for head in heads if head.awaits_me]
