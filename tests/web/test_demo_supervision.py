"""What the demo school notes beside its marks: absences, inspections, targets, proposals."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application import GradeLedger
from ledger.school.commands import year_stream
from ledger.school.facts import DeadlineDecided
from ledger.store.database import open_database
from ledger.store.evidence import EvidenceStore
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from ledger.vocabulary import MIDTERM
from web.demo.creation import written_script
from web.demo.days import SCHOOL_YEAR, november
from web.demo.school import School, demo_school
from web.demo.stage import Stage


@pytest.fixture(scope="module")
def school() -> School:
    return demo_school()


@pytest.fixture(scope="module")
def ledger(school: School, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GradeLedger]:
    """The story played once; no page is asked here."""
    engine = open_database("sqlite://")
    create_tables(engine)
    ledger = GradeLedger(LedgerRecorder(engine))
    script = written_script(school)
    evidence: Path = tmp_path_factory.mktemp("evidence")
    script.play(Stage(ledger, EvidenceStore(evidence), min(script.scenes).at))
    yield ledger
    engine.dispose()


def test_absences_are_written_down_for_everybody_who_was_there(
    ledger: GradeLedger, school: School
) -> None:
    for plan in school.classes:
        absences = ledger.class_results(SCHOOL_YEAR, plan.name).absences
        assert absences.keys() == {"2026-09", "2026-10"}
        there = {pupil.pupil_id for pupil in plan.present(november(1, 8).date())}
        assert absences["2026-10"].keys() == there


def test_a_few_pupils_were_absent_and_most_were_not(ledger: GradeLedger, school: School) -> None:
    october = [
        entry
        for plan in school.classes
        for entry in ledger.class_results(SCHOOL_YEAR, plan.name).absences["2026-10"].values()
    ]
    absent = [entry for entry in october if entry.total]
    assert 0.05 < len(absent) / len(october) < 0.2
    assert any(entry.without_leave for entry in absent)


def test_november_is_still_to_be_inspected(ledger: GradeLedger, school: School) -> None:
    inspected = ledger.supervision(SCHOOL_YEAR).remarks
    names = [plan.name for plan in school.classes]
    assert inspected.keys() == {(name, month) for name in names for month in ("2026-09", "2026-10")}
    assert len({said[-1].text for said in inspected.values()}) > 4


def test_two_departments_have_targets_in_every_grade(ledger: GradeLedger) -> None:
    targets = ledger.supervision(SCHOOL_YEAR).targets
    expected = {(grade, subject, None) for grade in (6, 7, 8, 9) for subject in ("toan", "ngu-van")}
    assert targets.keys() == expected


def test_one_proposal_is_answered_and_one_waits(ledger: GradeLedger) -> None:
    proposals = ledger.supervision(SCHOOL_YEAR).proposals.values()
    assert sorted(len(proposal.answers) for proposal in proposals) == [0, 1]
    assert all(proposal.made.column == MIDTERM for proposal in proposals)


def test_regular_marks_have_a_deadline_of_the_principal_that_moves_no_midterm(
    ledger: GradeLedger, school: School
) -> None:
    told = ledger.lines(year_stream(SCHOOL_YEAR))
    (decided,) = [x.fact for x in told if isinstance(x.fact, DeadlineDecided)]
    assert decided.sheet_count == len(school.sheets)
    sheet = ledger.sheet(school.sheet("6A1", "toan").sheet_id)
    assert sheet.deadlines["regular-1"].deadline == decided.deadline
    assert sheet.deadlines[MIDTERM].deadline != decided.deadline
