"""What a correction changed is told as it was then, whatever has been approved since."""

from pathlib import Path

import pytest

from ledger.dossiers.commands import IssuePaper
from ledger.dossiers.facts import PaperKind
from ledger.results.commands import ApproveResults
from ledger.results.comparing import Part
from ledger.results.terms import Term
from ledger.school.calendar import local_day
from ledger.vocabulary import Mark
from tests.browser.stage import Stage
from tests.opened_year import SCHOOL_YEAR, asked
from tests.school import FIX, HOA, KHOA, LAN, NGOC
from tests.web.dossiers import programs
from tests.web.filed import papers
from tests.web.published import describe
from tests.web.test_consequences import CLASS, MATHS, PUPILS, approve
from tests.web.test_consequences import built_school as with_results
from web.dossiers.contents import gather
from web.dossiers.document import draw
from web.dossiers.record import Record
from web.refusals import SchoolNotDescribed

built_school = with_results  # every test of this module is in the school that has results


def correct(stage: Stage, *marks: str) -> None:
    """Let these marks of the final test be corrected, from the first pupil on."""
    sheet = stage.desk.ledger.sheet(MATHS)
    cells = [
        (pupil, "final", mark, sheet.cell((pupil, "final")).version)
        for pupil, mark in zip(PUPILS, marks, strict=False)
    ]
    stage.says(LAN.about(MATHS), "requests", *cells, evidence=papers(stage, "results"))
    for voice, what in (
        *((HOA, "confirms"), (NGOC, "approves")),
        *((LAN, "executes"), (KHOA, "executes")),
    ):
        stage.says(voice.about(MATHS), what)


def record_of(stage: Stage) -> Record:
    return gather(stage.desk, FIX, at=stage.clock())


def test_a_school_that_never_said_its_name_makes_no_paper(stage: Stage) -> None:
    correct(stage, "9.0")
    with pytest.raises(SchoolNotDescribed):
        record_of(stage)


def test_before_is_what_stood_before_and_stays_so(stage: Stage, tmp_path: Path) -> None:
    describe(stage)
    approve(stage)
    correct(stage, "9.0", "8.0")
    first = record_of(stage).consequences
    (subject,) = (each for each in first.changes if each.part is Part.SUBJECT)
    assert (subject.pupil, subject.term) == (PUPILS[0], Term.SEMESTER_1)
    assert subject.before == Mark.of("7.9")
    assert subject.after != Mark.of("7.9")
    assert len(first.outdated) == 1
    assert "Kết quả học kì I của lớp 6A3 do Nguyễn Thị Ngọc duyệt lúc" in first.outdated[0]
    assert "phải duyệt lại" in first.outdated[0]
    stage.clock.forward(hours=1)
    again = {**asked(NGOC.author), **CLASS, "at": stage.clock()}
    reason = "Điểm đã sửa theo biên bản"
    stage.desk.handle(ApproveResults(**again, term=Term.SEMESTER_1, reason=reason))
    assert record_of(stage).consequences == first
    words = programs.text_of(draw(record_of(stage), []).pdf, tmp_path)
    assert "Kết quả môn Toán, học kì I" in words


def test_what_changes_nothing_is_known_to_change_nothing(stage: Stage) -> None:
    describe(stage)
    correct(stage, "8.0")
    told = record_of(stage).consequences
    assert told.known
    assert told.changes == ()
    assert told.outdated == ()


def test_printed_papers_that_bear_the_old_mark_are_named(stage: Stage) -> None:
    describe(stage)
    issued = {
        "school_year": SCHOOL_YEAR,
        "class_group": "6A3",
        "paper": PaperKind.SCHOOL_RECORD,
        "semester": 1,
        "issued_on": local_day(stage.clock()),
        "note": "in lần đầu",
    }
    stage.desk.handle(IssuePaper(**{**asked(HOA.author), "at": stage.clock(), **issued}))
    correct(stage, "9.0")
    (outdated,) = record_of(stage).consequences.outdated
    assert outdated.startswith("Học bạ, lớp 6A3, học kì I, in hoặc phát hành ngày 05/10/2026")
