"""Results are kept by the one way in, on both databases, beside the sheets they rest on."""

import pytest
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.results import commands, facts
from ledger.results.computing import class_results
from ledger.results.records import gather
from ledger.results.refusals import ResultsAreNotComplete
from ledger.results.terms import Term, months_of
from ledger.sheet import commands as sheets
from ledger.store.recorder import LedgerRecorder
from ledger.vocabulary import Author, Mark, PersonId, Role
from tests.opened_year import SCHOOL_YEAR, OpenedYear, asked
from tests.school import HOA, NGOC, REASON

YEAR = OpenedYear(classes=("6A1",), pupil_count=2)
CLASS = {"school_year": SCHOOL_YEAR, "class_group": "6A1"}
PUPILS = YEAR.pupils("6A1")


@pytest.fixture
def ledger(engine: Engine) -> GradeLedger:
    ledger = GradeLedger(LedgerRecorder(engine))
    YEAR.open(ledger)
    return ledger


def teacher(person: PersonId) -> Author:
    return Author(person=person, role=Role.SUBJECT_TEACHER)


def enter_and_close(ledger: GradeLedger) -> None:
    for subject, text in {"toan": "7.5", "giao-duc-the-chat": "passed"}.items():
        sheet_id = YEAR.sheet_id(subject=subject)
        act = {**asked(teacher(YEAR.teacher(subject))), "sheet_id": sheet_id}
        columns = ledger.sheet(sheet_id).columns
        entries = tuple(
            sheets.CellEntry(pupil=pupil, column=column, mark=Mark.of(text), read_version=0)
            for pupil in PUPILS
            for column in columns
        )
        ledger.handle_together(
            [
                sheets.EnterMarks(**act, entries=entries),
                *(sheets.CloseColumn(**act, column=column) for column in columns),
            ]
        )


def record(ledger: GradeLedger) -> None:
    act = {**asked(HOA.author), **CLASS}
    absences = tuple(
        facts.PupilAbsences(pupil=pupil, with_leave=1, without_leave=0) for pupil in PUPILS
    )
    levels = tuple(facts.PupilConduct(pupil=pupil, level="Tốt") for pupil in PUPILS)
    months = months_of(ledger.year(SCHOOL_YEAR), Term.SEMESTER_1)
    ledger.handle_together(
        [
            *(commands.RecordAttendance(**act, month=m, absences=absences) for m in months),
            commands.AssessConduct(**act, term=Term.SEMESTER_1, pupils=levels),
        ]
    )


def approval(reason: str | None = None) -> commands.ApproveResults:
    act = {**asked(NGOC.author), **CLASS}
    return commands.ApproveResults(**act, term=Term.SEMESTER_1, reason=reason)


def test_results_are_written_down_and_approved_by_the_one_way_in(
    ledger: GradeLedger, engine: Engine
) -> None:
    with pytest.raises(ResultsAreNotComplete):
        ledger.handle(approval())
    enter_and_close(ledger)
    record(ledger)
    ask = approval()
    (line,) = ledger.handle(ask)
    assert isinstance(line.fact, facts.TermResultsApproved)
    assert [each.days_absent for each in line.fact.results] == [4, 4]
    assert {each.subjects[0].result for each in line.fact.results} == {Mark.of("7.5")}
    for each in line.fact.basis:
        assert ledger.sheet(each.sheet).version == each.version
    assert ledger.handle(ask) == [line]
    assert ledger.handle(approval(REASON)) == []
    again = GradeLedger(LedgerRecorder(engine))
    kept = again.class_results(SCHOOL_YEAR, "6A1")
    assert kept == ledger.class_results(SCHOOL_YEAR, "6A1")
    approved = kept.approved(Term.SEMESTER_1)
    assert approved is not None
    assert approved.fact == line.fact
    records = gather(again, SCHOOL_YEAR, "6A1")
    assert class_results(records, Term.SEMESTER_1) == line.fact.results
