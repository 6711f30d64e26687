"""A line fits into a bundle of entries: the largest that schools make, and a limit for the rest."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import pytest
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.circulars.outcomes import Outcome, Shortfall
from ledger.line import Fact, Line
from ledger.refusal import LineTooLong
from ledger.results import facts as results
from ledger.results.terms import Term
from ledger.school import facts as school
from ledger.school.calendar import DayException
from ledger.school.commands import AmendCalendar, PlanYear
from ledger.school.facts import SemesterFrame
from ledger.sheet import facts as sheet
from ledger.sheet.grounds import CorrectionCause, FoundBy, LateReason
from ledger.store.codec import LONGEST_STATE, to_stored_events
from ledger.store.recorder import LedgerRecorder, entry
from ledger.vocabulary import (
    Author,
    CommandId,
    Mark,
    PersonId,
    PupilId,
    Role,
    SessionId,
    SubjectKind,
)
from tests.school import FIX, NGOC, NOW, SHEET, numbered_id

# Nobody types longer ones, and each letter of this takes three bytes.
LONG_REASON: Final = "ệ" * 500
PUPILS: Final = tuple(PupilId(numbered_id(1000 + number)) for number in range(1000))
SUBJECTS: Final = tuple(f"noi-dung-giao-duc-cua-dia-phuong-{number:02}" for number in range(15))
AUTHOR: Final = Author(
    person=PersonId(UUID(int=1)),
    role=Role.HOMEROOM_TEACHER,
    on_behalf_of=PersonId(UUID(int=2)),
    session=SessionId(UUID(int=3)),
)
_CLASS: Final = {"school_year": "2026-2027", "class_group": "6A1"}


def results_of(pupil: PupilId) -> results.PupilResults:
    """All that can be said of a pupil in the longest words."""
    shortfalls = (Shortfall.CONDUCT, Shortfall.STUDY, Shortfall.ABSENCES)
    return results.PupilResults(
        pupil=pupil,
        subjects=tuple(
            results.SubjectResult(
                subject=subject, kind=SubjectKind.COMMENT, result=Mark.of("not-passed")
            )
            for subject in SUBJECTS
        ),
        study=results.StudyResult(level="Trung bình", base="Trung bình", adjusted_for=SUBJECTS[0]),
        conduct="Trung bình",
        days_absent=100,
        award="Học sinh tiên tiến",
        promotion=results.PromotionResult(
            outcome=Outcome.CONDUCT_TRAINING_IN_SUMMER, reasons=shortfalls, subjects=SUBJECTS[:3]
        ),
    )


def largest_of_school() -> Iterator[Fact]:
    """The largest facts of the year that can become large."""
    yield school.SemesterOpened(
        semester=1,
        sheets=tuple(
            (f"{grade}A{number}", subject)
            for grade in range(6, 10)
            for number in range(1, 21)
            for subject in SUBJECTS
        ),
    )
    numbered = tuple(
        sheet.NumberedPupil(pupil=pupil, number=number)
        for number, pupil in enumerate(PUPILS[:100], 100)
    )
    yield school.ClassListSet(class_group="6A1", pupils=numbered, since=NOW.date())


def largest_of_sheets() -> Iterator[Fact]:
    """The largest facts of sheets and results that can become large."""
    yield sheet.CorrectionRequested(
        correction_id=FIX,
        lines=tuple(
            sheet.CorrectionLine(
                pupil=pupil,
                column="regular-9",
                before=Mark.of("not-passed"),
                after=Mark.of("passed"),
            )
            for pupil in PUPILS[:500]
        ),
        cause=CorrectionCause.MISSED_WORK,
        reason=LONG_REASON,
        found_by=FoundBy.HOMEROOM_TEACHER,
        evidence=(),
        late_because=tuple(LateReason),
    )
    yield sheet.AttemptRefused(
        sheet=SHEET,
        command="enter-marks",
        refusal="sheet-is-locked",
        cells=tuple((pupil, "regular-9") for pupil in PUPILS),
    )
    yield results.TermResultsApproved(
        **_CLASS,
        term=Term.YEAR,
        revision=9,
        circular="tt22",
        policy="other-subjects.1",
        basis=tuple(results.SheetVersion(sheet=SHEET, version=999) for _ in range(30)),
        results=tuple(map(results_of, PUPILS[:30])),
        reason=LONG_REASON,
    )


@pytest.mark.parametrize(
    "fact", [*largest_of_school(), *largest_of_sheets()], ids=lambda fact: fact.NAME
)
def test_the_largest_facts_fit_on_a_line(fact: Fact) -> None:
    (row,) = to_stored_events([Line(SHEET, 1, fact, AUTHOR, NOW, CommandId(UUID(int=4)))])
    assert 4_000 < len(row.state) <= LONGEST_STATE


def test_a_state_of_the_longest_kind_makes_an_entry_that_fits() -> None:
    name = "x" * 60
    longest = entry(2**63, str(SHEET), version=2**63, topic=name, state=bytes(LONGEST_STATE))
    assert len(longest) <= 65_535


def test_what_is_too_long_is_refused_and_nothing_is_written(engine: Engine) -> None:
    ledger = GradeLedger(LedgerRecorder(engine))
    act: dict[str, Any] = {"by": NGOC.author, "at": NOW, "school_year": "2026-2027"}
    first, second = NOW.date(), NOW.date().replace(year=2027)
    frames = (SemesterFrame(first=first, last=first), SemesterFrame(first=second, last=second))
    ledger.handle(PlanYear(**act, command_id=CommandId(UUID(int=5)), semesters=frames))
    days = tuple(
        DayException(day=first + timedelta(days=number), works=False, why=LONG_REASON)
        for number in range(50)
    )
    with pytest.raises(LineTooLong):
        ledger.handle(AmendCalendar(**act, command_id=CommandId(UUID(int=6)), exceptions=days))
    assert ledger.recorder.head().position == 1
    ledger.handle(AmendCalendar(**act, command_id=CommandId(UUID(int=6)), exceptions=days[:40]))
    assert ledger.recorder.head().position == 2
