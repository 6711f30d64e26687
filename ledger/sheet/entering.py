"""Entering marks in a batch, confirming what was entered on one's behalf."""

from collections.abc import Iterator

from ledger.sheet import commands, facts, refusals
from ledger.sheet.guards import (
    known_column,
    not_locked,
    only_a_teacher_of,
    only_for,
    pupils_present,
    zeros_by_rule_fit,
)
from ledger.sheet.state import Place, Sheet
from ledger.vocabulary import PERIODIC, CorrectionId, Mark, Role


def enter_marks(command: commands.EnterMarks, sheet: Sheet) -> list[facts.AnyFact]:
    """All entries become facts, or none; a cell that already holds its mark needs none."""
    _may_enter(command, sheet)
    columns = dict.fromkeys(entry.column for entry in command.entries)
    for column in columns:
        known_column(sheet, column)
    for column in columns:
        places = [_place(entry) for entry in command.entries if entry.column == column]
        not_locked(sheet, column, command.at, places)
    _closed_columns_only_get_first_marks(command, sheet)
    _entries_are_sound(command, sheet)
    changed = [e for e in command.entries if sheet.cell(_place(e)).mark is not e.mark]
    _nobody_was_faster(changed, sheet)
    return list(_facts_of(changed, sheet))


def _place(entry: commands.CellEntry) -> Place:
    return (entry.pupil, entry.column)


def _may_enter(command: commands.EnterMarks, sheet: Sheet) -> None:
    only_for(command.by, Role.SUBJECT_TEACHER, Role.SECRETARY)
    if command.by.role is Role.SUBJECT_TEACHER:
        only_a_teacher_of(sheet, command.by)
        return
    if command.by.on_behalf_of not in sheet.teachers:
        raise refusals.SecretaryNeedsATeacher
    if not {entry.column for entry in command.entries} <= PERIODIC:
        raise refusals.SecretaryEntersPeriodicTestsOnly


def _closed_columns_only_get_first_marks(command: commands.EnterMarks, sheet: Sheet) -> None:
    """A pupil who sits a make-up test after "chốt cột" still gets a first mark."""
    official = [
        _place(entry)
        for entry in command.entries
        if entry.column in sheet.closed
        and not sheet.cell(_place(entry)).mark.awaits_a_mark
        and sheet.cell(_place(entry)).mark is not entry.mark
    ]
    if official:
        by, at = sheet.closed[official[0][1]]
        raise refusals.ColumnIsClosed(column=official[0][1], by=by, at=at, cells=official)


def _entries_are_sound(command: commands.EnterMarks, sheet: Sheet) -> None:
    pupils_present(sheet, [entry.pupil for entry in command.entries])
    places = [_place(entry) for entry in command.entries]
    if len(set(places)) < len(places):
        twice = sorted({place for place in places if places.count(place) > 1})
        raise refusals.CellNamedTwice(cells=twice)
    if misfits := [_place(e) for e in command.entries if not e.mark.fits(sheet.kind)]:
        raise refusals.MarkDoesNotFitSubject(cells=misfits, kind=sheet.kind)
    zeros_by_rule_fit((_place(entry), entry.mark) for entry in command.entries)


def _nobody_was_faster(changed: list[commands.CellEntry], sheet: Sheet) -> None:
    moved = []
    for entry in changed:
        cell = sheet.cell(_place(entry))
        if cell.version != entry.read_version:
            moved.append((*_place(entry), cell))
    if moved:
        raise refusals.CellsMovedOn(cells=moved)


def _facts_of(changed: list[commands.CellEntry], sheet: Sheet) -> Iterator[facts.AnyFact]:
    voided: set[CorrectionId] = set()
    for entry in changed:
        yield _change(entry, before=sheet.cell(_place(entry)).mark)
        # The mark that an open correction had frozen has moved: nothing of it may be executed.
        correction_id = sheet.in_correction.get(_place(entry))
        if correction_id is not None and correction_id not in voided:
            voided.add(correction_id)
            yield facts.CorrectionVoided(
                correction_id=correction_id, pupil=entry.pupil, column=entry.column
            )


def _change(entry: commands.CellEntry, *, before: Mark) -> facts.AnyFact:
    pupil, column, after = entry.pupil, entry.column, entry.mark
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
