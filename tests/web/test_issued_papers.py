"""What was printed is noted by class: who notes which, and what of it is shown."""

from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.dossiers.facts import PaperKind
from tests.browser.stage import Stage, copied_stage
from tests.web.conftest import SignIn
from tests.web.strict_page import StrictPage
from tests.web.supervised import open_supervised

PAGE = "/ho-so/giay-da-in"
YEAR = "2026-2027"
CLASS_BOOK = {
    "paper": PaperKind.CLASS_BOOK.value,
    "semester": "1",
    "issued_on": "2026-10-03",
    "reason": "In hai bản, giao văn thư",
}


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with a year whose first semester is open, made once."""
    folder = tmp_path_factory.mktemp("printed") / "school"
    with copied_stage(built_school, folder) as stage:
        open_supervised(stage)
    return folder


def note(client: TestClient, *classes: str, **fields: str) -> httpx2.Response:
    sent = {**CLASS_BOOK, **fields, "nam": YEAR, "class_group": list(classes)}
    return client.post(PAGE, data={"command_id": str(uuid4()), **sent})


def issued(stage: Stage) -> list[tuple[str, str, int | None]]:
    papers = stage.desk.ledger.dossiers(YEAR).papers
    return [(one.fact.class_group, one.fact.paper, one.fact.semester) for one in papers]


def test_a_print_of_several_classes_is_one_act(stage: Stage, signed_in: SignIn) -> None:
    client = signed_in("mai")
    assert "Chưa ghi bản in nào" in client.get(PAGE).text
    assert note(client, "6A2", "6A3").headers["location"] == f"{PAGE}?nam={YEAR}"
    assert issued(stage) == [("6A2", "class-book", 1), ("6A3", "class-book", 1)]
    page = StrictPage(client.get(PAGE).text).text
    assert "Sổ theo dõi và đánh giá học sinh (theo lớp học)" in page
    assert "In hai bản, giao văn thư" in page


def test_a_school_record_is_of_the_whole_year(stage: Stage, signed_in: SignIn) -> None:
    note(signed_in("khoa"), "7A1", paper="school-record", semester="ca-nam")
    assert issued(stage) == [("7A1", "school-record", None)]


def test_a_homeroom_teacher_notes_the_own_class_only(stage: Stage, signed_in: SignIn) -> None:
    note(signed_in("hoa"), "6A3")
    assert issued(stage) == [("6A3", "class-book", 1)]
    stranger = signed_in("quyen")
    assert "Ghi một lần in" not in stranger.get(PAGE).text
    assert note(stranger, "6A3").status_code == 404
    assert len(issued(stage)) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"paper": "newspaper"}, "Hãy chọn loại sổ, giấy."),
        ({"semester": "3"}, "Hãy chọn ít nhất một học kì."),
        ({"issued_on": "hôm qua"}, "Hãy chọn ngày."),
        ({"issued_on": "2026-12-24"}, "ngày phải từ hôm nay trở về trước"),
        ({"reason": ""}, "Hãy ghi lý do"),
    ],
    ids=["paper", "semester", "day", "tomorrow", "note"],
)
def test_what_cannot_be_noted_is_said_and_the_form_stays(
    stage: Stage, signed_in: SignIn, fields: dict[str, str], sentence: str
) -> None:
    answer = note(signed_in("mai"), "6A2", **fields)
    assert answer.status_code in {409, 422}
    assert sentence in answer.text
    assert 'value="6A2" checked' in answer.text
    assert issued(stage) == []
