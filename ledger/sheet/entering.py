"""Entering marks in a batch, confirming what was entered on one's behalf."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from ledger.authority import only_for
from ledger.sheet import commands, facts, refusals
from ledger.sheet.guards import (
    known_column,
    named_once,
    not_locked,
    only_a_teacher_of,
    pupils_present,
    zeros_by_rule_fit,
)
from ledger.sheet.state import Cell, Place, Sheet
from ledger.vocabulary import PERIODIC, Author, CorrectionId, Mark, Role


class Entry(NamedTuple):
    """One cell of the batch beside what stands there now."""

    place: Place
    mark: Mark
    read_version: int
    cell: Cell

    @property
    def changes(self) -> bool:
        return self.cell.mark is not self.mark


def enter_marks(command: commands.EnterMarks, sheet: Sheet) -> list[facts.AnyFact]:
    """All entries become facts, or none; a cell that already holds its mark needs none."""
    entries = [_beside_its_cell(entry, sheet) for entry in command.entries]
    columns = dict.fromkeys(entry.column for entry in command.entries)
    _may_enter(command.by, sheet, columns.keys())
    for column in columns:
        known_column(sheet, column)
    for column in columns:
        not_locked(
            sheet,
            column,
            command.at,
            (entry.place for entry in entries if entry.place[1] == column),
        )
    _closed_columns_only_get_first_marks(entries, sheet)
    _entries_are_sound(entries, sheet)
    changed = [entry for entry in entries if entry.changes]
    _nobody_was_faster(changed)
    return list(_facts_of(changed, sheet))


def _beside_its_cell(entry: commands.CellEntry, sheet: Sheet) -> Entry:
    place = (entry.pupil, entry.column)
    return Entry(place, entry.mark, entry.read_version, sheet.cell(place))


def _may_enter(by: Author, sheet: Sheet, columns: AbstractSet[str]) -> None:
    only_for(by, Role.SUBJECT_TEACHER, Role.SECRETARY)
    if by.role is Role.SUBJECT_TEACHER:
        only_a_teacher_of(sheet, by)
        return
    if by.on_behalf_of not in sheet.teachers:
        raise refusals.SecretaryNeedsATeacher
    if not columns <= PERIODIC:
        raise refusals.SecretaryEntersPeriodicTestsOnly


def _closed_columns_only_get_first_marks(entries: list[Entry], sheet: Sheet) -> None:
    """A pupil who sits a make-up test after "chốt cột" still gets a first mark."""
    official = [
        entry.place
        for entry in entries
        if entry.place[1] in sheet.closed and entry.changes and not entry.cell.mark.awaits_a_mark
    ]
    if official:
        by, at = sheet.closed[official[0][1]]
        raise refusals.ColumnIsClosed(column=official[0][1], by=by, at=at, cells=official)


def _entries_are_sound(entries: list[Entry], sheet: Sheet) -> None:
    pupils_present(sheet, [entry.place[0] for entry in entries])
    named_once([entry.place for entry in entries])
    if misfits := [entry.place for entry in entries if not entry.mark.fits(sheet.kind)]:
        raise refusals.MarkDoesNotFitSubject(cells=misfits, kind=sheet.kind)
    zeros_by_rule_fit((entry.place, entry.mark) for entry in entries)


def _nobody_was_faster(changed: list[Entry]) -> None:
    if moved := [entry for entry in changed if entry.cell.version != entry.read_version]:
        raise refusals.CellsMovedOn(cells=[(*entry.place, entry.cell) for entry in moved])


def _facts_of(changed: list[Entry], sheet: Sheet) -> Iterator[facts.AnyFact]:
    return with_voided(((entry.place, _change(entry)) for entry in changed), sheet)


def with_voided(
    changes: Iterable[tuple[Place, facts.AnyFact]], sheet: Sheet
) -> Iterator[facts.AnyFact]:
    """The changes, each before the end of the open correction that had frozen its mark."""
    voided: set[CorrectionId] = set()
    for (pupil, column), change in changes:
        yield change
        correction_id = sheet.in_correction.get((pupil, column)) if sheet.in_correction else None
        if correction_id is not None and correction_id not in voided:
            voided.add(correction_id)
            yield facts.CorrectionVoided(correction_id=correction_id, pupil=pupil, column=column)


def _change(entry: Entry) -> facts.AnyFact:
    (pupil, column), before, after = entry.place, entry.cell.mark, entry.mark
    if after.is_blank:
        return facts.MarkCleared(pupil=pupil, column=column, before=before)
    if before.is_blank:
        return facts.MarkEntered(pupil=pupil, column=column, after=after)
    return facts.MarkChanged(pupil=pupil, column=column, before=before, after=after)


def confirm_entries(command: commands.ConfirmEntries, sheet: Sheet) -> list[facts.AnyFact]:
    only_a_teacher_of(sheet, command.by)
    known_column(sheet, command.column)
    if any(
        cell.unconfirmed_for == command.by.person
        for (_, column), cell in sheet.cells.items()
        if column == command.column
    ):
        return [facts.EntriesConfirmed(column=command.column)]
    return []
