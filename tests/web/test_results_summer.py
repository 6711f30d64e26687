"""After the year: assessed again in summer, approved, and put into the classes of the next year."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.results import commands, facts
from ledger.results.terms import Term, months_of
from ledger.school import commands as school
from ledger.sheet import commands as sheets
from ledger.vocabulary import Author, Mark, PersonId, Role, sheet_id_of
from tests.browser.scope_stage import YEAR, open_semester
from tests.browser.stage import Stage, copied_stage
from tests.opened_year import SCHOOL_YEAR, asked
from tests.school import HOA, KHOA, NGOC
from tests.web.conftest import SignIn
from tests.web.strict_page import StrictPage
from tests.web.test_consequences import CLASS, PUPILS
from web.year.frames import usual_frames

PAGE = f"/ket-qua/{SCHOOL_YEAR}/6A3"
FORM = {"command_id": "00000000-0000-4000-8000-00000000d0d1", "password": "x"}


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """6A3 with its year approved: two subjects are too few for anybody to pass the year."""
    folder = tmp_path_factory.mktemp("summer") / "school"
    with copied_stage(built_school, folder) as stage:
        approve_year(stage)
    return folder


def approve_year(stage: Stage) -> None:
    """Every mark and record of both semesters, and the three approvals."""
    open_semester(stage)
    of_year = {**asked(KHOA.author), "school_year": SCHOOL_YEAR}
    stage.desk.handle(school.OpenSemester(**of_year, semester=2))
    for semester in (1, 2):
        stage.desk.handle_together([*_marks(stage, semester, "toan", "7.9")])
        stage.desk.handle_together([*_marks(stage, semester, "giao-duc-the-chat", "passed")])
    stage.desk.handle_together([*_records(stage)])
    for term in Term:
        act = {**asked(NGOC.author), **CLASS}
        stage.desk.handle(commands.ApproveResults(**act, term=term))


def _marks(stage: Stage, semester: int, subject: str, text: str) -> Iterator[sheets.SheetCommand]:
    sheet_id = sheet_id_of(SCHOOL_YEAR, semester, "6A3", subject)
    by = Author(person=PersonId(YEAR.teacher(subject)), role=Role.SUBJECT_TEACHER)
    act = {**asked(by), "sheet_id": sheet_id}
    columns = stage.desk.ledger.sheet(sheet_id).columns
    low = "2.0" if subject == "toan" else text
    yield sheets.EnterMarks(
        **act,
        entries=tuple(
            sheets.CellEntry(
                pupil=pupil,
                column=column,
                mark=Mark.of(low if pupil == PUPILS[0] else text),
                read_version=0,
            )
            for pupil in PUPILS
            for column in columns
        ),
    )
    for column in columns:
        yield sheets.CloseColumn(**act, column=column)


def _records(stage: Stage) -> Iterator[commands.ResultsCommand]:
    act = {**asked(HOA.author), **CLASS}
    absences = tuple(facts.PupilAbsences(pupil=p, with_leave=0, without_leave=0) for p in PUPILS)
    for month in months_of(stage.desk.ledger.year(SCHOOL_YEAR), Term.YEAR):
        yield commands.RecordAttendance(**act, month=month, absences=absences)
    levels = tuple(
        facts.PupilConduct(pupil=pupil, level="Chưa đạt" if pupil == PUPILS[1] else "Tốt")
        for pupil in PUPILS
    )
    for term in (Term.SEMESTER_1, Term.SEMESTER_2):
        yield commands.AssessConduct(**act, term=term, pupils=levels)


def text(signed_in: SignIn, who: str, place: str) -> str:
    return StrictPage(signed_in(who).get(f"{PAGE}/{place}").text).text


def test_a_result_of_summer_is_recorded_and_the_principal_approves(
    stage: Stage, signed_in: SignIn
) -> None:
    assert "Đánh giá lại trong hè (Toán)" in text(signed_in, "hoa", "he")
    sent = {"command_id": FORM["command_id"], f"mon~{PUPILS[0]}~toan~": "6,5"}
    assert signed_in("hoa").post(f"{PAGE}/he", data=sent).status_code == 303
    own = stage.desk.ledger.class_results(SCHOOL_YEAR, "6A3")
    assert own.reassessed[PUPILS[0]] == {"toan": Mark.of("6.5")}
    approving = {**FORM, "command_id": "00000000-0000-4000-8000-00000000d0d4"}
    assert signed_in("ngoc").post(f"{PAGE}/he/duyet", data=approving).status_code == 303
    assert "đã duyệt lên lớp sau hè" in text(signed_in, "hoa", "he")


def test_who_was_not_assessed_again_holds_the_approval_up(signed_in: SignIn) -> None:
    assert signed_in("ngoc").post(f"{PAGE}/he/duyet", data=FORM).status_code in {409, 422}
    sent = {**FORM, "leaving_absent": "true"}
    assert signed_in("ngoc").post(f"{PAGE}/he/duyet", data=sent).status_code == 303


def test_what_is_no_mark_is_said_beside_its_field(stage: Stage, signed_in: SignIn) -> None:
    sent = {"command_id": FORM["command_id"], f"mon~{PUPILS[0]}~toan~": "khá"}
    assert signed_in("hoa").post(f"{PAGE}/he", data=sent).status_code == 422
    assert not stage.desk.ledger.class_results(SCHOOL_YEAR, "6A3").reassessed


def test_a_next_year_that_is_not_planned_is_the_next_step(signed_in: SignIn) -> None:
    shown = text(signed_in, "ngoc", "len-lop")
    assert "chưa được lập nên chưa xếp lớp được" in shown
    assert "Chưa xét xong (1)" in shown


def test_who_stays_is_put_into_a_class_of_the_next_year(stage: Stage, signed_in: SignIn) -> None:
    act = {**asked(KHOA.author), "school_year": "2027-2028"}
    stage.desk.handle(school.PlanYear(**act, semesters=usual_frames(2027)))
    act = {**asked(KHOA.author), "school_year": "2027-2028"}
    stage.desk.handle(school.FormClass(**act, class_group="6A4", grade=6))
    nothing = {"command_id": "00000000-0000-4000-8000-00000000d0d3"}
    assert signed_in("khoa").post(f"{PAGE}/len-lop", data=nothing).status_code == 422
    sent = {**nothing, "o_lai": "6A4"}
    assert signed_in("khoa").post(f"{PAGE}/len-lop", data=sent).status_code == 303
    assert set(stage.desk.ledger.year("2027-2028").classes["6A4"].present) == set(PUPILS[1:])
    assert "đã vào lớp 6A4" in text(signed_in, "khoa", "len-lop")
