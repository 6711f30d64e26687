"""The proof of a mark's line: who may take it home, what is in it, and where there is none."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from ledger.refusal import Refused
from ledger.trust.merkle import leaf_hash
from ledger.trust.note import SigningKey
from ledger.trust.policy import Policy
from ledger.trust.proof import TlogProof
from tests.browser.stage import MATHS, PUPILS, Stage
from tests.school import LAN, NGOC
from tests.web.conftest import SignIn
from tests.web.published import describe

AN, BAO = PUPILS[0], PUPILS[1]
MARK = f"/so-diem/{MATHS}/o/{AN}/midterm"
HERE = LAN.about(MATHS)


def enters(stage: Stage, *texts: str) -> list[int]:
    """Enter marks into one cell, each over the one before; the positions of their lines."""
    for mark in texts:
        stage.says(HERE, "enters", (AN, "midterm", mark, stage.version(1, "midterm")))
    rows = stage.desk.history.of_cell(MATHS, AN, "midterm")
    return [row.position for row in rows if row.kind != "attempt-refused"]


def proof_at(position: int, mark: str = MARK) -> str:
    return f"{mark}/bang-chung/{position}"


def files_in(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def our_policy(stage: Stage) -> Policy:
    return Policy(logs={stage.desk.keys.log_keys()[-1].verifier: None})


def test_a_line_is_taken_home_and_verifies(signed_in: SignIn, stage: Stage) -> None:
    describe(stage)
    first, second = enters(stage, "6.5", "8.0")
    client = signed_in("lan")
    assert f'href="{proof_at(second)}"' in client.get(MARK).text
    answer = client.get(proof_at(second))
    assert answer.headers["content-type"] == "application/zip"
    assert f'filename="bang-chung-dong-{second}.zip"' in answer.headers["content-disposition"]
    files = files_in(answer.content)
    assert list(files) == [f"dong-{second}.entry", f"dong-{second}.tlog-proof", "doc-truoc.txt"]
    entry, proof = files[f"dong-{second}.entry"], files[f"dong-{second}.tlog-proof"]
    assert b'"after":"8.0"' in entry
    assert TlogProof.parse(proof).verify(leaf_hash(entry), our_policy(stage)).log
    read_me = files["doc-truoc.txt"].decode()
    assert f"DÒNG {second} CỦA SỔ so-diem/hn-0501" in read_me
    assert "KHÓA CÔNG KHAI PHẢI LẤY TỪ NƠI KHÁC" in read_me
    assert client.get(proof_at(second)).content == answer.content
    assert first != second


@pytest.mark.parametrize(
    ("username", "status"), [("lan", 200), ("hoa", 200), ("duc", 200), ("mai", 200), ("vinh", 403)]
)
def test_it_is_for_who_may_see_the_history_of_the_mark(
    signed_in: SignIn, stage: Stage, username: str, status: int
) -> None:
    describe(stage)
    (position,) = enters(stage, "6.5")
    assert signed_in(username).get(proof_at(position)).status_code == status


def test_a_line_of_another_cell_or_of_none_is_not_told_here(
    signed_in: SignIn, stage: Stage
) -> None:
    describe(stage)
    (position,) = enters(stage, "6.5")
    client = signed_in("lan")
    other = f"/so-diem/{MATHS}/o/{BAO}/midterm"
    for path in (proof_at(position, other), proof_at(1), proof_at(0), proof_at(10**30)):
        answer = client.get(path)
        assert (answer.status_code, "Sổ không có dòng này" in answer.text) == (404, True), path


def test_a_refused_attempt_is_proven_only_to_who_sees_it(signed_in: SignIn, stage: Stage) -> None:
    describe(stage)
    stage.says(NGOC.about(MATHS), "locks_column", "midterm")
    with pytest.raises(Refused):
        stage.says(HERE, "enters", (AN, "midterm", "7.5", 0))
    rows = stage.desk.history.of_cell(MATHS, AN, "midterm", attempts=True)
    (attempt,) = (row.position for row in rows if row.refusal)
    assert signed_in("duc").get(proof_at(attempt)).status_code == 200
    assert signed_in("hoa").get(proof_at(attempt)).status_code == 404


def test_a_school_whose_log_has_not_begun_says_so(signed_in: SignIn, stage: Stage) -> None:
    (position,) = enters(stage, "6.5")
    answer = signed_in("lan").get(proof_at(position))
    assert answer.status_code == 409
    assert "chưa nằm dưới dấu niêm phong nào" in answer.text
    assert "line-not-published-yet" in answer.text


def test_a_broken_key_file_is_no_failure_of_the_page(
    signed_in: SignIn, anonymous: TestClient, stage: Stage
) -> None:
    describe(stage)
    (position,) = enters(stage, "6.5")
    stage.desk.publisher.publish()
    (key,) = Path(stage.desk.keys.folder).glob("log-*.key")
    key.chmod(0o600)
    key.write_text("nothing")
    assert signed_in("lan").get(proof_at(position)).status_code == 409
    assert anonymous.get("/kiem-chung").status_code == 200


def test_of_a_line_that_was_altered_nothing_is_handed_out(signed_in: SignIn, stage: Stage) -> None:
    describe(stage)
    (position,) = enters(stage, "6.5")
    stage.desk.publisher.publish()
    with stage.desk.engine.begin() as connection:
        triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name in connection.scalars(triggers).all():
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        changed = "CAST(REPLACE(state, '6.5', '9.5') AS BLOB)"
        connection.execute(text(f"UPDATE event SET state = {changed} WHERE position = {position}"))
    answer = signed_in("lan").get(proof_at(position))
    assert (answer.status_code, "line-differs-from-published" in answer.text) == (409, True)


def test_the_page_for_checking_is_open_to_everybody_and_names_the_key(
    anonymous: TestClient, stage: Stage
) -> None:
    assert "Khóa của sổ ở máy chủ này" not in anonymous.get("/kiem-chung").text
    describe(stage)
    stage.desk.publisher.publish()
    (key,) = stage.desk.keys.log_keys()
    page = anonymous.get("/kiem-chung").text
    assert isinstance(key, SigningKey)
    assert str(key.verifier) in page
    assert "Hãy so từng ký tự với khóa đã được giữ ở nơi khác" in page
    assert key.to_text() not in page
