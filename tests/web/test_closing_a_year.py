"""Closing a year on its page: what is still missing, who has to cosign, and that it is done."""

import re
from uuid import uuid4

import httpx2
import pytest

from ledger.line import Fact, Line
from ledger.results.commands import results_stream
from ledger.results.facts import PromotionAfterSummerApproved, TermResultsApproved
from ledger.results.terms import Term
from ledger.store.codec import to_stored_events
from ledger.vocabulary import CommandId
from tests.browser.stage import Stage, watch
from tests.ledger.witnesses import Watchers
from tests.school import DUC, NGOC
from tests.staff import delegate
from tests.web.conftest import SignIn
from tests.web.published import describe
from tests.web.year import PATH, YEAR, YearStage

VICE, OFFICE = "pho-hieu-truong", "phong-gddt"
PAGE = f"{PATH}/niem-phong"


@pytest.fixture
def watchers(stage: Stage) -> Watchers:
    """A school with a year of two classes, whose policy names two witnesses."""
    describe(stage)
    YearStage(stage).set_up()
    desk, watchers = stage.desk, Watchers(VICE, OFFICE)
    desk.publisher.publish()
    watchers.log = desk.keys.log_keys()[-1].verifier
    watchers.decide(desk.keys)
    watchers.decide(desk.keys, "all", "policy-close-year")
    watch(stage, watchers)
    return watchers


def record(stage: Stage, class_group: str, fact: Fact) -> None:
    """Put an approval into the book as it stands there once its rules have been followed."""
    stream = results_stream(YEAR, class_group)
    version = stage.desk.ledger.class_results(YEAR, class_group).version + 1
    line = Line(stream, version, fact, NGOC.author, stage.clock(), CommandId(uuid4()))
    stage.desk.ledger.recorder.insert_events(to_stored_events([line]))


def approve(stage: Stage, *classes: str) -> None:
    for name in classes:
        fact = TermResultsApproved(
            school_year=YEAR,
            class_group=name,
            term=Term.YEAR,
            revision=1,
            circular="tt22",
            policy="other-subjects.1",
            basis=(),
            results=(),
        )
        record(stage, name, fact)


def close(signed_in: SignIn, who: str = "ngoc") -> httpx2.Response:
    fields = {"command_id": str(uuid4()), "password": "bảng đen phấn trắng"}
    return signed_in(who).post(PAGE, data=fields)


def words(answer: httpx2.Response) -> str:
    return " ".join(re.sub("<[^>]+>", " ", answer.text).split())


def test_what_is_missing_is_told_before_anybody_asks(
    watchers: Watchers, stage: Stage, signed_in: SignIn
) -> None:
    approve(stage, "6A2")
    shown = words(signed_in("duc").get(PAGE))
    assert "Chưa duyệt kết quả cả năm của 6A1." in shown
    assert "Niêm phong ghi vào sổ" not in shown
    assert "chưa duyệt kết quả cả năm của 6A1" in words(close(signed_in))


def test_both_witnesses_must_have_seen_the_last_approval(
    watchers: Watchers, stage: Stage, signed_in: SignIn
) -> None:
    stage.desk.publisher.publish()  # Both have seen the year, and nothing approved in it.
    watchers[OFFICE].at_home = False
    approve(stage, "6A1", "6A2")
    assert "pho-hieu-truong, phong-gddt chưa xác nhận" in words(close(signed_in))
    stage.desk.publisher.publish()
    assert stage.desk.publisher.standing().without_quorum == 0  # One is enough to publish.
    refused = close(signed_in)
    assert refused.status_code == 409
    assert "phong-gddt chưa xác nhận các kết quả đã duyệt" in words(refused)
    assert "pho-hieu-truong" not in words(refused)
    assert stage.desk.ledger.year(YEAR).closed is None

    watchers[OFFICE].at_home = True
    stage.desk.publisher.publish()
    assert "Đủ nhân chứng đã xác nhận đến dòng" in words(signed_in("ngoc").get(PAGE))
    assert close(signed_in).headers["location"] == f"{PAGE}?da_ghi=1"
    closed = stage.desk.ledger.year(YEAR).closed
    assert closed is not None
    newest = stage.desk.publisher.newest()
    assert newest is not None
    seal = closed.fact.seal
    assert (seal.size, seal.root) == (newest.checkpoint.size, newest.checkpoint.root.hex())
    assert {one.witness for one in seal.cosigned} == {f"{VICE}.example/w1", f"{OFFICE}.example/w1"}
    assert stage.desk.publisher.wanted.is_set()  # It is published at once.
    for page in (PATH, PAGE):
        assert "Đã niêm phong năm học" in words(signed_in("duc").get(page))
    assert "phong-gddt.example/w1 đã xác nhận." in words(signed_in("duc").get(f"{PATH}/nhat-ky"))


def test_a_later_approval_asks_for_a_new_seal(
    watchers: Watchers, stage: Stage, signed_in: SignIn
) -> None:
    approve(stage, "6A1", "6A2")
    stage.desk.publisher.publish()
    close(signed_in)
    assert "da_ghi=0" in close(signed_in).headers["location"]
    after_summer = PromotionAfterSummerApproved(
        school_year=YEAR, class_group="6A1", revision=1, year_revision=1, pupils=()
    )
    record(stage, "6A1", after_summer)
    assert "Sau đó có kết quả được duyệt thêm" in words(signed_in("ngoc").get(PAGE))
    assert close(signed_in).status_code == 409
    stage.desk.publisher.publish()
    assert "da_ghi=1" in close(signed_in).headers["location"]


def test_without_a_policy_of_its_own_every_witness_is_needed(
    watchers: Watchers, stage: Stage, signed_in: SignIn
) -> None:
    (stage.desk.keys.folder / "policy-close-year").unlink()
    watchers[VICE].at_home = False
    approve(stage, "6A1", "6A2")
    stage.desk.publisher.publish()
    assert "pho-hieu-truong chưa xác nhận" in words(close(signed_in))
    watchers[VICE].at_home = True
    stage.desk.publisher.publish()
    assert close(signed_in).status_code == 303


def test_without_witnesses_no_year_is_closed(
    watchers: Watchers, stage: Stage, signed_in: SignIn
) -> None:
    for name in ("policy", "policy-close-year"):
        (stage.desk.keys.folder / name).unlink()
    approve(stage, "6A1", "6A2")
    assert "trường chưa có nhân chứng nào" in words(close(signed_in))
    assert "Trường chưa có nhân chứng nào ở ngoài máy chủ" in words(signed_in("ngoc").get(PAGE))


def test_the_principal_in_person_gives_the_password(
    watchers: Watchers, stage: Stage, signed_in: SignIn
) -> None:
    approve(stage, "6A1", "6A2")
    stage.desk.publisher.publish()
    delegate(stage.desk, DUC)
    assert "Chỉ đích thân hiệu trưởng niêm phong năm học" in words(close(signed_in, "duc"))
    client = signed_in("ngoc")
    stage.clock.forward(minutes=6)
    asked = client.post(PAGE, data={"command_id": str(uuid4())})
    assert asked.status_code in {401, 403, 422}
    assert stage.desk.ledger.year(YEAR).closed is None
