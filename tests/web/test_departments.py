"""The department's page and the proposals: targets, what misses them, and the teacher's answer."""

import re
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.supervision.commands import AnswerProposal, CloseProposal, SetScoreTarget
from ledger.supervision.facts import MinimumShare
from ledger.supervision.state import Supervision
from ledger.vocabulary import Mark
from tests.browser.scope_stage import YEAR
from tests.browser.stage import Stage, copied_stage
from tests.opened_year import SCHOOL_YEAR
from tests.school import LAN, TUAN
from tests.web.conftest import SignIn
from tests.web.supervised import (
    MATHS_6A2,
    MATHS_6A3,
    PROPOSAL,
    SEMESTER,
    notes,
    open_supervised,
    propose,
)

PAGE = "/to/toan-tin"
ANSWER = f"/de-xuat/{SCHOOL_YEAR}/{PROPOSAL}/tra-loi"
CLOSE = f"{PAGE}/de-xuat/{PROPOSAL}/ket-thuc"
COLUMN = f"{PAGE}?khoi=6&mon=toan&cot=midterm"


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with an open semester and a department, made once."""
    folder = tmp_path_factory.mktemp("departments") / "school"
    with copied_stage(built_school, folder) as stage:
        open_supervised(stage)
    return folder


def send(client: TestClient, path: str, **fields: str) -> httpx2.Response:
    form = {"command_id": str(uuid4()), "hoc_ki": SEMESTER, **fields}
    return client.post(path, data=form)


def supervision(stage: Stage) -> Supervision:
    return stage.desk.ledger.supervision(SCHOOL_YEAR)


def set_target(stage: Stage, **shares: int) -> None:
    told = tuple(
        MinimumShare(at_least=Mark.of(bound), percent=percent) for bound, percent in shares.items()
    )
    notes(stage, TUAN, SetScoreTarget, grade=6, subject="toan", shares=told)


def cells_of(page: str, label: str) -> list[str]:
    row = page.split(f">{label}</a></th>")[1].split("</tr>", maxsplit=1)[0]
    return re.findall(r'<td class="number">(\d+)</td>', row)


def test_the_page_shows_the_bands_of_each_column_over_the_grade(signed_in: SignIn) -> None:
    page = signed_in("tuan").get(PAGE).text
    # The midterm of 6A2: a nought and a 7,5; a test that waits is no mark yet.
    assert cells_of(page, "Khối 6 · Toán · ĐĐGgk") == ["2", "1", "0", "0", "0", "1", "0"]
    assert "≥ 5: <b>50%</b>" in page
    assert "chỉ tiêu 90%" not in page


def test_a_target_that_is_missed_is_told(stage: Stage, signed_in: SignIn) -> None:
    set_target(stage, **{"3.5": 95, "6.5": 50})
    page = signed_in("duc").get(PAGE).text
    assert "dưới chỉ tiêu 95%" in page
    assert "đạt chỉ tiêu 50%" in page
    assert "từ 3,5 điểm: ít nhất 95%; từ 6,5 điểm: ít nhất 50%" in page


def test_the_classes_of_a_column_are_shown_where_it_is_chosen(signed_in: SignIn) -> None:
    page = signed_in("tuan").get(COLUMN).text
    assert cells_of(page, "6A2") == ["2", "1", "0", "0", "0", "1", "0"]
    assert cells_of(page, "6A3") == ["0"] * 7
    assert f"ve={MATHS_6A2}.{LAN.person}#de-xuat-moi" in page
    assert f"ve={MATHS_6A2}" not in signed_in("duc").get(COLUMN).text


def test_the_head_sets_a_target(stage: Stage, signed_in: SignIn) -> None:
    asked = {"grade": "6", "subject": "toan", "column": "midterm", "share-5.0": "90"}
    answer = send(signed_in("tuan"), f"{PAGE}/chi-tieu", **asked)
    assert answer.status_code == 303
    target = supervision(stage).target(6, "toan", "midterm")
    assert target is not None
    assert [(str(share.at_least), share.percent) for share in target.shares] == [("5.0", 90)]
    send(signed_in("tuan"), f"{PAGE}/chi-tieu", **{**asked, "share-5.0": ""})
    assert supervision(stage).target(6, "toan", "midterm") is None


@pytest.mark.parametrize("percent", ["101", "-1", "chín mươi", "9,5"])
def test_a_share_that_is_no_percentage_is_refused_beside_its_field(
    stage: Stage, signed_in: SignIn, percent: str
) -> None:
    asked = {"grade": "6", "subject": "toan", "share-5.0": percent}
    answer = send(signed_in("tuan"), f"{PAGE}/chi-tieu", **asked)
    assert answer.status_code == 422
    assert 'id="share-5.0-error"' in answer.text
    assert f'value="{percent}"' in answer.text
    assert supervision(stage).targets == {}


def test_shares_that_contradict_each_other_are_refused(signed_in: SignIn) -> None:
    asked = {"grade": "6", "subject": "toan", "share-5.0": "30", "share-8.0": "90"}
    answer = send(signed_in("tuan"), f"{PAGE}/chi-tieu", **asked)
    assert answer.status_code == 409
    assert "Chỉ tiêu mâu thuẫn" in answer.text


def test_leaders_look_at_a_department_and_decide_nothing_in_it(
    stage: Stage, signed_in: SignIn
) -> None:
    client = signed_in("ngoc")
    assert f'action="{PAGE}/' not in client.get(PAGE).text
    asked = {"grade": "6", "subject": "toan", "share-5.0": "90"}
    assert send(client, f"{PAGE}/chi-tieu", **asked).status_code == 403
    assert supervision(stage).targets == {}


def test_an_unknown_department_is_not_found(signed_in: SignIn) -> None:
    answer = signed_in("duc").get("/to/khong-co")
    assert answer.status_code == 404
    assert "không có tổ chuyên môn này" in answer.text


def test_the_list_leads_to_each_department(signed_in: SignIn) -> None:
    page = signed_in("ngoc").get("/to").text
    assert f'href="{PAGE}?hoc_ki={SEMESTER}"' in page
    assert "Tổ trưởng: Ngô Anh Tuấn" in page


def test_a_proposal_goes_its_way_from_the_head_to_the_teacher_and_back(
    stage: Stage, signed_in: SignIn
) -> None:
    head, teacher = signed_in("tuan"), signed_in("lan")
    asked = {
        "proposal_id": str(PROPOSAL),
        "place": f"{MATHS_6A2}.{LAN.person}",
        "column": "midterm",
        "text": "Phụ đạo thêm phần phân số",
    }
    assert send(head, f"{PAGE}/de-xuat", **asked).status_code == 303
    assert "Đề xuất của tổ trưởng, chờ bạn trả lời (1)" in teacher.get("/").text
    assert "Phụ đạo thêm phần phân số" in teacher.get("/de-xuat").text
    assert send(teacher, ANSWER, text="Đã mở hai buổi").status_code == 303
    assert "chờ bạn trả lời" not in teacher.get("/").text
    assert "Đề xuất đã được trả lời, chờ bạn kết thúc (1)" in head.get("/").text
    assert "Trả lời: Đã mở hai buổi" in head.get(PAGE).text
    assert send(head, CLOSE, reason="Đã thống nhất trong tổ").status_code == 303
    assert "Kết thúc: Đã thống nhất trong tổ" in teacher.get("/de-xuat").text
    assert "chờ bạn kết thúc" not in head.get("/").text
    assert supervision(stage).proposals[PROPOSAL].closed is not None


def test_the_form_of_a_proposal_is_filled_from_the_class_it_is_about(signed_in: SignIn) -> None:
    page = signed_in("tuan").get(f"{PAGE}?cot=midterm&ve={MATHS_6A3}.{LAN.person}").text
    assert f'<option value="{MATHS_6A3}.{LAN.person}" selected>' in page
    form = page.split('id="de-xuat-moi"')[1]
    assert '<option value="midterm" selected>' in form


@pytest.mark.parametrize("text", ["", "  ", "ừ"])
def test_a_proposal_without_words_is_refused_and_keeps_what_was_chosen(
    stage: Stage, signed_in: SignIn, text: str
) -> None:
    place = f"{MATHS_6A3}.{LAN.person}"
    asked = {"proposal_id": str(PROPOSAL), "place": place, "column": "final", "text": text}
    answer = send(signed_in("tuan"), f"{PAGE}/de-xuat", **asked)
    assert answer.status_code == 422
    assert "Hãy ghi nội dung" in answer.text
    assert f'<option value="{place}" selected>' in answer.text
    assert supervision(stage).proposals == {}


def test_a_form_of_no_page_of_ours_never_fails(signed_in: SignIn) -> None:
    head = signed_in("tuan")
    for path, fields in (
        (f"{PAGE}/de-xuat", {"place": "x.y", "column": "z", "text": "Đề xuất"}),
        (f"{PAGE}/de-xuat", {"place": f"x.{LAN.person}", "column": "final", "text": "Đề xuất"}),
        (f"{PAGE}/chi-tieu", {"grade": "6", "subject": "Không có"}),
        (f"{PAGE}/chi-tieu", {"grade": "6", "subject": "toan", "column": "final-2"}),
        (f"{PAGE}/chi-tieu", {"command_id": "x"}),
    ):
        assert send(head, path, **fields).status_code in {400, 422}


def test_a_teacher_to_whom_it_was_not_made_cannot_answer(stage: Stage, signed_in: SignIn) -> None:
    propose(stage)
    answer = send(signed_in("vinh"), ANSWER, text="Đã phụ đạo")
    assert answer.status_code == 403
    assert "Chỉ giáo viên được đề xuất" in answer.text


def test_a_closed_proposal_is_answered_no_more(stage: Stage, signed_in: SignIn) -> None:
    propose(stage)
    notes(stage, LAN, AnswerProposal, proposal_id=PROPOSAL, text="Đã mở hai buổi")
    notes(stage, TUAN, CloseProposal, proposal_id=PROPOSAL, reason="Đã thống nhất")
    client = signed_in("lan")
    assert "<textarea" not in client.get("/de-xuat").text
    answer = send(client, ANSWER, text="Làm thêm")
    assert answer.status_code == 409
    assert "Ngô Anh Tuấn kết thúc lúc 08:00 ngày 05/10/2026" in answer.text


def test_what_was_typed_as_an_answer_stays_when_it_is_refused(
    stage: Stage, signed_in: SignIn
) -> None:
    propose(stage)
    answer = send(signed_in("lan"), ANSWER, text="ừ")
    assert answer.status_code == 422
    assert f'aria-describedby="text-{PROPOSAL}-error">ừ</textarea>' in answer.text


def test_a_late_answer_sent_twice_is_one(stage: Stage, signed_in: SignIn) -> None:
    propose(stage)
    client = signed_in("lan")
    form = {"command_id": str(uuid4()), "text": "Đã mở hai buổi"}
    assert [client.post(ANSWER, data=form).status_code for _ in range(2)] == [303, 303]
    assert len(supervision(stage).proposals[PROPOSAL].answers) == 1


def test_a_class_of_another_grade_is_not_among_those_of_the_column(signed_in: SignIn) -> None:
    page = signed_in("tuan").get(COLUMN).text
    assert f"ve={YEAR.sheet_id('7A1')}" not in page
