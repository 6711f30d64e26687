"""Asking back through the pages: the question, the answer with its files, and what waits for it."""

from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from ledger.sheet.grounds import EvidenceKind
from ledger.vocabulary import CorrectionId
from projections.corrections import CorrectionView
from tests.browser.stage import PUPILS, Stage
from tests.school import ANSWER, FIX, HOA, LAN, NGOC, QUESTION
from tests.web.conftest import SignIn
from tests.web.files import picture
from tests.web.strict_page import StrictPage
from web.corrections.evidence import MOST

PAGE = f"/de-nghi/{FIX}"
TO_ANSWER = f"{PAGE}/tra-loi"


@pytest.fixture
def requested(stage: Stage) -> Stage:
    """A correction of a midterm mark that the teacher has asked for."""
    stage.says(LAN, "enters", (PUPILS[0], "midterm", "4.5", 0))
    stage.says(LAN, "closes", "midterm", leaving_blanks=True)
    stage.says(LAN, "requests", (PUPILS[0], "midterm", "6.5", stage.version(1, "midterm")))
    return stage


@pytest.fixture
def questioned(requested: Stage) -> Stage:
    """The homeroom teacher has asked something back."""
    requested.says(HOA, "asks_back")
    return requested


def view(stage: Stage) -> CorrectionView:
    found = stage.desk.corrections.find(CorrectionId(UUID(str(FIX))))
    assert found is not None
    return found


def asks(client: TestClient, text: str) -> int:
    sent = {"command_id": str(uuid4()), "reason": text}
    return client.post(f"{PAGE}/hoi-lai", data=sent).status_code


def test_a_question_stands_on_the_page_and_waits_for_the_requester(
    requested: Stage, signed_in: SignIn
) -> None:
    assert asks(signed_in("ngoc"), QUESTION) == 303
    page = signed_in("hoa").get(PAGE).text
    assert page.index("hỏi lại") < page.index(QUESTION)
    assert "Đã hỏi lại; đang chờ" in page
    assert ">Xác nhận</button>" not in page
    assert "Chờ trả lời" in signed_in("hoa").get("/de-nghi?muc=dang-mo").text
    assert "Không có việc nào" in signed_in("hoa").get("/").text
    assert "đang chờ bạn (1)" in signed_in("lan").get("/").text


def test_a_question_has_words(requested: Stage, signed_in: SignIn) -> None:
    client = signed_in("ngoc")
    answer = client.post(f"{PAGE}/hoi-lai", data={"command_id": str(uuid4()), "reason": "?"})
    assert answer.status_code == 422
    assert "Hãy ghi câu hỏi, từ 3 đến 500 ký tự." in answer.text
    assert view(requested).questions == ()


def test_nothing_is_decided_while_the_question_waits(questioned: Stage, signed_in: SignIn) -> None:
    sent = {"command_id": str(uuid4())}
    answer = signed_in("hoa").post(f"{PAGE}/xac-nhan", data=sent)
    assert answer.status_code == 409
    assert "đang chờ người gửi trả lời" in answer.text


def test_the_answer_brings_further_evidence_along(questioned: Stage, signed_in: SignIn) -> None:
    client = signed_in("lan")
    form = StrictPage(client.get(PAGE).text).form(TO_ANSWER)
    photo = {"teacher-book": ("sổ.png", picture(), "image/png")}
    sent = client.post(TO_ANSWER, data={**form, "answer": ANSWER}, files=photo)
    assert sent.headers["location"] == PAGE
    (one,) = view(questioned).questions
    (file,) = one.evidence
    assert (one.answer, file.kind) == (ANSWER, EvidenceKind.TEACHER_BOOK)
    assert view(questioned).evidence[-1] == file
    page = signed_in("hoa").get(PAGE).text
    assert ANSWER in page
    assert ">Xác nhận</button>" in page
    assert signed_in("hoa").get(f"/minh-chung/{file.sha256}").status_code == 200
    assert signed_in("vinh").get(f"/minh-chung/{file.sha256}").status_code == 404


def test_sent_twice_the_answer_is_one(questioned: Stage, signed_in: SignIn) -> None:
    client = signed_in("lan")
    form = StrictPage(client.get(PAGE).text).form(TO_ANSWER)
    for _ in range(2):
        assert client.post(TO_ANSWER, data={**form, "answer": ANSWER}).status_code == 303
    assert len(view(questioned).questions) == 1


@pytest.mark.parametrize(
    ("answer", "content", "code", "sentence"),
    [
        ("", picture(), 422, "Hãy ghi câu trả lời, từ 3 đến 500 ký tự."),
        (ANSWER, b"MZ", 409, "PDF"),
    ],
    ids=["without words", "with an unfit file"],
)
def test_an_unfit_answer_is_shown_again_with_its_words(
    questioned: Stage, signed_in: SignIn, *, answer: str, content: bytes, code: int, sentence: str
) -> None:
    client, kept = signed_in("lan"), questioned.desk.evidence.digests()
    form = StrictPage(client.get(PAGE).text).form(TO_ANSWER)
    files = {"other": ("a.png", content, "image/png")}
    again = client.post(TO_ANSWER, data={**form, "answer": answer}, files=files)
    assert again.status_code == code
    assert sentence in again.text
    assert f">{answer}</textarea>" in again.text
    assert view(questioned).awaits_answer
    assert questioned.desk.evidence.digests() == kept


def test_all_files_of_a_correction_are_counted_together(
    questioned: Stage, signed_in: SignIn
) -> None:
    client, kept = signed_in("lan"), questioned.desk.evidence.digests()
    form = StrictPage(client.get(PAGE).text).form(TO_ANSWER)
    # One file lies with the request already.
    files = [("other", (f"{number}.png", picture(), "image/png")) for number in range(MOST)]
    again = client.post(TO_ANSWER, data={**form, "answer": ANSWER}, files=files)
    assert again.status_code == 409
    assert view(questioned).awaits_answer
    assert questioned.desk.evidence.digests() == kept


@pytest.mark.parametrize("who", ["hoa", "ngoc"])
def test_nobody_answers_for_the_requester_and_no_file_of_theirs_is_kept(
    questioned: Stage, signed_in: SignIn, who: str
) -> None:
    kept = questioned.desk.evidence.digests()
    sent = {"command_id": str(uuid4()), "answer": ANSWER}
    files = {"other": ("a.png", picture(), "image/png")}
    answer = signed_in(who).post(TO_ANSWER, data=sent, files=files)
    assert answer.status_code == 403
    assert view(questioned).awaits_answer
    assert questioned.desk.evidence.digests() == kept


def test_an_answer_that_nobody_waits_for_is_refused(requested: Stage, signed_in: SignIn) -> None:
    sent = {"command_id": str(uuid4()), "answer": ANSWER}
    answer = signed_in("lan").post(TO_ANSWER, data=sent)
    assert answer.status_code == 409
    assert "Không có câu hỏi nào đang chờ bạn trả lời." in answer.text


def test_who_asks_while_a_question_waits_is_told_so(questioned: Stage, signed_in: SignIn) -> None:
    assert asks(signed_in("ngoc"), "Còn câu 5?") == 409
    questioned.says(LAN, "answers")
    assert asks(signed_in("ngoc"), "Còn câu 5?") == 303
    questioned.says(LAN, "answers")
    questioned.says(HOA, "confirms")
    questioned.says(NGOC, "approves")
    assert asks(signed_in("ngoc"), "Còn câu 6?") == 409


def test_the_history_calls_a_question_a_question(questioned: Stage, signed_in: SignIn) -> None:
    questioned.says(LAN, "answers")
    page = signed_in("ngoc").get("/lich-su").text
    assert f"Câu hỏi: {QUESTION}" in page
    assert f"Câu trả lời: {ANSWER}" in page
    assert "Nguyên nhân: cộng nhầm điểm" in page
