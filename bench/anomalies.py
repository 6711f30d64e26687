"""The screen of a year, cold and after a submit, against a bare SELECT of all its cells."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import URL, Engine, make_url

from bench.timing import Watch
from ledger.application import GradeLedger
from ledger.line import Fact, Line
from ledger.sheet import facts
from ledger.sheet.commands import CellEntry, EnterMarks
from ledger.store.codec import to_stored_events
from ledger.store.database import open_database
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from ledger.vocabulary import MARKS, Author, CommandId, Mark, PersonId, PupilId, Role, SubjectKind
from projections.anomalies.fold import AnomaliesFold
from projections.anomalies.material import NO_MARK, Change, Material, SheetMarks
from projections.anomalies.read import Anomalies
from projections.anomalies.screen import screen
from projections.gradebook.fold import GradebookFold
from projections.runner import BATCH, Projections
from tests.believable_schools import believable_school

_ADMINISTRATOR: Final = PersonId(UUID(int=1))
_BARE: Final = 'SELECT sheet_id, pupil, "column", mark, at, position FROM gradebook_cell'
_AT: Final = datetime(2026, 9, 14, 2, 0, tzinfo=UTC)


def measure_anomalies(url: str, *, classes: int, times: int = 3) -> dict[str, Any]:
    """Milliseconds for a believable school in a database of its own, filled by its lines.

    "cold" has the tables and nothing in memory; "after a submit" is right after one class had a
    mark changed in one column, everything else being kept.
    """
    engine = open_database(_beside(url).render_as_string(hide_password=False))
    create_tables(engine)
    material = believable_school(1, classes=classes).material()
    recorder = LedgerRecorder(engine)
    lines = _record(recorder, material)
    projections = Projections(engine, recorder, [AnomaliesFold(), GradebookFold()])
    projections.create_tables()
    projections.catch_up()
    try:
        watch = _watched(engine, GradeLedger(recorder), projections, material, times)
    finally:
        engine.dispose()
    bare = watch.median_ms("cells, bare")
    return {
        "lines": lines,
        "times_ms": watch.medians_ms(),
        "times_of_bare": {
            name: round(watch.median_ms(name) / bare, 2)
            for name in watch.times
            if name != "cells, bare"
        },
    }


def _beside(url: str) -> URL:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return address.set(database=str(Path(str(address.database)).with_name("anomalies.db")))
    return address.update_query_dict({"schema": "bench_anomalies"})


def _watched(
    engine: Engine, ledger: GradeLedger, projections: Projections, material: Material, times: int
) -> Watch:
    watch, year = Watch(), material.school_year
    screen(material)  # What is loaded and compiled once is not what is measured.
    for at in range(times):
        with watch.timing("cells, bare"), engine.connect() as connection:
            connection.exec_driver_sql(_BARE).all()
        reader = Anomalies(engine)
        with watch.timing("material, cold"):
            reader.material(year)
        reader = Anomalies(engine)
        with watch.timing("screened, cold"):
            reader.screened(year)
        _submit(ledger, material.sheets[at])
        with watch.timing("catching up with a submit"):
            projections.catch_up()
        with watch.timing("material, after a submit"):
            reader.material(year)
        with watch.timing("screened, after a submit"):
            reader.screened(year)
        _submit(ledger, material.sheets[at])
        projections.catch_up()
        with watch.timing("screened lately, after a submit"):
            reader.screened_lately(year)
        reader.screened(year)  # Waits for the one that is made beside.
    return watch


def _submit(ledger: GradeLedger, sheet: SheetMarks) -> None:
    """Change a whole column of a class."""
    state, column = ledger.sheet(sheet.sheet_id), "regular-1"
    entries = tuple(
        CellEntry(
            pupil=pupil,
            column=column,
            mark=Mark.of("7.0" if state.cell((pupil, column)).mark.text == "6.5" else "6.5"),
            read_version=state.cell((pupil, column)).version,
        )
        for pupil in sheet.pupils
    )
    ledger.handle(
        EnterMarks(
            command_id=CommandId(uuid4()),
            sheet_id=sheet.sheet_id,
            by=Author(person=sheet.teachers[0], role=Role.SUBJECT_TEACHER),
            at=_AT + timedelta(days=200),
            entries=entries,
        )
    )


def _record(recorder: LedgerRecorder, material: Material) -> int:
    """Record the lines of a school as they are, without asking the rules; return how many."""
    lines, count = _lines(material), 0
    while batch := list(islice(lines, BATCH)):
        recorder.insert_events(to_stored_events(batch))
        count += len(batch)
    return count


def _lines(material: Material) -> Iterator[Line]:
    changed: dict[UUID, list[Change]] = defaultdict(list)
    for change in material.changes:
        changed[change.sheet_id].append(change)
    for sheet in material.sheets:
        told = _told(sheet, material.school_year, changed[sheet.sheet_id])
        for version, (fact, by, at, command_id) in enumerate(told, 1):
            yield Line(sheet.sheet_id, version, fact, by, at, command_id)


def _told(
    sheet: SheetMarks, school_year: str, changes: Sequence[Change]
) -> Iterator[tuple[Fact, Author, datetime, CommandId]]:
    """The lines of one sheet: opened, its columns entered one by one, its marks changed."""
    setting_up = Author(person=_ADMINISTRATOR, role=Role.ADMINISTRATOR)
    yield _opening(sheet, school_year), setting_up, _AT, CommandId(uuid4())
    first: dict[tuple[PupilId, str], int] = {}
    for change in changes:
        first.setdefault((change.pupil, change.column), change.before)
    teacher = Author(person=sheet.teachers[0], role=Role.SUBJECT_TEACHER)
    for place, (column, tenths) in enumerate(sheet.columns.items()):
        command_id, at = CommandId(uuid4()), _AT + timedelta(days=14 * place)
        for pupil, tenth in zip(sheet.pupils, tenths.tolist(), strict=True):
            entered = first.get((pupil, column), tenth)
            if entered != NO_MARK:
                fact = facts.MarkEntered(pupil=pupil, column=column, after=_mark(entered))
                yield fact, teacher, at, command_id
    for change in changes:
        by = Author(person=change.person, role=change.role, on_behalf_of=change.on_behalf_of)
        yield _changing(change), by, change.at, change.command_id


def _opening(sheet: SheetMarks, school_year: str) -> facts.SheetOpened:
    return facts.SheetOpened(
        school_year=school_year,
        semester=sheet.semester,
        grade=sheet.grade,
        class_group=sheet.class_group,
        subject=sheet.subject,
        kind=SubjectKind.SCORED,
        columns=tuple(sheet.columns),
        teachers=sheet.teachers,
        homeroom_teacher=sheet.teachers[0],
        pupils=tuple(
            facts.NumberedPupil(pupil=pupil, number=number)
            for number, pupil in enumerate(sheet.pupils, 1)
        ),
    )


def _changing(change: Change) -> facts.MarkChanged | facts.MarkCleared:
    before = _mark(change.before)
    if change.after == NO_MARK:
        return facts.MarkCleared(pupil=change.pupil, column=change.column, before=before)
    after = _mark(change.after)
    return facts.MarkChanged(pupil=change.pupil, column=change.column, before=before, after=after)


def _mark(tenths: int) -> Mark:
    return MARKS["" if tenths == NO_MARK else f"{tenths / 10:.1f}"]
