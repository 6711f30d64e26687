"""What holds of any ledger, whoever wrote to it in whatever order."""

from collections.abc import Iterable

from ledger.line import Line
from ledger.sheet import facts
from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.state import Place, Sheet
from ledger.store.recorder import LedgerRecorder, entry
from ledger.trust.merkle import Frontier, leaf_hash


def follow_marks(lines: Iterable[Line]) -> None:
    """Each fact about a cell tells the mark that stood before; no mark moves without one."""
    standing: dict[Place, str] = {}
    for line in lines:
        match line.fact:
            case (
                facts.MarkEntered(pupil=pupil, column=column, after=after)
                | facts.MarkBrought(pupil=pupil, column=column, after=after)
            ):
                assert standing.get((pupil, column), "") == ""
                standing[pupil, column] = after.text
            case facts.MarkCleared(pupil=pupil, column=column, before=before):
                assert standing[pupil, column] == before.text
                standing[pupil, column] = ""
            case (
                facts.MarkChanged(pupil=pupil, column=column, before=before, after=after)
                | facts.MarkCorrected(pupil=pupil, column=column, before=before, after=after)
            ):
                assert standing.get((pupil, column), "") == before.text
                standing[pupil, column] = after.text
            case _:
                pass


def corrections_hold_what_stands(sheet: Sheet) -> None:
    """An open correction has frozen the marks that stand; none is decided over a question."""
    for correction in sheet.corrections.values():
        if correction.status.is_open:
            for line in correction.lines:
                place = (line.pupil, line.column)
                assert sheet.cell(place).mark is line.before
                assert sheet.in_correction[place] == correction.correction_id
        if correction.status in {CorrectionStatus.APPROVED, CorrectionStatus.EXECUTED}:
            assert not correction.asked_back


def the_tree_holds_every_line(recorder: LedgerRecorder) -> None:
    """The root made anew from the stored bytes is the one in the head; no position is missing."""
    rows = recorder.select_notifications(1, 10**9)
    assert [row.id for row in rows] == list(range(1, len(rows) + 1))
    leaves = [
        leaf_hash(
            entry(
                row.id - 1,
                str(row.originator_id),
                version=row.originator_version,
                topic=row.topic,
                state=row.state,
            )
        )
        for row in rows
    ]
    assert Frontier().extended(leaves) == recorder.head().frontier
