"""Locking every sheet of a semester in one append: bare rows, and lock by lock, are the measure."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import Engine

from bench.recording import bare_database, rows_of
from bench.timing import Watch
from ledger.application import GradeLedger
from ledger.school.subjects import PROGRAMME
from ledger.sheet.commands import CellEntry, EnterMarks, LockSheet
from ledger.store.recorder import LedgerRecorder
from ledger.vocabulary import Author, Mark, Role, SubjectKind, columns_of
from tests.opened_year import OpenedYear, asked, decides_lock, decides_unlock
from tests.school import NGOC, NOW, REASON

_MARKS_EACH: Final = 60


def measure_locking(
    engine: Engine, url: str, year: OpenedYear, *, times: int = 3
) -> dict[str, Any]:
    """Medians in milliseconds for a year that is open, after 60 marks were entered on each sheet.

    Warm is a process that has the sheets in memory, cold one that has just been started.
    """
    recorder = LedgerRecorder(engine)
    ledger, watch = GradeLedger(recorder), Watch()
    for entering in _entries(year):
        ledger.handle(entering)
    ledger.sheets(year.sheet_ids)
    with bare_database(url) as bare:
        for _ in range(times):
            with watch.timing("warm"):
                lines = ledger.handle(decides_lock(NGOC.author))
            _unlock(ledger)
            fresh = GradeLedger(recorder)
            with watch.timing("cold"):
                fresh.handle(decides_lock(NGOC.author))
            _unlock(ledger)
            with watch.timing("one by one"):
                for sheet_id in year.sheet_ids:
                    command = LockSheet(sheet_id=sheet_id, reason=REASON, **asked(NGOC.author))
                    ledger.handle(command)
            _unlock(ledger)
            rows = rows_of(engine, lines)
            with watch.timing("bare"):
                bare.insert(rows)
                bare.commit()
    return {"sheets": len(lines) - 1, "lines_each": 1 + _MARKS_EACH, **_report(watch)}


def _report(watch: Watch) -> dict[str, Any]:
    warm, bare = watch.median_ms("warm"), watch.median_ms("bare")
    return {
        "times_ms": watch.medians_ms(),
        "share_of_bare": round(bare / warm, 3),
        "share_of_bare_cold": round(bare / watch.median_ms("cold"), 3),
        "times_faster_than_one_by_one": round(watch.median_ms("one by one") / warm, 1),
    }


def _unlock(ledger: GradeLedger) -> None:
    ledger.handle(decides_unlock(NGOC.author, NOW + timedelta(days=1)))


def _entries(year: OpenedYear) -> Iterator[EnterMarks]:
    """Columns of marks, as many as make sixty for each sheet."""
    for class_group, subject in year.places:
        scored = PROGRAMME[subject].kind is SubjectKind.SCORED
        mark = Mark.of("7.5" if scored else "passed")
        cells = (
            CellEntry(pupil=pupil, column=column, mark=mark, read_version=0)
            for column in columns_of(2)
            for pupil in year.pupils(class_group)
        )
        teacher = Author(person=year.teacher(subject), role=Role.SUBJECT_TEACHER)
        yield EnterMarks(
            sheet_id=year.sheet_id(class_group, subject),
            entries=tuple(islice(cells, _MARKS_EACH)),
            **asked(teacher),
        )
