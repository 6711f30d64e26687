"""What becomes of a batch of typed cells: what can be saved is saved, each cell gets its answer."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid5

from ledger.line import Line
from ledger.refusal import Refused
from ledger.sheet import facts, refusals
from ledger.sheet.commands import CellEntry, EnterMarks
from ledger.sheet.state import Cell, Place, Sheet
from ledger.vocabulary import PERIODIC, Author, CommandId, PupilId, SheetId
from web.marks import typed_mark

NOT_A_MARK = "not-a-mark"


class Outcome(StrEnum):
    """What became of one cell."""

    SAVED = "saved"
    CONFLICT = "conflict"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class TypedCell:
    """One cell as it was typed, and the version of the cell that the person had read."""

    pupil: PupilId
    column: str
    text: str
    read_version: int

    @property
    def place(self) -> Place:
        return (self.pupil, self.column)


@dataclass(frozen=True, slots=True)
class CellOutcome:
    """The answer for one typed cell.

    `version` is what the person has read from now on: of the own mark if saved, of the mark that
    stands there if in conflict. `now` is what the sheet holds; `refusal` says why not.
    """

    typed: TypedCell
    outcome: Outcome
    now: Cell
    version: int
    code: str | None = None
    refusal: Refused | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Who saves what: one press of a button, or one pause in typing."""

    command_id: CommandId
    sheet_id: SheetId
    by: Author
    at: datetime
    cells: tuple[TypedCell, ...]


Handle = Callable[[EnterMarks], Sequence[Line]]
SheetNow = Callable[[SheetId], Sheet]


def save_cells(batch: Batch, *, handle: Handle, sheet_now: SheetNow) -> list[CellOutcome]:
    """Save all cells that can be saved and answer for each, in the order they came.

    The ledger takes a batch whole or not at all; when it names the cells in its way, the others
    are sent again. Raises `Refused` when nobody's cell is at fault but the whole request.
    """
    entries, answers = _understood(batch.cells)
    recorded: Sequence[Line] = ()
    while entries:
        try:
            recorded = handle(_command(batch, entries))
            break
        except Refused as refusal:
            at_fault = _cells_at_fault(refusal, entries)
            if not at_fault:
                raise
            answers.update(dict.fromkeys(at_fault, refusal))
            entries = [entry for entry in entries if _place(entry) not in at_fault]
    own = _own_versions(recorded)
    sheet = sheet_now(batch.sheet_id)
    return [_outcome(cell, answers, own, sheet) for cell in batch.cells]


Answers = dict[Place, Refused | None]


def _understood(cells: Sequence[TypedCell]) -> tuple[list[CellEntry], Answers]:
    """Typed text as entries; a cell that is no mark at all is answered with None."""
    entries: list[CellEntry] = []
    counted = Counter(cell.place for cell in cells)
    answers: Answers = {
        place: refusals.CellNamedTwice(cells=[place]) for place, n in counted.items() if n > 1
    }
    for cell in cells:
        if cell.place in answers:
            continue
        try:
            mark = typed_mark(cell.text)
        except ValueError:
            answers[cell.place] = None
            continue
        entries.append(
            CellEntry(
                pupil=cell.pupil, column=cell.column, mark=mark, read_version=cell.read_version
            )
        )
    return entries, answers


def _place(entry: CellEntry) -> Place:
    return (entry.pupil, entry.column)


def _command(batch: Batch, entries: Sequence[CellEntry]) -> EnterMarks:
    command = EnterMarks(
        command_id=batch.command_id,
        sheet_id=batch.sheet_id,
        by=batch.by,
        at=batch.at,
        entries=tuple(entries),
    )
    if len(entries) == len(batch.cells):
        return command
    # The id grows out of what is left, so that the same request sent again after a lost answer
    # finds its own work, and never meets another remainder under the same id.
    left = ";".join(entry.model_dump_json() for entry in entries)
    return command.model_copy(update={"command_id": uuid5(batch.command_id, left)})


def _cells_at_fault(refusal: Refused, entries: Sequence[CellEntry]) -> set[Place]:
    """The places in the way of the others: named by cell, by pupil, by column or by a rule."""
    details, places = refusal.details, {_place(entry) for entry in entries}
    match refusal:
        case refusals.SecretaryEntersPeriodicTestsOnly():
            return {place for place in places if place[1] not in PERIODIC}
        case refusals.PupilNotOnSheet() | refusals.PupilHasLeft():
            named = set(_listed(details, "pupils"))
            return {place for place in places if place[0] in named}
        case refusals.NoSuchColumn():
            return {place for place in places if place[1] == details["column"]}
        case _:
            return places & {(cell[0], cell[1]) for cell in _listed(details, "cells")}


def _listed(details: dict[str, object], name: str) -> Iterator[Any]:
    listed = details.get(name, ())
    assert isinstance(listed, Iterable), f"{name} of a refusal is a list"
    return iter(listed)


def _own_versions(lines: Iterable[Line]) -> dict[Place, int]:
    changed = (facts.MarkEntered, facts.MarkChanged, facts.MarkCleared)
    return {
        (line.fact.pupil, line.fact.column): line.version
        for line in lines
        if isinstance(line.fact, changed)
    }


def _outcome(cell: TypedCell, answers: Answers, own: dict[Place, int], sheet: Sheet) -> CellOutcome:
    now = sheet.cell(cell.place)
    if cell.place not in answers:
        return CellOutcome(cell, Outcome.SAVED, now, own.get(cell.place, now.version))
    refusal = answers[cell.place]
    if refusal is None:
        return CellOutcome(cell, Outcome.REJECTED, now, cell.read_version, NOT_A_MARK)
    moved = isinstance(refusal, refusals.CellsMovedOn)
    outcome = Outcome.CONFLICT if moved else Outcome.REJECTED
    version = now.version if moved else cell.read_version
    return CellOutcome(cell, outcome, now, version, refusal.code, refusal)
