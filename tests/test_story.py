"""The whole story of one wrong mark, from its entry to the history that tells it for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from ledger.application import GradeLedger, attempts_stream
from ledger.line import Line
from ledger.refusal import Refused
from ledger.sheet import facts, refusals
from ledger.sheet.commands import AnyCommand
from ledger.sheet.correction import CorrectionStatus
from ledger.store.recorder import LedgerRecorder
from ledger.vocabulary import Mark
from projections.corrections import Corrections
from projections.gradebook import Gradebook
from projections.history import History, HistoryFilter, LockState
from projections.runner import Projections
from tests.ledger.invariants import follow_marks, the_tree_holds_every_line
from tests.school import (
    AN,
    BAO,
    BOOK,
    CHI,
    FIX,
    HOA,
    KHOA,
    LAN,
    NGOC,
    NOW,
    PAPER,
    REASON,
    SHEET,
    VINH,
    corrected,
)

WRONG, RIGHT = Mark.of("6.5"), Mark.of("8.5")
FULL_COLUMN = ((AN, "midterm", "6.5", 0), (BAO, "midterm", "7.0", 0), (CHI, "midterm", "0.0", 0))


class School:
    """One school on one database, an hour later after each thing that happens."""

    def __init__(self, engine: Engine) -> None:
        recorder = LedgerRecorder(engine)
        self.ledger = GradeLedger(recorder)
        self.projections = Projections(engine, recorder)
        self.projections.create_tables()
        self.gradebook = Gradebook(engine)
        self.history = History(engine)
        self.corrections = Corrections(engine)

    def handle(self, command: AnyCommand) -> list[Line]:
        try:
            return list(self.ledger.handle(command))
        finally:
            self.projections.catch_up()

    def refuses(self, command: AnyCommand, reason: type[Refused]) -> None:
        with pytest.raises(reason):
            self.handle(command)


def hour(number: int) -> timedelta:
    return timedelta(hours=number)


@pytest.fixture
def school(engine: Engine) -> School:
    return School(engine)


def live_the_story(school: School) -> None:
    """Entry, closing, lock, a refused edit, and the correction to its end."""
    lan = LAN.at(NOW + hour(1))
    school.handle(KHOA.opens())
    school.handle(lan.enters(*FULL_COLUMN))
    school.handle(LAN.at(NOW + hour(2)).closes("midterm"))
    school.handle(NGOC.at(NOW + hour(3)).locks())
    edit = LAN.at(NOW + hour(4)).enters((AN, "midterm", "8.5", 2))
    school.refuses(edit, refusals.SheetIsLocked)
    asks = LAN.at(NOW + hour(5)).requests((AN, "midterm", "8.5", 2), evidence=(BOOK, PAPER))
    school.handle(asks)
    school.refuses(NGOC.at(NOW + hour(6)).approves(), refusals.AwaitsConfirmation)
    school.handle(HOA.at(NOW + hour(6)).confirms())
    school.handle(NGOC.at(NOW + hour(7)).approves())
    school.handle(LAN.at(NOW + hour(8)).executes())
    school.handle(KHOA.at(NOW + hour(9)).executes())


def test_the_ledger_tells_the_whole_story(school: School) -> None:
    live_the_story(school)
    told = school.ledger.lines(SHEET)
    assert [(line.fact.NAME, line.by.person) for line in told] == [
        ("sheet-opened", KHOA.person),
        *[("mark-entered", LAN.person)] * 3,
        ("column-closed", LAN.person),
        ("sheet-locked", NGOC.person),
        ("correction-requested", LAN.person),
        ("correction-confirmed", HOA.person),
        ("correction-approved", NGOC.person),
        ("correction-execution-agreed", LAN.person),
        ("correction-execution-agreed", KHOA.person),
        ("mark-corrected", KHOA.person),
        ("correction-executed", KHOA.person),
        ("column-relocked", KHOA.person),
    ]
    assert told[11].fact == corrected(AN, "midterm", "6.5", "8.5")
    assert {line.at for line in told[10:]} == {NOW + hour(9)}
    follow_marks(told)
    the_tree_holds_every_line(school.ledger.recorder)


def test_the_refused_edit_is_kept_apart(school: School) -> None:
    live_the_story(school)
    (attempt,) = school.ledger.lines(attempts_stream(SHEET))
    assert (attempt.by.person, attempt.at) == (LAN.person, NOW + hour(4))
    assert attempt.fact == facts.AttemptRefused(
        sheet=SHEET,
        command="enter-marks",
        refusal="sheet-is-locked",
        cells=((AN, "midterm"),),
    )
    rows = school.history.search(HistoryFilter(sheet_id=SHEET, attempts=True), limit=50)
    (row,) = [row for row in rows if row.refusal]
    assert (row.refusal, row.attempted, row.person) == (
        "sheet-is-locked",
        "enter-marks",
        LAN.person,
    )
    open_rows = school.history.search(HistoryFilter(sheet_id=SHEET), limit=50)
    assert not any(row.refusal for row in open_rows)


def test_the_history_of_the_mark_says_who_when_and_from_what_to_what(school: School) -> None:
    live_the_story(school)
    rows = school.history.of_cell(SHEET, AN, "midterm")
    marks = sorted((row for row in rows if row.after is not None), key=lambda row: row.position)
    entry, correction = marks
    assert (entry.kind, entry.person, entry.at) == ("mark-entered", LAN.person, NOW + hour(1))
    assert entry.after is WRONG
    assert (correction.kind, correction.person) == ("mark-corrected", KHOA.person)
    assert (correction.at, correction.role) == (NOW + hour(9), KHOA.author.role)
    assert (correction.before, correction.after) == (WRONG, RIGHT)
    assert (correction.correction_id, correction.reason) == (FIX, REASON)
    assert correction.lock_state is LockState.LOCKED


def test_the_gradebook_shows_the_right_mark_under_lock(school: School) -> None:
    live_the_story(school)
    page = school.gradebook.sheet(SHEET)
    assert page is not None
    cell = page.cell(AN, "midterm")
    assert cell.mark is RIGHT
    assert (cell.corrected_by_correction_id, cell.before_correction) == (FIX, WRONG)
    assert page.cell(CHI, "midterm").mark is Mark.of("0.0")
    assert all(column.locked_at(NOW + hour(10)) for column in page.columns)


def test_the_correction_knows_everybody_who_took_part(school: School) -> None:
    live_the_story(school)
    view = school.corrections.find(FIX)
    assert view is not None
    assert view.status == CorrectionStatus.EXECUTED
    assert (view.requested_by, view.confirmed_by, view.approved_by) == (
        LAN.person,
        HOA.person,
        NGOC.person,
    )
    assert (view.executed_at, view.relocked_at) == (NOW + hour(9), NOW + hour(9))


def test_after_it_all_nobody_changes_the_mark_just_so(school: School) -> None:
    live_the_story(school)
    version = school.ledger.sheet(SHEET).cell((AN, "midterm")).version
    edit = (AN, "midterm", "10.0", version)
    school.refuses(LAN.at(NOW + hour(10)).enters(edit), refusals.SheetIsLocked)
    school.refuses(VINH.at(NOW + hour(10)).enters(edit), refusals.NotYourSheet)
    school.refuses(KHOA.at(NOW + hour(10)).executes(), refusals.CorrectionIsSettled)
    assert school.ledger.sheet(SHEET).cell((AN, "midterm")).mark is RIGHT
