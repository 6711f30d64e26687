"""The results of a class: what is missing, the table, the approval, and what differs later."""

import pytest

from ledger.results import commands, facts
from ledger.results.terms import Term
from tests.browser.stage import Stage
from tests.opened_year import SCHOOL_YEAR, asked
from tests.school import NGOC
from tests.web.conftest import SignIn
from tests.web.strict_page import StrictPage
from tests.web.test_consequences import CLASS, PUPILS, approve, built_school

__all__ = ["built_school"]
PAGE = f"/ket-qua/{SCHOOL_YEAR}/6A3/hoc-ki-1"
FORM = {"command_id": "00000000-0000-4000-8000-00000000d0d0", "password": "x"}


def text(signed_in: SignIn, who: str, page: str = PAGE) -> str:
    return StrictPage(signed_in(who).get(page).text).text


def conduct_slips(stage: Stage) -> None:
    """The principal mends the conduct of the first pupil after the approval."""
    level = (facts.PupilConduct(pupil=PUPILS[0], level="Khá"),)
    act = {**asked(NGOC.author), **CLASS, "reason": "Ghi nhầm mức"}
    stage.desk.handle(commands.AssessConduct(**act, term=Term.SEMESTER_1, pupils=level))


def test_complete_results_wait_for_the_principal(stage: Stage, signed_in: SignIn) -> None:
    shown = text(signed_in, "hoa")
    assert "chờ hiệu trưởng duyệt" in shown
    assert "7,9" in shown
    assert "Duyệt kết quả" in text(signed_in, "ngoc")
    assert "Đủ, chờ duyệt" in text(signed_in, "ngoc", "/ket-qua?ki=hoc-ki-1")
    assert not stage.desk.ledger.class_results(SCHOOL_YEAR, "6A3").approvals


def test_the_year_says_everything_that_is_missing(signed_in: SignIn) -> None:
    shown = text(signed_in, "hoa", PAGE.replace("hoc-ki-1", "ca-nam"))
    assert "chưa mở bảng điểm" in shown
    assert "Kết quả rèn luyện học kì II" in shown
    assert "Kết quả học kì I lớp 6A3" in shown


def test_the_principal_approves_and_the_page_says_who(stage: Stage, signed_in: SignIn) -> None:
    answer = signed_in("ngoc").post(f"{PAGE}/duyet", data=FORM)
    assert answer.status_code == 303
    approval = stage.desk.ledger.class_results(SCHOOL_YEAR, "6A3").approved(Term.SEMESTER_1)
    assert approval is not None
    assert approval.by.person == NGOC.person
    assert "Nguyễn Thị Ngọc đã duyệt lúc" in text(signed_in, "hoa")


def test_a_change_after_the_approval_is_told_and_needs_a_reason(
    stage: Stage, signed_in: SignIn
) -> None:
    approve(stage)
    conduct_slips(stage)
    shown = text(signed_in, "hoa")
    assert "Khác bản đã duyệt" in shown
    refused = signed_in("ngoc").post(f"{PAGE}/duyet", data=FORM)
    assert refused.status_code == 422
    sent = {**FORM, "reason": "Sửa mức rèn luyện"}
    assert signed_in("ngoc").post(f"{PAGE}/duyet", data=sent).status_code == 303
    assert "bản thứ 2" in text(signed_in, "hoa")
    assert "Lý do duyệt lại: Sửa mức rèn luyện" in text(signed_in, "hoa")


@pytest.mark.parametrize(("who", "status"), [("lan", 403), ("khoa", 200), ("hoa", 200)])
def test_a_subject_teacher_does_not_see_the_whole(signed_in: SignIn, who: str, status: int) -> None:
    assert signed_in(who).get(PAGE).status_code == status


def test_the_past_is_read_only(stage: Stage, signed_in: SignIn) -> None:
    approve(stage)
    last = stage.desk.ledger.class_results(SCHOOL_YEAR, "6A3")
    assert last.approved(Term.SEMESTER_1)
    shown = signed_in("ngoc").get(f"{PAGE}?luc=2999-01-01").text
    assert "không sửa được ở đây" in shown
    assert "/duyet" not in shown


def test_there_is_no_other_term(signed_in: SignIn) -> None:
    assert signed_in("ngoc").get(PAGE.replace("hoc-ki-1", "hoc-ki-3")).status_code == 404
