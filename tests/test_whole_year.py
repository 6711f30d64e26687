"""A whole school year by commands; its results are those that were made by hand."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select

from ledger.application import GradeLedger
from ledger.circulars.outcomes import Outcome
from ledger.results import commands as results_commands
from ledger.results import refusals
from ledger.results.terms import Term, term_of
from ledger.school import commands
from ledger.school.facts import SemesterFrame, TransferredMark
from ledger.sheet.state import replay
from ledger.store.recorder import LedgerRecorder
from ledger.vocabulary import Mark, MarkState
from projections.anomalies.fold import AnomaliesFold
from projections.corrections.fold import CorrectionsFold
from projections.gradebook.fold import GradebookFold
from projections.history.fold import HistoryFold
from projections.progress.fold import ProgressFold
from projections.runner import Projections
from projections.verification import verify_school
from tests.opened_year import SEMESTERS
from tests.school import FIX, FIX_AGAIN, HOA, KHOA, LAN, NGOC, REASON
from tests.year_story import two_circulars
from tests.year_story.plan import (
    ABSENCES,
    CLASSES,
    CONDUCT,
    FIRST_SEMESTER,
    MARKS,
    SECOND_SEMESTER,
    code_of,
    pupil,
)
from tests.year_story.printing import expected, printed, row, row_after_summer
from tests.year_story.telling import Teller, on

PAPER = "Chuyển từ Trường THCS Sao Mai"
NEXT_SEMESTERS = (
    SemesterFrame(first=date(2027, 9, 6), last=date(2028, 1, 9)),
    SemesterFrame(first=date(2028, 1, 17), last=date(2028, 5, 25)),
)
OLD_SEMESTERS = (
    SemesterFrame(first=date(2023, 9, 5), last=date(2024, 1, 12)),
    SemesterFrame(first=date(2024, 1, 15), last=date(2024, 5, 25)),
)
# By hand from the tables: who goes up into which class, and who stays. HS15 and HS16 leave grade 9.
NEXT_CLASSES = {
    "6A1": (4,),
    "7A1": (1, 2, 3),
    "8A1": (5, 6, 7, 9, 10, 8, 13),
    "9A1": (11, 12),
}


class Books:
    """The projections of the ledger, checked against a rebuild whenever they have caught up."""

    def __init__(self, engine: Engine, ledger: GradeLedger) -> None:
        self._engine, self._ledger = engine, ledger
        self._folds = (
            *(AnomaliesFold(), CorrectionsFold(), GradebookFold(), HistoryFold(), ProgressFold()),
        )
        self._projections = Projections(engine, ledger.recorder, self._folds)
        self._projections.create_tables()

    def agree(self, story: Teller) -> None:
        """Caught up equals rebuilt, kept states equal a replay, and verifying finds nothing."""
        self._projections.catch_up()
        caught_up = self._rows()
        self._projections.rebuild()
        assert self._rows() == caught_up
        for semester in self._ledger.year(story.school_year).sheets:
            for _, sheet_id, sheet in story.sheets(semester):
                assert sheet == replay(self._ledger.lines(sheet_id))
        assert verify_school(self._engine).findings == []

    def _rows(self) -> dict[str, list[str]]:
        tables = [table for fold in self._folds for table in fold.metadata.sorted_tables]
        with self._engine.connect() as connection:
            return {
                table.name: sorted(str(tuple(each)) for each in connection.execute(select(table)))
                for table in tables
            }


def table(story: Teller, term: Term) -> str:
    """The approved results of every class."""
    text = ""
    for name in story.ledger.year(story.school_year).classes:
        approval = story.ledger.class_results(story.school_year, name).approved(term)
        assert approval is not None
        text += printed(name, map(row, approval.fact.results))
    return text


def test_a_whole_school_year_has_the_results_made_by_hand(engine: Engine) -> None:
    ledger = GradeLedger(LedgerRecorder(engine))
    story = Teller(ledger, "2026-2027", SEMESTERS, on(2026, 8, 20))
    books = Books(engine, ledger)
    open_the_year(story)
    live_through_first_semester(story)
    books.agree(story)
    approve_first_semester(story)
    live_through_second_semester(story)
    books.agree(story)
    spend_the_summer(story)
    begin_the_next_year(story)
    books.agree(story)


def open_the_year(story: Teller) -> None:
    story.found_school(date(2026, 8, 3))
    story.plan({name: tuple(map(pupil, numbers)) for name, numbers in CLASSES.items()})
    days = {(1, "midterm"): date(2026, 12, 10), (1, "final"): date(2026, 12, 21)}
    days |= {(2, "midterm"): date(2027, 4, 28), (2, "final"): date(2027, 5, 10)}
    for (semester, column), day in days.items():
        for grade in (6, 7, 8, 9):
            test = {"grade": grade, "subject": "toan", "semester": semester, "column": column}
            story.ask(NGOC, commands.SetTestDate, **test, day=day, reason=REASON)
    regular: dict[str, Any] = {"semester": 1, "deadline": on(2026, 12, 31), "reason": REASON}
    story.ask(NGOC, commands.SetRegularDeadline, **regular)
    story.moment = on(2026, 9, 7)
    story.open(1)


def live_through_first_semester(story: Teller) -> None:
    story.moment = on(2026, 11, 10)
    story.enter(1, FIRST_SEMESTER, regular_only=True)
    story.moment = on(2026, 11, 16)
    left: dict[str, Any] = {"until": date(2026, 11, 15), "reason": REASON}
    story.ask(KHOA, commands.LeaveSchool, pupil=pupil(14), **left)
    moved: dict[str, Any] = {"since": date(2026, 11, 16), "reason": PAPER}
    story.ask(KHOA, commands.ChangeClass, pupil=pupil(8), to_class="7A2", **moved)
    brought = tuple(
        TransferredMark(subject="toan", semester=1, column=column, mark=Mark.of(text))
        for column, text in (("regular-1", "10.0"), ("midterm", "9.0"))
    )
    newcomer: dict[str, Any] = {"pupil": pupil(15), "class_group": "9A1", "marks": brought}
    story.ask(KHOA, commands.TransferIn, **newcomer, **moved)
    story.moment = on(2026, 12, 22)
    story.enter(1, FIRST_SEMESTER, regular_only=False)
    story.moment = on(2026, 12, 23)
    story.close(1)


def approve_first_semester(story: Teller) -> None:
    story.moment = on(2026, 12, 24)
    with pytest.raises(refusals.ResultsAreNotComplete) as refused:
        story.approve("8A1", Term.SEMESTER_1)
    assert refused.value.details.keys() == {"term", "marks", "conduct", "attendance"}
    assert refused.value.details["marks"] == (
        (pupil(12), 1, "ngoai-ngu-1", "final", MarkState.AWAITING_MAKE_UP),
    )
    make_up_and_lock(story)
    story.moment = on(2027, 1, 5)
    story.record_attendance(Term.SEMESTER_1, ABSENCES)
    story.assess_conduct(1, CONDUCT)
    story.approve_all(Term.SEMESTER_1)
    assert table(story, Term.SEMESTER_1) == expected("semester-1")
    correct_approved_results(story)


def make_up_and_lock(story: Teller) -> None:
    story.moment = on(2026, 12, 28)
    sheet_id = story.sheet_id(1, "8A1", "ngoai-ngu-1")
    version = story.ledger.sheet(sheet_id).cell((pupil(12), "final")).version
    teacher = story.about(LAN, sheet_id)
    story.ledger.handle(teacher.enters((pupil(12), "final", "6.5", version)))
    story.lock(1)
    story.moment = on(2026, 12, 29)
    sheet_id = story.sheet_id(1, "6A1", "toan")
    story.correct(sheet_id, pupil(1), "regular-1", "9.0", FIX)
    assert story.ledger.sheet(sheet_id).is_locked("regular-1", story.moment)


def correct_approved_results(story: Teller) -> None:
    """What was approved stays; the difference asks for a reason and makes revision 2."""
    story.moment = on(2027, 1, 12)
    sheet_id = story.sheet_id(1, "9A1", "ngu-van")
    story.correct(sheet_id, pupil(16), "midterm", "9.0", FIX_AGAIN)
    assert table(story, Term.SEMESTER_1) == expected("semester-1")
    with pytest.raises(refusals.RevisionNeedsAReason) as refused:
        story.approve("9A1", Term.SEMESTER_1)
    differences: Any = refused.value.details["differences"]
    assert {one.pupil for one in differences} == {pupil(16)}
    story.approve("9A1", Term.SEMESTER_1, REASON)
    approved = story.ledger.class_results(story.school_year, "9A1").approvals[Term.SEMESTER_1]
    assert [one.fact.revision for one in approved] == [1, 2]
    new = expected("semester-1").replace("HS16 | 7.0", "HS16 | 7.4")
    assert table(story, Term.SEMESTER_1) == new


def live_through_second_semester(story: Teller) -> None:
    story.moment = on(2027, 1, 18)
    story.open(2)
    story.moment = on(2027, 5, 11)
    story.enter(2, SECOND_SEMESTER, regular_only=False)
    story.close(2)
    story.moment = on(2027, 5, 20)
    story.lock(2)
    with pytest.raises(refusals.ResultsAreNotComplete) as refused:
        story.approve("6A1", Term.YEAR)
    assert refused.value.details["terms"] == (("6A1", Term.SEMESTER_2),)
    story.record_attendance(Term.SEMESTER_2, ABSENCES)
    story.assess_conduct(2, CONDUCT)
    story.approve_all(Term.SEMESTER_2)
    assert table(story, Term.SEMESTER_2) == expected("semester-2")
    story.moment = on(2027, 5, 24)
    story.approve_all(Term.YEAR)
    assert table(story, Term.YEAR) == expected("year")


def spend_the_summer(story: Teller) -> None:
    approve = results_commands.ApprovePromotionAfterSummer
    story.moment = on(2027, 7, 20)
    with pytest.raises(refusals.SummerIsNotComplete):
        story.ask(NGOC, approve, class_group="7A1")
    again = results_commands.RecordReassessment
    for subject, text in {"toan": "5.0", "khoa-hoc-tu-nhien": "5.5"}.items():
        result: dict[str, Any] = {"subject": subject, "result": text}
        story.ask(HOA, again, class_group="7A1", pupil=pupil(7), **result)
    trained = {"class_group": "7A2", "pupil": pupil(10), "level": "Đạt"}
    story.ask(HOA, results_commands.ReassessConduct, **trained)
    story.moment = on(2027, 8, 10)
    text = ""
    for name in ("7A1", "7A2"):
        story.ask(NGOC, approve, class_group=name)
        approval = story.ledger.class_results(story.school_year, name).approved_after_summer()
        assert approval is not None
        text += printed(name, map(row_after_summer, approval.fact.pupils))
    assert text == expected("after-summer")


def begin_the_next_year(story: Teller) -> None:
    """Who goes up is enrolled a grade higher; who stays, in the old grade."""
    classes: dict[str, list[Any]] = {}
    for name, group in story.ledger.year(story.school_year).classes.items():
        results = story.ledger.class_results(story.school_year, name)
        year, summer = results.approved(Term.YEAR), results.approved_after_summer()
        assert year is not None
        outcomes = {one.pupil: one.promotion for one in year.fact.results}
        outcomes |= {one.pupil: one.promotion for one in summer.fact.pupils} if summer else {}
        for who, promotion in outcomes.items():
            assert promotion is not None
            up = promotion.outcome in {Outcome.PROMOTED, Outcome.PROMOTED_AFTER_SUMMER}
            classes.setdefault(f"{group.grade + up}A1", []).append(who)
    assert [code_of(who) for who in classes.pop("10A1")] == ["HS16", "HS15"]
    assert classes == {name: list(map(pupil, numbers)) for name, numbers in NEXT_CLASSES.items()}
    next_story = Teller(story.ledger, "2027-2028", NEXT_SEMESTERS, on(2027, 8, 20))
    next_story.plan({name: tuple(pupils) for name, pupils in classes.items()})
    next_story.open(1)
    for _, _, sheet in next_story.sheets(1):
        assert sheet.opened is not None
        assert list(sheet.numbers) == classes[sheet.opened.class_group]
        assert not sheet.cells


def test_a_school_under_two_circulars_has_the_results_of_each(engine: Engine) -> None:
    """2023-2024: grade 8 under TT22, grade 9 under TT58 with the programme of 2006."""
    ledger = GradeLedger(LedgerRecorder(engine))
    story = Teller(ledger, "2023-2024", OLD_SEMESTERS, on(2023, 8, 21))
    story.found_school(date(2023, 8, 1))
    classes = two_circulars.CLASSES
    story.plan({name: tuple(map(pupil, numbers)) for name, numbers in classes.items()})
    for semester, marks, opened, closed in (
        (1, two_circulars.FIRST_SEMESTER, on(2023, 9, 5), on(2024, 1, 4)),
        (2, two_circulars.SECOND_SEMESTER, on(2024, 1, 15), on(2024, 5, 20)),
    ):
        story.moment = opened
        story.open(semester)
        story.moment = closed
        story.enter(semester, marks, regular_only=False)
        story.close(semester)
        story.lock(semester)
        story.record_attendance(term_of(semester), {})
        story.assess_conduct(semester, two_circulars.CONDUCT)
        story.approve_all(term_of(semester))
    assert table(story, Term.SEMESTER_1) == expected("two-circulars-semester-1")
    end_the_old_year(story)
    Books(engine, ledger).agree(story)


def end_the_old_year(story: Teller) -> None:
    """The year's conduct is judged under TT58; the tests in summer change the overall average."""
    with pytest.raises(refusals.ResultsAreNotComplete) as refused:
        story.approve("9A1", Term.YEAR)
    assert refused.value.details.keys() == {"term", "conduct"}
    judged = [
        {"pupil": pupil(number), "level": level}
        for number, level in two_circulars.YEAR_CONDUCT.items()
    ]
    old: dict[str, Any] = {"class_group": "9A1"}
    story.ask(HOA, results_commands.AssessConduct, **old, term=Term.YEAR, pupils=judged)
    story.approve_all(Term.YEAR)
    assert table(story, Term.YEAR) == expected("two-circulars-year")
    story.moment = on(2024, 7, 15)
    again = results_commands.RecordReassessment
    for subject, text in {"toan": "5.0", "vat-li": "4.9"}.items():
        story.ask(HOA, again, **old, pupil=pupil(23), subject=subject, result=text)
    story.ask(NGOC, results_commands.ApprovePromotionAfterSummer, **old)
    approval = story.ledger.class_results(story.school_year, "9A1").approved_after_summer()
    assert approval is not None
    rows = map(row_after_summer, approval.fact.pupils)
    assert printed("9A1", rows) == expected("two-circulars-after-summer")


def test_every_mark_of_the_plan_is_one_that_exists() -> None:
    """A slip in the plan is found here, not in the middle of a year."""
    for semester in MARKS.values():
        for marks in semester.values():
            for text in (marks.usual, *marks.subjects.values(), *marks.cells.values()):
                assert Mark.of(text)
