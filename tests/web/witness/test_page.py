"""The one page for people: schools, their silence, and the alarm that must be seen."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ledger.trust.witnessing import WitnessRefuses
from tests.browser.stage import Clock
from tests.logs import SchoolLog
from tests.web.conftest import client_of
from web.witness.answering import Witness, open_witness
from web.witness.app import witness_app

LOG = SchoolLog()
OTHER = SchoolLog(origin="so-diem/bang-lang")


def text_of(client: TestClient) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_it_tells_what_was_cosigned_last_and_its_own_key(
    client: TestClient, witness: Witness
) -> None:
    witness.add_checkpoint(LOG.asks(0, 8).to_bytes())
    shown = text_of(client)
    assert str(witness.key.verifier) in shown
    assert f"{LOG.origin} 8 " in shown
    assert LOG.checkpoint(8).root.hex() in shown
    assert "đang xác nhận" in shown
    assert "im lặng" not in shown


def test_a_day_of_silence_is_told_and_a_minute_less_is_not(
    client: TestClient, witness: Witness, clock: Clock
) -> None:
    witness.add_checkpoint(LOG.asks(0, 8).to_bytes())
    clock.forward(days=1)
    assert "im lặng" not in text_of(client)
    clock.forward(seconds=1)
    assert f"{LOG.origin} im lặng từ" in text_of(client)


def test_a_school_that_never_spoke_and_one_that_has_ended_are_told_apart(
    client: TestClient, witness: Witness, clock: Clock
) -> None:
    witness.add_checkpoint(LOG.asks(0, 8).to_bytes())
    witness.memory.distrust(LOG.vkey)
    witness.memory.trust(OTHER.vkey)
    clock.forward(days=9)
    shown = text_of(client)
    assert "chưa gửi lần nào" in shown
    assert "đã thôi theo dõi" in shown
    assert "im lặng" not in shown


@pytest.mark.parametrize(
    ("size", "sentence"),
    [
        (8, "đã ký hai bản khác nhau cho cùng 8 dòng"),
        (12, "không chứng minh được là nối tiếp"),
        (6, "chỉ còn 6 dòng"),
    ],
)
def test_what_a_log_signed_against_itself_is_in_red_with_both_notes(
    client: TestClient, witness: Witness, size: int, sentence: str
) -> None:
    fork = LOG.forked_after(2)
    witness.add_checkpoint(LOG.asks(0, 8).to_bytes())
    assert 'role="alert"' not in client.get("/").text
    with pytest.raises(WitnessRefuses):
        witness.add_checkpoint(fork.asks(8, size).to_bytes())
    page = client.get("/").text
    assert 'class="banner bad" role="alert"' in page
    assert sentence in page
    last = witness.memory.last(LOG.origin)
    assert last is not None
    for note in (fork.note(size), last.note):
        assert note.to_bytes().decode() in page


def test_a_log_that_is_refused_every_minute_is_one_alarm_with_its_proof_first(
    client: TestClient, witness: Witness, clock: Clock
) -> None:
    fork = LOG.forked_after(2)
    witness.add_checkpoint(LOG.asks(0, 8).to_bytes())
    for size in (9, 8, 10, 11):
        clock.forward(minutes=1)
        with pytest.raises(WitnessRefuses):
            witness.add_checkpoint(fork.asks(8, size).to_bytes())
    assert client.get("/").text.count('role="alert"') == 1
    shown = text_of(client)
    assert "có bằng chứng sổ đã bị sửa" in shown
    assert "Còn 3 lần từ chối khác" in shown


def test_a_log_that_has_ended_is_suspected_no_more_but_a_proof_stays(
    client: TestClient, witness: Witness
) -> None:
    witness.add_checkpoint(LOG.asks(0, 8).to_bytes())
    with pytest.raises(WitnessRefuses):
        witness.add_checkpoint(LOG.asks(8, 6).to_bytes())
    assert "cần làm rõ" in text_of(client)
    witness.memory.distrust(LOG.vkey)
    assert 'role="alert"' not in client.get("/").text
    witness.memory.trust(LOG.vkey)
    with pytest.raises(WitnessRefuses):
        witness.add_checkpoint(LOG.forked_after(2).asks(8, 8).to_bytes())
    witness.memory.distrust(LOG.vkey)
    assert "có bằng chứng sổ đã bị sửa" in text_of(client)


def test_a_witness_that_knows_nobody_says_what_to_do(folder: Path) -> None:
    witness = open_witness(folder)
    assert "Chưa theo dõi sổ nào" in text_of(client_of(witness_app(witness)))
    witness.memory.close()


def test_a_name_is_never_markup(client: TestClient, witness: Witness) -> None:
    witness.memory.trust(SchoolLog(origin="<b>truong</b>").vkey)
    assert "<b>truong" not in client.get("/").text
