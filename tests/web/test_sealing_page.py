"""What the leaders see of the sealing, and what anybody may read of the log."""

import re

import pytest
from sqlalchemy import text as sql
from starlette.testclient import TestClient

from ledger.trust.checkpoint import Checkpoint
from ledger.trust.merkle import root
from ledger.trust.note import Note
from tests.browser.stage import PUPILS, Stage, watch
from tests.ledger.witnesses import Watchers
from tests.school import LAN
from tests.web.conftest import SignIn
from tests.web.published import describe

VICE, OFFICE = "pho-hieu-truong", "phong-gddt"


def enter(stage: Stage, number: int = 1, mark: str = "8.0") -> None:
    stage.says(LAN, "enters", (PUPILS[number], "final", mark, 0))


@pytest.fixture
def published(stage: Stage) -> Stage:
    """A school that is called something and has published once."""
    describe(stage)
    stage.desk.publisher.publish()
    return stage


@pytest.fixture
def watchers(published: Stage) -> Watchers:
    """Two witnesses that the school's policy names, reached without a network."""
    desk, watchers = published.desk, Watchers(VICE, OFFICE)
    watchers.log = desk.keys.log_keys()[-1].verifier
    watchers.decide(desk.keys)
    watch(published, watchers)
    return watchers


def shown(signed_in: SignIn, who: str = "ngoc", page: str = "/") -> str:
    """The words of a page, one space between any two of them."""
    return " ".join(re.sub("<[^>]+>", " ", signed_in(who).get(page).text).split())


def test_without_witnesses_the_next_step_is_told(published: Stage, signed_in: SignIn) -> None:
    published.clock.forward(minutes=7)
    enter(published)
    text = shown(signed_in, "duc")
    assert "Niêm phong gần nhất đến dòng" in text
    assert "cách đây 7 phút" in text
    assert "Chưa niêm phong 1 dòng" in text
    assert "grade-ledger checkpoint add-witness" in text
    assert "Chưa đủ nhân chứng" not in text


@pytest.mark.parametrize(("who", "sees"), [("khoa", True), ("lan", False), ("hoa", False)])
def test_the_card_is_for_who_leads_the_school(
    *, published: Stage, signed_in: SignIn, who: str, sees: bool
) -> None:
    assert ("Niêm phong sổ" in shown(signed_in, who)) == sees


def test_a_school_that_was_never_sealed_says_so(signed_in: SignIn) -> None:
    assert "Niêm phong gần nhất chưa lần nào" in shown(signed_in)
    assert "Chưa có lần niêm phong nào" in shown(signed_in, page="/niem-phong")


def test_it_says_who_has_cosigned_and_who_has_not(
    watchers: Watchers, published: Stage, signed_in: SignIn
) -> None:
    watchers[OFFICE].at_home = False
    enter(published)
    published.desk.publisher.publish()
    published.clock.forward(hours=30)
    text = shown(signed_in)
    assert f"{VICE} đã xác nhận" in text
    assert f"{OFFICE} không trả lời" in text
    assert "Chưa đủ nhân chứng 0 dòng (cần 1 trong 2 nhân chứng)" in text
    assert "Không nhân chứng nào" not in text


def test_a_day_without_any_witness_is_red(
    watchers: Watchers, published: Stage, signed_in: SignIn
) -> None:
    for name in (VICE, OFFICE):
        watchers[name].at_home = False
    enter(published)
    published.desk.publisher.publish()
    published.clock.forward(minutes=9)
    assert "chưa đủ nhân chứng xác nhận" not in shown(signed_in)
    published.clock.forward(minutes=2)
    assert "chưa đủ nhân chứng xác nhận (cần 1 trong 2 nhân chứng)" in shown(signed_in)
    assert "Không nhân chứng nào xác nhận" not in shown(signed_in)
    published.clock.forward(hours=24)
    page = signed_in("ngoc").get("/").text
    assert "Không nhân chứng nào xác nhận từ" in page
    assert "is-wrong" in page
    # Marks are entered all the while.
    enter(published, 2)


def test_what_was_rewritten_is_told_in_red(published: Stage, signed_in: SignIn) -> None:
    with published.desk.engine.begin() as connection:
        connection.execute(sql("DROP TRIGGER checkpoint_no_update"))
        first = "(SELECT leaf_hash FROM event WHERE position = 1)"
        connection.execute(sql(f"UPDATE checkpoint SET root = {first}"))
    with pytest.raises(Exception, match="rewritten"):
        published.desk.publisher.publish()
    for page in ("/", "/niem-phong"):
        text = shown(signed_in, page=page)
        assert "Các dòng đã niêm phong không còn như khi được ký." in text
        assert "grade-ledger verify" in text


def test_a_lost_key_is_told(published: Stage, signed_in: SignIn) -> None:
    (published.desk.keys.folder / "log-1.key").unlink()
    with pytest.raises(LookupError):
        published.desk.publisher.publish()
    assert "Không thấy khóa của sổ so-diem/hn-0501" in shown(signed_in)


@pytest.mark.parametrize("change", ["note = 'nothing'", "signed_at = 'yesterday'"])
def test_a_row_that_cannot_be_read_is_told(
    published: Stage, signed_in: SignIn, anonymous: TestClient, change: str
) -> None:
    with published.desk.engine.begin() as connection:
        connection.execute(sql("DROP TRIGGER checkpoint_no_update"))
        connection.execute(sql(f"UPDATE checkpoint SET {change}"))
    for page in ("/", "/niem-phong"):
        assert "Bản lưu của một lần niêm phong không đọc được." in shown(signed_in, page=page)
    assert anonymous.get("/tlog/checkpoint").status_code == 503


def test_a_key_that_cannot_be_read_is_told(published: Stage, signed_in: SignIn) -> None:
    (published.desk.keys.folder / "log-1.key").write_text("not a key")
    for page in ("/", "/niem-phong"):
        assert "Khóa của sổ, hoặc tên cho ở GRADE_LEDGER_ORIGIN" in shown(signed_in, page=page)


def test_a_policy_nobody_can_read_is_told(published: Stage, signed_in: SignIn) -> None:
    (published.desk.keys.folder / "policy").write_text("nhân chứng: phòng\n")
    for page in ("/", "/niem-phong"):
        assert "Tệp keys/policy không đọc được" in shown(signed_in, page=page)


def test_the_page_lists_checkpoints_and_what_witnesses_need(
    watchers: Watchers, published: Stage, signed_in: SignIn
) -> None:
    for number in range(3):
        enter(published, number)
        published.clock.forward(minutes=1)
        watchers[OFFICE].at_home = number == 1
        published.desk.publisher.publish()
    text = shown(signed_in, page="/niem-phong")
    assert str(published.desk.keys.log_keys()[-1].verifier) in text
    assert str(watchers[VICE].key.verifier) in text
    assert "Để công bố: cần 1 trong 2 nhân chứng." in text
    assert text.count("Tải về") == 4
    picture = signed_in("ngoc").get("/niem-phong").text
    # The first one too, which the witnesses were asked about before anything more was signed.
    assert picture.count("seals-sealed") == 4
    assert "seals-gap" not in picture


def test_a_checkpoint_is_downloaded_as_a_note(
    watchers: Watchers, published: Stage, signed_in: SignIn
) -> None:
    published.desk.publisher.publish()
    answer = signed_in("duc").get("/niem-phong/1")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    note = Note.parse(answer.content)
    checkpoint = Checkpoint.parse(note.text)
    assert answer.headers["content-disposition"].endswith(f'"dau-so-{checkpoint.size}.txt"')
    assert len(note.signatures) == 3
    assert signed_in("duc").get(f"/niem-phong/{checkpoint.size + 1}").status_code == 404


def test_anybody_may_check_the_published_tree(published: Stage, anonymous: TestClient) -> None:
    note = Note.parse(anonymous.get("/tlog/checkpoint").content)
    checkpoint = Checkpoint.parse(note.text)
    enter(published)
    tile = anonymous.get(f"/tlog/tile/0/000.p/{checkpoint.size}")
    assert "immutable" in tile.headers["cache-control"]
    leaves = [tile.content[at : at + 32] for at in range(0, len(tile.content), 32)]
    assert root(leaves) == checkpoint.root
    # What no checkpoint holds yet is nobody's business, nor are the entries ever.
    for path in (f"0/000.p/{checkpoint.size + 1}", "0/000", "1/000.p/1", "entries/000", "0/0"):
        assert anonymous.get(f"/tlog/tile/{path}").status_code == 404


def test_before_the_first_checkpoint_there_is_nothing(anonymous: TestClient) -> None:
    assert anonymous.get("/tlog/checkpoint").status_code == 404
    assert anonymous.get("/tlog/tile/0/000.p/1").status_code == 404
