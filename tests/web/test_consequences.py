"""What a correction would change in the results, told on its page before it is approved."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ledger.circulars.outcomes import Outcome, Shortfall
from ledger.dossiers.commands import IssuePaper
from ledger.dossiers.facts import PaperKind
from ledger.results import commands, facts
from ledger.results.comparing import Part, Shown
from ledger.results.terms import Term, months_of
from ledger.school.calendar import local_day
from ledger.sheet import commands as sheets
from ledger.vocabulary import Author, Mark, PersonId, Role
from projections.corrections import CorrectionView
from tests.browser.scope_stage import YEAR, open_semester
from tests.browser.stage import PUPILS as OLD_PUPILS
from tests.browser.stage import Stage, copied_stage
from tests.opened_year import SCHOOL_YEAR, asked
from tests.school import FIX, HOA, KHOA, LAN, NGOC
from tests.web.conftest import SignIn
from tests.web.strict_page import StrictPage
from web.corrections.consequences import before_execution, carried_by, foresee, foresee_at
from web.wording.results import shown_part

CLASS: dict[str, Any] = {"school_year": SCHOOL_YEAR, "class_group": "6A3"}
MATHS = YEAR.sheet_id("6A3")
PUPILS = YEAR.pupils("6A3")
PAGE = f"/de-nghi/{FIX}"
HEADING = "Nếu sửa, kết quả đổi thế nào"


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with every mark and record of 6A3 for semester I, made once."""
    folder = tmp_path_factory.mktemp("consequences") / "school"
    with copied_stage(built_school, folder) as stage:
        open_semester(stage)
        stage.desk.handle_together([*_marks(stage, "toan", "7.9")])
        stage.desk.handle_together([*_marks(stage, "giao-duc-the-chat", "passed")])
        stage.desk.handle_together([*_records(stage)])
    return folder


def _marks(stage: Stage, subject: str, text: str) -> Iterator[sheets.SheetCommand]:
    sheet_id, teacher = YEAR.sheet_id("6A3", subject), YEAR.teacher(subject)
    by = Author(person=PersonId(teacher), role=Role.SUBJECT_TEACHER)
    act = {**asked(by), "sheet_id": sheet_id}
    columns = stage.desk.ledger.sheet(sheet_id).columns
    entries = tuple(
        sheets.CellEntry(pupil=pupil, column=column, mark=Mark.of(text), read_version=0)
        for pupil in PUPILS
        for column in columns
    )
    yield sheets.EnterMarks(**act, entries=entries)
    for column in columns:
        yield sheets.CloseColumn(**act, column=column)


def _records(stage: Stage) -> Iterator[commands.ResultsCommand]:
    act = {**asked(HOA.author), **CLASS}
    absences = tuple(facts.PupilAbsences(pupil=p, with_leave=1, without_leave=0) for p in PUPILS)
    for month in months_of(stage.desk.ledger.year(SCHOOL_YEAR), Term.SEMESTER_1):
        yield commands.RecordAttendance(**act, month=month, absences=absences)
    levels = tuple(facts.PupilConduct(pupil=pupil, level="Tốt") for pupil in PUPILS)
    yield commands.AssessConduct(**act, term=Term.SEMESTER_1, pupils=levels)


def approve(stage: Stage) -> None:
    act = {**asked(NGOC.author), **CLASS}
    stage.desk.handle(commands.ApproveResults(**act, term=Term.SEMESTER_1))


def request(stage: Stage, *marks: str) -> None:
    """Ask for other marks in the final test, from the first pupil on."""
    sheet = stage.desk.ledger.sheet(MATHS)
    cells = [
        (pupil, "final", mark, sheet.cell((pupil, "final")).version)
        for pupil, mark in zip(PUPILS, marks, strict=False)
    ]
    stage.says(LAN.about(MATHS), "requests", *cells)


def shown(signed_in: SignIn, who: str = "ngoc") -> str:
    return StrictPage(signed_in(who).get(PAGE).text).text


def test_before_and_after_are_told_to_everybody_who_sees_the_correction(
    stage: Stage, signed_in: SignIn
) -> None:
    request(stage, "9.0")
    for who in ("lan", "hoa", "ngoc", "khoa"):
        page = signed_in(who).get(PAGE).text
        text = StrictPage(page).text
        assert HEADING in text
        assert "Kết quả môn Toán, học kì I" in text
        assert '<span class="visually-hidden">trước </span>7,9</del>' in page
        assert "đã được" not in text


def test_results_that_rest_on_it_are_named_with_who_approved_them(
    stage: Stage, signed_in: SignIn
) -> None:
    approve(stage)
    request(stage, "9.0")
    text = shown(signed_in)
    assert "Kết quả học kì I của lớp 6A3 đã được Nguyễn Thị Ngọc duyệt lúc" in text
    assert "Nếu sửa, phải duyệt lại kết quả này." in text


def test_every_pupil_has_rows_of_their_own(stage: Stage, signed_in: SignIn) -> None:
    request(stage, "9.0", "0.0")
    assert shown(signed_in).count("Kết quả môn Toán") == 2


def test_where_nothing_changes_approved_results_need_no_new_approval(
    stage: Stage, signed_in: SignIn
) -> None:
    # From 7,9 to 8,0 in the final test the average stays the same when rounded.
    approve(stage)
    request(stage, "8.0")
    text = shown(signed_in)
    assert "Không đổi" in text
    assert "Nếu sửa, kết quả này không đổi." in text
    assert "phải duyệt lại" not in text


def test_where_only_some_pupils_change_the_others_are_there_too(
    stage: Stage, signed_in: SignIn
) -> None:
    request(stage, "9.0", "8.0")
    text = shown(signed_in)
    assert text.count("Kết quả môn Toán") == text.count("Không đổi") == 1


def test_a_0_is_a_mark_and_is_followed(stage: Stage, signed_in: SignIn) -> None:
    request(stage, "0.0")
    assert "Kết quả môn Toán" in shown(signed_in)


def test_once_it_is_over_nothing_is_foreseen(stage: Stage, signed_in: SignIn) -> None:
    request(stage, "9.0")
    stage.says(LAN.about(MATHS), "withdraws")
    assert HEADING not in shown(signed_in)


def test_a_class_that_was_never_planned_says_that_its_results_are_not_kept(
    stage: Stage, signed_in: SignIn
) -> None:
    stage.says(LAN, "enters", (OLD_PUPILS[0], "midterm", "4.5", 0))
    stage.says(LAN, "closes", "midterm", leaving_blanks=True)
    stage.says(LAN, "requests", (OLD_PUPILS[0], "midterm", "6.5", stage.version(1, "midterm")))
    assert "của lớp 6A1 không lưu ở đây" in shown(signed_in)


def issue(stage: Stage, paper: PaperKind, semester: int | None, day: date) -> None:
    issued = IssuePaper(
        **asked(NGOC.author),
        school_year=SCHOOL_YEAR,
        paper=paper,
        class_group="6A3",
        semester=semester,
        issued_on=day,
        note="In cho phụ huynh",
    )
    stage.desk.handle(issued)


def view(stage: Stage) -> CorrectionView:
    found = stage.desk.corrections.find(FIX)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("semester", "days", "carries"),
    [(1, 0, True), (None, 0, True), (2, 0, False), (1, -1, False)],
    ids=["semester", "year", "other-semester", "before-the-mark"],
)
def test_papers_issued_since_the_mark_stands_carry_it(
    stage: Stage, signed_in: SignIn, semester: int | None, days: int, *, carries: bool
) -> None:
    today = local_day(stage.clock())
    issue(stage, PaperKind.REPORT, semester, today + timedelta(days=days))
    request(stage, "9.0")
    papers = carried_by(stage.desk.ledger, view(stage), [(PUPILS[0], "final")])
    assert bool(papers) is carries
    assert ("còn mang điểm cũ" in shown(signed_in)) is carries


def test_a_paper_of_another_class_carries_nothing_of_it(stage: Stage) -> None:
    today = local_day(stage.clock())
    issue(stage, PaperKind.SCHOOL_RECORD, None, today)
    request(stage, "9.0")
    other = stage.desk.gradebook.sheet(YEAR.sheet_id("6A2"))
    assert other is not None
    assert carried_by(stage.desk.ledger, other.card, [(OLD_PUPILS[0], "final")]) == []


def test_what_was_decided_on_is_told_after_it_was_executed(stage: Stage) -> None:
    issue(stage, PaperKind.CLASS_BOOK, 1, local_day(stage.clock()))
    request(stage, "9.0")
    open_one = foresee(stage.desk, view(stage))
    with pytest.raises(LookupError):
        before_execution(stage.desk, view(stage))
    for who, step in ((HOA, "confirms"), (NGOC, "approves"), (LAN, "executes"), (KHOA, "executes")):
        stage.says(who.about(MATHS), step)
    assert foresee(stage.desk, view(stage)) is None
    point = before_execution(stage.desk, view(stage))
    assert foresee_at(stage.desk, view(stage), point) == open_one
    assert open_one is not None
    assert open_one.changes
    assert len(open_one.papers) == 1


def test_the_form_tells_before_it_is_sent_what_would_change(
    stage: Stage, signed_in: SignIn
) -> None:
    asking = f"/so-diem/{MATHS}/de-nghi"
    client = signed_in("lan")
    key = f"{PUPILS[0]}:final"
    sent = StrictPage(client.get(f"{asking}?cot=final").text).form(asking)
    answer = client.post(asking, data={**sent, f"sua:{key}": "9", "viec": "xem"})
    text = StrictPage(answer.text).text
    assert HEADING in text
    assert "Kết quả môn Toán, học kì I" in text
    assert stage.desk.corrections.list() == []


REASSESSED = facts.PromotionResult(
    outcome=Outcome.REASSESSMENT_IN_SUMMER, reasons=(Shortfall.STUDY,), subjects=("toan", "gdcd")
)
REASSESSED_IN_WORDS = (
    "Đánh giá lại trong hè (Toán, Giáo dục công dân): "
    "kết quả học tập (học lực) cả năm chưa đạt yêu cầu"
)


@pytest.mark.parametrize(
    ("part", "value", "sentence"),
    [
        (Part.SUBJECT, Mark.of("0.0"), "0"),
        (Part.SUBJECT, Mark.of("not-passed"), "CĐ"),
        (Part.SUBJECT, Mark.of(""), "chưa có"),
        (Part.OVERALL_AVERAGE, Decimal("0.0"), "0,0"),
        (Part.OVERALL_AVERAGE, None, "chưa có"),
        (Part.STUDY, facts.StudyResult(level="Khá", base="Đạt", adjusted_for="toan"), "Khá"),
        (Part.DAYS_ABSENT, 0, "0"),
        (Part.LISTED, 0, "không"),
        (Part.AWARD, "Học sinh Giỏi", "Học sinh Giỏi"),
        (Part.AWARD, None, "không có"),
        (
            Part.PROMOTION,
            REASSESSED,
            REASSESSED_IN_WORDS,
        ),
    ],
)
def test_results_are_told_in_the_words_of_the_school(
    part: Part, value: Shown, sentence: str
) -> None:
    assert shown_part(part, value) == sentence
