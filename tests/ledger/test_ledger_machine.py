"""Whatever people ask in whatever order, the ledger, its states and its pages stay one story."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine

from ledger.application import GradeLedger, attempts_stream
from ledger.line import Line
from ledger.points import AtPosition
from ledger.refusal import Refused
from ledger.sheet import facts, grounds
from ledger.sheet.commands import AnyCommand
from ledger.sheet.state import Cell, Place, Sheet, evolve, replay
from ledger.store.codec import to_line
from ledger.store.database import open_database
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from ledger.vocabulary import CorrectionId, PupilId, Role, SheetId
from projections.anomalies.material import Material
from projections.anomalies.read import Anomalies
from projections.comparison import compare
from projections.gradebook import Gradebook, SheetPage
from projections.runner import Projections
from tests.ledger.invariants import (
    corrections_hold_what_stands,
    follow_marks,
    the_tree_holds_every_line,
)
from tests.projections.anomalies.recounting import attempts_of, recounted, told_marks
from tests.school import (
    AN,
    BAO,
    CHI,
    DIEP,
    DUC,
    FIX,
    HOA,
    KHOA,
    LAN,
    MAI,
    NGOC,
    NOW,
    OPENED,
    VINH,
    Voice,
)

ACTING = DUC.acting_as(Role.PRINCIPAL).on_behalf_of(NGOC)

# Mostly what people do, so that most commands are accepted, and sometimes what they may not.
stepper = st.sampled_from((HOA, HOA, NGOC, ACTING, LAN, DUC, KHOA))
writer = st.sampled_from((LAN, LAN, LAN, LAN, MAI.on_behalf_of(LAN), VINH, KHOA))
teacher = st.sampled_from((LAN, LAN, LAN, VINH))
pupil = st.sampled_from((AN, AN, AN, BAO, BAO, BAO, CHI, DIEP))
column = st.sampled_from(("regular-1", "midterm", "midterm", "final"))
mark = st.sampled_from(
    ("", "0.0", "5.0", "6.5", "7.0", "8.0", "exempt", "awaiting-make-up", "zero-by-rule")
)
cells = st.lists(
    st.tuples(pupil, column, mark), min_size=1, max_size=3, unique_by=lambda cell: cell[:2]
)
fix = st.integers(0, 2)  # counted back from the latest request
hours = st.integers(0, 4)


Drawn = tuple[PupilId, str, str]


class School(RuleBasedStateMachine):
    """One sheet on a real store; two ledgers with caches of their own take turns."""

    engine: Engine  # set by `on`
    anomalies: Anomalies  # which sees the schools of all examples, one after the other

    def __init__(self) -> None:
        super().__init__()
        recorder = LedgerRecorder(self.engine)
        self.ledgers = [GradeLedger(recorder), GradeLedger(LedgerRecorder(self.engine))]
        self.recorder = recorder
        self.sheet_id = SheetId(uuid4())
        self.moment = NOW
        self.followed = Sheet()
        self.written: list[Line] = []
        self.projections = Projections(self.engine, recorder)
        self.projections.create_tables()
        self.gradebook = Gradebook(self.engine)
        self.fixes: list[CorrectionId] = []
        deadline = facts.Deadline(column="final", at=NOW + timedelta(hours=12))
        self.ask(
            self.of(KHOA).opens(
                class_group=self.sheet_id.hex[:8],
                deadlines=(deadline,),
                correction_rules=grounds.CorrectionRules(homeroom_confirms=True),
            )
        )

        self.ask(
            self.of(LAN).enters(
                (AN, "midterm", "6.5", 0), (BAO, "midterm", "7.0", 0), (AN, "regular-1", "8.0", 0)
            )
        )
        self.ask(self.of(LAN).closes("midterm", leaving_blanks=True))

    def of(self, voice: Voice) -> Voice:
        return voice.about(self.sheet_id).at(self.moment)

    def ask(self, command: AnyCommand) -> None:
        before = self.recorder.max_notification_id() or 0
        self.ledgers.reverse()
        lines: Sequence[Line] = []
        kept = False
        try:
            lines = self.ledgers[0].handle(command)
        except Refused as refused:
            kept = refused.kept
        after = self.recorder.max_notification_id() or 0
        assert after in {before + len(lines), before + kept}
        self.followed = evolve(self.followed, lines)
        self.written += lines
        positions = [line.position for line in lines]
        assert positions == list(range(before + 1, before + 1 + len(lines)))

    def read_version(self, place: Place) -> int:
        return self.followed.cell(place).version

    @rule(passed=hours)
    def time_passes(self, passed: int) -> None:
        self.moment += timedelta(hours=passed)

    @rule(voice=writer, cells=cells, stale=st.sampled_from((False,) * 7 + (True,)))
    def enter(self, *, voice: Voice, cells: list[Drawn], stale: bool) -> None:
        entries = ((*cell, 0 if stale else self.read_version(cell[:2])) for cell in cells)
        self.ask(self.of(voice).enters(*entries))

    @rule(cells=cells)
    def open_and_enter(self, cells: list[Drawn]) -> None:
        for column in {column for _, column, _ in cells}:
            self.ask(self.of(NGOC).unlocks_column(column, self.moment + timedelta(hours=1)))
            self.ask(self.of(NGOC).reopens(column))
        self.enter(voice=LAN, cells=cells, stale=False)

    @rule(teacher=teacher, column=column)
    def confirm_and_close(self, teacher: Voice, column: str) -> None:
        self.ask(self.of(teacher).confirms_entries(column))
        self.ask(self.of(teacher).closes(column, leaving_blanks=True))

    @rule(voice=st.sampled_from((LAN, NGOC)), column=column)
    def reopen(self, voice: Voice, column: str) -> None:
        self.ask(self.of(voice).reopens(column))

    @rule(
        what=st.sampled_from(("lock", "unlock", "unlock", "deadline")), column=column, length=hours
    )
    def decide_on_a_column(self, what: str, column: str, length: int) -> None:
        asking, end = self.of(NGOC), self.moment + timedelta(hours=length)
        match what:
            case "lock":
                self.ask(asking.locks_column(column))
            case "unlock":
                self.ask(asking.unlocks_column(column, end))
            case _:
                self.ask(asking.moves_deadline(column, end))

    @rule(
        voice=st.sampled_from((NGOC, NGOC, KHOA, LAN)),
        lock=st.sampled_from((True, False, False)),
        length=hours,
    )
    def decide_on_the_sheet(self, *, voice: Voice, lock: bool, length: int) -> None:
        asking, end = self.of(voice), self.moment + timedelta(hours=length)
        self.ask(asking.locks() if lock else asking.unlocks(end))

    @rule(other=st.sampled_from((LAN, VINH, CHI, DIEP)), joins=st.booleans())
    def come_and_go(self, *, other: Voice | UUID, joins: bool) -> None:
        asking = self.of(KHOA)
        if isinstance(other, Voice):
            self.ask(asking.adds_teacher(other) if joins else asking.removes_teacher(other))
        else:
            leaver = PupilId(other)
            self.ask(asking.adds_pupil(leaver) if joins else asking.removes_pupil(leaver))

    @rule(teacher=teacher, cells=cells, steps=st.integers(-1, 4))
    def request(self, *, teacher: Voice, cells: list[Drawn], steps: int) -> None:
        for column in {column for _, column, _ in cells if steps >= 0}:
            self.ask(self.of(LAN).closes(column, leaving_blanks=True))
        self.fixes.append(CorrectionId(uuid4()))
        asked = ((*cell, self.read_version(cell[:2])) for cell in cells)
        self.ask(self.of(teacher).requests(*asked, correction_id=self.fixes[-1]))
        self.carry_on(fix=0, steps=steps)

    def earlier(self, fix: int) -> CorrectionId:
        return self.fixes[max(len(self.fixes) - 1 - fix, 0)] if self.fixes else FIX

    @rule(
        voice=stepper,
        fix=fix,
        step=st.sampled_from(
            ("confirms", "asks_back", "answers", "approves", "refuses", "withdraws", "executes")
        ),
    )
    def step(self, voice: Voice, fix: int, step: str) -> None:
        self.ask(getattr(self.of(voice), step)(self.earlier(fix)))

    @rule(fix=fix, answered=st.booleans())
    def ask_back(self, *, fix: int, answered: bool) -> None:
        self.ask(self.of(NGOC).asks_back(self.earlier(fix)))
        if answered:
            self.ask(self.of(LAN).answers(self.earlier(fix)))

    @rule(pupil=pupil, column=column)
    def bring(self, pupil: PupilId, column: str) -> None:
        self.ask(self.of(KHOA).brings(pupil, (column, "9.0")))

    @rule(fix=fix, steps=st.integers(1, 4))
    def carry_on(self, fix: int, steps: int) -> None:
        """The usual way, so that corrections come to their end often enough."""
        correction_id = self.earlier(fix)
        way: list[AnyCommand] = [
            self.of(HOA).confirms(correction_id),
            self.of(NGOC).approves(correction_id),
            self.of(KHOA).executes(correction_id),
            self.of(LAN).executes(correction_id),
        ]
        for command in way[: max(steps, 0)]:
            self.ask(command)

    @rule(back=st.integers(0, 60), further=st.integers(0, 60))
    def look_back(self, back: int, further: int) -> None:
        """Any two positions, those of refused attempts too: replayed, and compared."""
        self.projections.catch_up()
        self.anomalies.material(OPENED.school_year)
        later = max((self.recorder.max_notification_id() or 0) - back, 0)
        earlier = max(later - further, 0)
        between = [line for line in self.written if earlier < line.position <= later]
        the_comparison_tells(self.sheet_at(earlier), self.sheet_at(later), between)

    def sheet_at(self, position: int) -> Sheet:
        ledger, point = self.ledgers[0], AtPosition(position)
        until = [line for line in self.written if line.position <= position]
        sheet = ledger.sheet_at(self.sheet_id, point)
        assert ledger.lines_until(self.sheet_id, point) == until
        assert sheet == replay(until)
        return sheet

    @invariant()
    def every_state_is_the_replay_of_the_lines(self) -> None:
        replayed = replay(map(to_line, self.recorder.select_events(self.sheet_id)))
        assert self.followed == replayed
        assert [ledger.sheet(self.sheet_id) for ledger in self.ledgers] == [replayed, replayed]

    @invariant()
    def every_change_starts_from_the_mark_that_stood(self) -> None:
        follow_marks(self.ledgers[0].lines(self.sheet_id))

    @invariant()
    def open_corrections_hold_the_marks_that_stand(self) -> None:
        corrections_hold_what_stands(self.followed)

    def teardown(self) -> None:
        self.projections.catch_up()
        page = self.gradebook.sheet(self.sheet_id)
        assert page is not None
        the_page_shows(page, self.followed)
        the_tree_holds_every_line(self.recorder)
        attempts = self.ledgers[0].lines(attempts_stream(self.sheet_id))
        assert {type(line.fact) for line in attempts} <= {facts.AttemptRefused}
        material = self.anomalies.material(OPENED.school_year)
        the_anomalies_tell(material, self.sheet_id, self.written, attempts)


def the_page_shows(page: SheetPage, sheet: Sheet) -> None:
    """The gradebook's page is the state: the same cells, pupils, teachers and columns."""
    shown = {
        place: Cell(view.mark, view.version, view.by, view.at, view.unconfirmed_for)
        for place, view in page.cells.items()
    }
    assert shown == {place: cell._replace(since=None) for place, cell in sheet.cells.items()}
    assert {seat.pupil: seat.number for seat in page.pupils} == sheet.numbers
    assert [seat.pupil for seat in page.present] == sheet.pupils
    assert set(page.card.teachers) == sheet.teachers
    assert page.card.homeroom_teacher == sheet.homeroom_teacher
    assert page.card.column_names == sheet.columns == OPENED.columns
    assert set(page.card.closed) == set(sheet.closed)
    assert page.card.version == sheet.version
    moments = {
        NOW + timedelta(hours=hours, seconds=late) for hours in range(0, 99, 3) for late in (0, 1)
    }
    for view in page.columns:
        for moment in moments:
            assert view.locked_at(moment) == sheet.is_locked(view.column, moment)
            assert view.official_at(moment) == sheet.is_official(view.column, moment)


def the_comparison_tells(before: Sheet, after: Sheet, between: list[Line]) -> None:
    """Each cell that differs and no other, with the lines that it came about by."""
    found = compare(before, after, between)
    places = {*before.cells, *after.cells}
    differ = {
        place: (before.cell(place).mark, after.cell(place).mark)
        for place in places
        if before.cell(place).mark != after.cell(place).mark
    }
    assert {(one.pupil, one.column): (one.before, one.after) for one in found.cells} == differ
    assert all(one.lines for one in found.cells)
    if not between:
        assert found.finds_nothing


def the_anomalies_tell(
    material: Material, sheet_id: SheetId, lines: Sequence[Line], attempts: Sequence[Line]
) -> None:
    """What signals are made of, as a recount from the first line has it."""
    expected = recounted(lines)
    (sheet,) = [one for one in material.sheets if one.sheet_id == sheet_id]
    assert list(sheet.pupils) == expected.sheet.pupils
    assert set(sheet.teachers) == expected.sheet.teachers
    assert told_marks(sheet) == expected.marks()
    assert [one for one in material.changes if one.sheet_id == sheet_id] == expected.changes
    entries = [one for one in material.entries if one.sheet_id == sheet_id]
    assert sorted(entries, key=repr) == sorted(expected.entries.values(), key=repr)
    assert [one for one in material.requests if one.sheet_id == sheet_id] == expected.requests
    # Lines that are read by their stream do not say where in the ledger they are.
    told = [replace(one, position=0) for one in material.attempts if one.sheet_id == sheet_id]
    assert told == attempts_of(attempts)


@contextmanager
def on(engine: Engine) -> Iterator[type[School]]:
    yield type("SchoolHere", (School,), {"engine": engine, "anomalies": Anomalies(engine)})


@pytest.mark.parametrize(("kind", "examples", "steps"), [("sqlite", 40, 40), ("postgresql", 8, 30)])
def test_any_sequence_of_commands_leaves_one_story(
    kind: str, examples: int, steps: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    if kind == "postgresql":
        url = f"{request.getfixturevalue('postgresql_url')}&schema=machine_{uuid4().hex}"
    engine = open_database(url)
    create_tables(engine)
    with on(engine) as school:
        run_state_machine_as_test(
            school,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    engine.dispose()
