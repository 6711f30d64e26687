"""The pages of signals: what leaders see and do, and what a teacher is asked and answers."""

from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.signals.commands import CloseSignal, EscalateSignal, MarkSignalSeen
from ledger.signals.facts import SignalNoted, SignalOutcome, SignalStatus
from ledger.signals.state import Handled
from tests.browser.stage import Stage, copied_stage
from tests.opened_year import SCHOOL_YEAR
from tests.school import DUC, LAN, NGOC
from tests.web.conftest import SignIn
from tests.web.signalled import (
    ANSWER,
    LIST,
    NOTED,
    PAGE,
    QUESTION,
    SIGNAL,
    acts,
    answer,
    ask_lan,
    see_it,
)
from tests.web.supervised import open_supervised

QUESTIONS = "/toi/cau-hoi"
WHY = "Tổ đã thống nhất lại đáp án"


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with an open semester, made once."""
    folder = tmp_path_factory.mktemp("signals") / "school"
    with copied_stage(built_school, folder) as stage:
        open_supervised(stage)
    return folder


def send(client: TestClient, path: str, **fields: str) -> httpx2.Response:
    named = {name.replace("_", "-"): text for name, text in fields.items()}
    return client.post(path, data={"command_id": str(uuid4()), **named})


def handled(stage: Stage) -> Handled:
    return stage.desk.ledger.signals(SCHOOL_YEAR).of[SIGNAL]


def test_an_empty_list_says_what_it_means(signed_in: SignIn) -> None:
    duc = signed_in("duc")
    assert f'href="{LIST}/bao-cao"' in duc.get("/bat-thuong").text
    page = duc.get(LIST).text
    assert "Chưa có gì để so sánh" in page or "Không có dấu hiệu nào nổi bật" in page
    assert "không quá 5%" in page


def test_what_people_acted_on_stays_when_it_stands_out_no_more(
    stage: Stage, signed_in: SignIn
) -> None:
    see_it(stage)
    duc = signed_in("duc")
    page = duc.get(LIST).text
    assert f'href="{PAGE}"' in page
    assert "Nay không còn nổi bật" in page
    assert "số liệu lúc ghi nhận" in duc.get(PAGE).text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tt=seen&lop=6A2&mon=toan&khoi=6&hoc_ki=1", True),
        (f"gv={LAN.person}&loai=changed-in-window", True),
        (f"gv={DUC.person}", False),
        ("tt=closed", False),
        ("lop=9Z9&trang=99", False),
        ("loai=nothing&hoc_ki=x&mon=%3Cb%3E&trang=-1", False),
    ],
)
def test_filters_find_what_they_ask_for(
    stage: Stage, signed_in: SignIn, query: str, *, found: bool
) -> None:
    see_it(stage)
    page = signed_in("ngoc").get(f"{LIST}?{query}")
    assert page.status_code == 200
    assert (PAGE in page.text) is found
    assert ("Không có dấu hiệu nào khớp" in page.text) is not found


def test_each_act_is_recorded_by_whom_it_was_done(stage: Stage, signed_in: SignIn) -> None:
    see_it(stage)
    duc, ngoc = signed_in("duc"), signed_in("ngoc")
    assert send(ngoc, f"{PAGE}/da-xem").status_code == 303
    assert send(duc, f"{PAGE}/hoi", teacher=str(LAN.person), question=QUESTION).status_code == 303
    assert handled(stage).status is SignalStatus.ASKED
    assert send(duc, f"{PAGE}/giai-thich", explain_reason=WHY).status_code == 303
    assert send(duc, f"{PAGE}/bao-cao", escalate_reason=WHY).status_code == 303
    closed = send(ngoc, f"{PAGE}/dong", outcome="innocent", close_reason=WHY)
    assert closed.headers["location"] == f"{PAGE}#dien-bien"
    assert handled(stage).status is SignalStatus.CLOSED
    assert send(ngoc, f"{PAGE}/mo-lai", reopen_reason="Phụ huynh có đơn").status_code == 303
    told = [(act.fact.NAME, act.by.person) for act in handled(stage).acts]
    assert told == [
        *(("signal-noted", DUC.person), ("signal-seen", DUC.person)),
        *(("signal-seen", NGOC.person), ("teacher-asked", DUC.person)),
        *(("signal-explained", DUC.person), ("signal-escalated", DUC.person)),
        *(("signal-closed", NGOC.person), ("signal-reopened", NGOC.person)),
    ]
    page = duc.get(PAGE).text
    assert all(words in page for words in (QUESTION, WHY, "Phụ huynh có đơn"))


def test_what_a_signal_says_is_never_taken_from_a_form(stage: Stage, signed_in: SignIn) -> None:
    see_it(stage)
    forged = NOTED.model_copy(update={"q": "0.9"}).model_dump_json()
    send(signed_in("duc"), f"{PAGE}/giai-thich", explain_reason=WHY, finding=forged)
    noted = [act.fact for act in handled(stage).acts if isinstance(act.fact, SignalNoted)]
    assert [fact.finding for fact in noted] == [NOTED]


def test_a_finding_with_figures_of_another_day_is_shown_by_them(
    stage: Stage, signed_in: SignIn
) -> None:
    older = NOTED.model_copy(update={"figures": (("changed-then", "17.5"),)})
    acts(stage, DUC, MarkSignalSeen, finding=older)
    assert "changed-then 17,5" in signed_in("duc").get(PAGE).text


def test_a_signal_that_nobody_knows_is_acted_on_by_nobody(signed_in: SignIn) -> None:
    duc = signed_in("duc")
    assert duc.get(PAGE).status_code == 404
    assert send(duc, f"{PAGE}/da-xem").status_code == 404
    assert (
        send(duc, f"{LIST}/{uuid4()}/dong", outcome="innocent", close_reason=WHY).status_code == 404
    )
    assert duc.get(f"/bat-thuong/2031-2032/{SIGNAL}").status_code == 404


@pytest.mark.parametrize(
    ("act", "fields", "sentence"),
    [
        ("hoi", {"teacher": "x", "question": "?"}, "Hãy chọn một người"),
        ("hoi", {"teacher": str(DUC.person), "question": QUESTION}, "không dạy bảng điểm"),
        ("giai-thich", {"explain_reason": " "}, "lý do"),
        ("dong", {"outcome": "guilty", "close_reason": WHY}, "Hãy chọn một kết luận"),
        ("mo-lai", {"reopen_reason": WHY}, "đang mở"),
    ],
)
def test_what_is_refused_is_said_and_nothing_typed_is_lost(
    stage: Stage, signed_in: SignIn, act: str, fields: dict[str, str], sentence: str
) -> None:
    see_it(stage)
    page = send(signed_in("duc"), f"{PAGE}/{act}", **fields)
    assert page.status_code in {409, 422}
    assert sentence.lower() in page.text.lower()
    assert handled(stage).status is SignalStatus.SEEN
    if WHY in fields.values() and act == "dong":
        assert WHY in page.text


def test_an_act_that_there_is_none_of_is_not_found(stage: Stage, signed_in: SignIn) -> None:
    see_it(stage)
    assert send(signed_in("duc"), f"{PAGE}/xoa").status_code == 404


def test_an_escalated_signal_is_the_principals(stage: Stage, signed_in: SignIn) -> None:
    see_it(stage)
    acts(stage, DUC, EscalateSignal, reason=WHY)
    duc = signed_in("duc")
    assert f"{PAGE}/dong" not in duc.get(PAGE).text
    refused = send(duc, f"{PAGE}/dong", outcome="innocent", close_reason=WHY)
    assert (refused.status_code, "chỉ hiệu trưởng" in refused.text) == (403, True)
    assert f"{PAGE}/dong" in signed_in("ngoc").get(PAGE).text


def test_the_teacher_sees_the_question_and_no_more(stage: Stage, signed_in: SignIn) -> None:
    ask_lan(stage)
    acts(stage, DUC, EscalateSignal, reason="Điều chỉ lãnh đạo biết")
    lan = signed_in("lan")
    page = lan.get(QUESTIONS).text
    assert QUESTION in page
    assert "Điều chỉ lãnh đạo biết" not in page
    assert (
        send(lan, f"{QUESTIONS}/{SCHOOL_YEAR}/{SIGNAL}", **{f"answer-{SIGNAL}": ANSWER}).status_code
        == 303
    )
    assert [said.text for said in handled(stage).questions[0].answers] == [ANSWER]
    assert "Đã trả lời" in lan.get(QUESTIONS).text


def test_nobody_else_sees_or_answers_a_question(stage: Stage, signed_in: SignIn) -> None:
    ask_lan(stage)
    vinh = signed_in("vinh")
    assert "Không có câu hỏi nào" in vinh.get(QUESTIONS).text
    refused = send(vinh, f"{QUESTIONS}/{SCHOOL_YEAR}/{SIGNAL}", **{f"answer-{SIGNAL}": ANSWER})
    assert (refused.status_code, "Chỉ người được hỏi" in refused.text) == (403, True)
    assert handled(stage).questions[0].answers == ()


def test_an_answer_too_short_is_typed_on(stage: Stage, signed_in: SignIn) -> None:
    ask_lan(stage)
    page = send(
        signed_in("lan"), f"{QUESTIONS}/{SCHOOL_YEAR}/{SIGNAL}", **{f"answer-{SIGNAL}": "ừ"}
    )
    assert (page.status_code, ">ừ</textarea>" in page.text) == (422, True)


def test_the_first_page_tells_each_what_waits(stage: Stage, signed_in: SignIn) -> None:
    ask_lan(stage)
    assert "1 câu hỏi chờ bạn trả lời" in signed_in("lan").get("/").text
    assert "câu hỏi chờ bạn" not in signed_in("vinh").get("/").text
    answer(stage)
    assert "câu hỏi chờ bạn" not in signed_in("lan").get("/").text
    assert "1 dấu hiệu đã có trả lời" in signed_in("duc").get("/").text
    acts(stage, DUC, EscalateSignal, reason=WHY)
    assert "1 dấu hiệu chờ bạn kết luận" in signed_in("ngoc").get("/").text
    acts(stage, NGOC, CloseSignal, outcome=SignalOutcome.INNOCENT, reason=WHY)
    assert "chờ bạn kết luận" not in signed_in("ngoc").get("/").text


def test_who_it_concerns_is_told_that_another_judges(stage: Stage, signed_in: SignIn) -> None:
    theirs = NOTED.model_copy(
        update={"place": NOTED.place.model_copy(update={"person": DUC.person})}
    )
    acts(stage, NGOC, MarkSignalSeen, finding=theirs)
    page = f"{LIST}/{theirs.signal_id}"
    duc = signed_in("duc")
    assert "một lãnh đạo khác" in duc.get(page).text
    refused = send(duc, f"{page}/dong", outcome="innocent", close_reason=WHY)
    assert (refused.status_code, "chính bạn" in refused.text) == (403, True)
