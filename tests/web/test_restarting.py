"""A new incarnation at the terminal: two people give their passwords, and what was lost is told."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from select import select

import pytest

from ledger.school.incarnation import LostLines
from ledger.store.keys import KeyMissing
from ledger.store.reading import opened_for_reading
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.note import Algorithm, Note, NotSigned, SigningKey, VerifierKey
from ledger.verification import Trusted, verify
from tests.browser.stage import Stage
from tests.school import KHOA, NGOC
from tests.staff import PASSWORD, employ
from tests.web.conftest import client_of
from tests.web.published import describe
from tests.web.test_command_line import Captured, desk, settings
from web.app import create_app
from web.command_line import run
from web.desk import Desk
from web.publishing.deciding import add_witness, witness_of
from web.publishing.restarting import begin_anew, head_in, newest_kept, unfinished
from web.settings import Settings

__all__ = ["desk", "settings"]

WITNESS = SigningKey.from_seed("phong.example/w1", Algorithm.COSIGNATURE, bytes(range(32)))
NOBODY = "http://127.0.0.1:9/"


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough: what is recorded is decided without any."""
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture
def sealed(desk: Desk) -> Desk:
    """A school with a principal who can sign in, sealed once, with a witness that is away."""
    employ(desk, NGOC.person, NGOC.author.role, username="ngocnt")
    describe(Stage(desk, desk.clock))  # type: ignore[arg-type]
    desk.publisher.publish()
    add_witness(desk.keys, witness_of("phong", str(WITNESS.verifier), NOBODY))
    return desk


def seen_by_the_witness(desk: Desk, size: int, root: bytes, *, key: SigningKey = WITNESS) -> Note:
    """A checkpoint of this log that was cosigned, and that this ledger may know nothing of."""
    log = desk.keys.log_keys()[0]
    note = Checkpoint(log.name, size, root).signed(log)
    return note.signed_with(key.cosign(note.text, at=1_790_000_000))


@pytest.fixture
def last(sealed: Desk, tmp_path: Path) -> Path:
    """The file of a checkpoint with two lines more than there are."""
    file = tmp_path / "last.txt"
    size = sealed.ledger.recorder.head().position + 2
    file.write_bytes(seen_by_the_witness(sealed, size, bytes(32)).to_bytes())
    return file


def words(
    last: Path | None, *more: str, principal: str = "ngocnt", reason: str = "Ổ cứng hỏng"
) -> list[str]:
    asked = ["checkpoint", "restart", "--reason", reason, "--json"]
    asked += ["--principal", principal, "--administrator", "khoapt"]
    return [*asked, *more] + (["--last-checkpoint", str(last)] if last else [])


def at_a_terminal(asked: list[str], *passwords: str) -> tuple[int, str, str]:
    """Answer each question of a command as a person at a terminal; exit code, output, questions."""
    ours, theirs = pty.openpty()
    program = "from web.command_line import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", program, *asked],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        start_new_session=True,  # else the questions would go to the terminal of the tests
    ) as asking:
        os.close(theirs)
        shown = ""
        for password in passwords:
            while not shown.rstrip().endswith(":"):
                assert select([ours], [], [], 60)[0], shown
                shown += os.read(ours, 1000).decode()
            os.write(ours, f"{password}\n".encode())
            shown += " *\n"
        told, _ = asking.communicate()
    os.close(ours)
    return asking.returncode, told, shown


def test_two_people_begin_the_log_anew(sealed: Desk, last: Path) -> None:
    lines = sealed.ledger.recorder.head().position
    code, told, shown = at_a_terminal(words(last), PASSWORD, PASSWORD)
    assert code == 0, shown
    assert "Mật khẩu của ngocnt:" in shown
    assert "Mật khẩu của khoapt:" in shown
    assert PASSWORD not in shown
    answered = json.loads(told)
    assert answered["origin"] == "so-diem/hn-0501/r2"
    assert (answered["lost_first"], answered["lost_last"]) == (lines + 1, lines + 2)
    key = sealed.keys.log_keys()[-1]
    assert answered["key"] == str(key.verifier)
    published = sealed.publisher.publish()
    assert published
    assert (published.checkpoint.origin, published.checkpoint.size) == (key.name, lines + 1)
    (restored,) = sealed.ledger.school().restarts
    assert restored.lost == LostLines(first=lines + 1, last=lines + 2)
    assert restored.published.root == "00" * 32
    assert not sealed.accounts.sessions(NGOC.person, now=sealed.clock())


def test_a_wrong_password_begins_nothing(sealed: Desk, last: Path) -> None:
    code, _, shown = at_a_terminal(words(last), PASSWORD, "không phải")
    assert code == 1, shown
    assert sealed.ledger.school().restarts == ()
    assert len(sealed.keys.log_keys()) == 1


def test_who_is_no_principal_begins_nothing(sealed: Desk, last: Path) -> None:
    code, _, shown = at_a_terminal(words(last, principal="lanpt"), PASSWORD)
    assert code == 1, shown
    assert sealed.ledger.school().restarts == ()


def test_what_was_recorded_and_has_no_key_yet_is_finished(
    sealed: Desk, last: Path, capsys: Captured
) -> None:
    assert at_a_terminal(words(last), PASSWORD, PASSWORD)[0] == 0
    (sealed.keys.folder / "log-2.key").unlink()  # killed just before it was made
    assert run(words(None)) == 0  # and nobody is asked again
    answered = json.loads(capsys.readouterr().out)
    assert answered["key"] == str(sealed.keys.log_keys()[-1].verifier)
    assert len(sealed.ledger.school().restarts) == 1
    assert unfinished(sealed) is None
    # Once it has signed, a key that is not there was lost, and nobody makes another in its place.
    sealed.publisher.publish()
    (sealed.keys.folder / "log-2.key").unlink()
    assert run(words(None)) == 1
    assert "[log-key-missing]" in capsys.readouterr().err
    assert len(sealed.keys.log_keys()) == 1


def lose_the_key(desk: Desk) -> VerifierKey:
    """The key file is gone with the disk that it was on, and there was no copy."""
    (key,) = desk.keys.log_keys()
    (desk.keys.folder / "log-1.key").unlink()
    return key.verifier


def codes_found(settings: Settings, desk: Desk, *logs: VerifierKey) -> set[str]:
    keys = [key.verifier for key in desk.keys.log_keys()]
    with opened_for_reading(settings.url) as engine:
        report = verify(engine, trusted=Trusted(logs=[*keys, *logs]))
    return {finding.code for finding in (*report.findings, *report.remarks)}


def test_a_log_whose_key_was_lost_goes_on_under_another(
    sealed: Desk, settings: Settings, tmp_path: Path, capsys: Captured
) -> None:
    size = sealed.ledger.recorder.head().position
    last = tmp_path / "last.txt"
    last.write_bytes(
        seen_by_the_witness(sealed, size, sealed.ledger.recorder.tree.root(size)).to_bytes()
    )
    old = lose_the_key(sealed)
    with pytest.raises(KeyMissing, match=old.name):
        sealed.publisher.publish()
    code, told, shown = at_a_terminal(words(last, "--key-lost"), PASSWORD, PASSWORD)
    assert code == 0, shown
    answered = json.loads(told)
    assert (answered["lost_first"], answered["key_lost"]) == (None, True)
    published = sealed.publisher.publish()
    assert published
    assert published.checkpoint.origin == answered["origin"] == f"{old.name}/r2"
    assert codes_found(settings, sealed) == {"log-key-lost"}
    assert codes_found(settings, sealed, old) == set()
    # Found again, it changes nothing: nobody signs in the old name any more.
    assert [key.name for key in sealed.keys.log_keys()] == [f"{old.name}/r2"]


def test_a_key_that_was_lost_for_good_is_not_missed_by_a_restore(
    sealed: Desk, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sealed.keys.folder / "policy").unlink()
    lose_the_key(sealed)
    begin_anew(
        sealed, newest_kept(sealed), by=NGOC.author, administrator=KHOA.person, reason="Mất USB"
    )
    sealed.publisher.publish()
    assert run(["backup", str(tmp_path / "b")]) == 0
    place = Settings.in_folder(tmp_path / "new")
    shutil.copytree(sealed.keys.folder, place.data_folder / "keys")
    monkeypatch.setenv("GRADE_LEDGER_URL", place.url)
    monkeypatch.setenv("GRADE_LEDGER_DATA", str(place.data_folder))
    capsys.readouterr()
    assert run(["restore", str(tmp_path / "b"), "--json"]) == 0
    answered = json.loads(capsys.readouterr().out)
    assert (answered["missing"], answered["findings"]) == ([], [])


def test_a_lost_key_is_said_to_be_lost_by_people(
    sealed: Desk, last: Path, capsys: Captured
) -> None:
    assert run(words(last, "--key-lost")) == 1
    assert "[log-key-is-here]" in capsys.readouterr().err
    lose_the_key(sealed)
    assert run(words(last)) == 1
    assert "[log-key-missing]" in capsys.readouterr().err
    assert run(words(None, "--key-lost")) == 1  # the witness may have seen more than there is
    assert "[last-checkpoint-needed]" in capsys.readouterr().err
    (sealed.keys.folder / "policy").unlink()
    seen = newest_kept(sealed)
    assert seen.size == sealed.ledger.recorder.head().position


def test_nothing_is_signed_between_the_record_and_the_new_key(sealed: Desk, last: Path) -> None:
    assert at_a_terminal(words(last), PASSWORD, PASSWORD)[0] == 0
    (sealed.keys.folder / "log-2.key").unlink()  # killed just before it was made
    with pytest.raises(KeyMissing, match=r"log-2\.key"):
        sealed.publisher.publish()


def test_without_a_witness_that_answers_somebody_has_to_bring_the_checkpoint(
    sealed: Desk, capsys: Captured
) -> None:
    assert run(words(None)) == 1
    assert "[no-witness-told]" in capsys.readouterr().err
    assert sealed.ledger.school().restarts == ()


def unfit_files(desk: Desk) -> Iterator[bytes]:
    stranger = SigningKey.from_seed("ai.example/w", Algorithm.COSIGNATURE, bytes(32))
    other_log = SigningKey.from_seed("so-diem/khac", Algorithm.ED25519, bytes(32))
    yield b"khong phai lan niem phong"
    yield seen_by_the_witness(desk, 99, bytes(32), key=stranger).to_bytes()
    note = Checkpoint(other_log.name, 99, bytes(32)).signed(other_log)
    yield note.signed_with(WITNESS.cosign(note.text, at=1)).to_bytes()
    right = seen_by_the_witness(desk, 99, bytes(32)).to_bytes()
    yield right.replace(b"\n99\n", b"\n98\n")
    yield right.replace(b64encode(bytes(32)), b64encode(b"\x01" * 32))


def test_only_a_checkpoint_of_this_log_that_a_witness_has_seen_counts(
    sealed: Desk, capsys: Captured, tmp_path: Path
) -> None:
    for number, content in enumerate(unfit_files(sealed)):
        file = tmp_path / f"{number}.txt"
        file.write_bytes(content)
        assert run(words(file)) == 1
        assert "[last-checkpoint-unfit]" in capsys.readouterr().err
    assert run(words(tmp_path / "none.txt")) == 1
    assert "[file-not-readable]" in capsys.readouterr().err


def test_lines_written_after_a_restore_do_not_hide_that_others_are_gone(sealed: Desk) -> None:
    size = sealed.ledger.recorder.head().position
    seen = seen_by_the_witness(sealed, size, bytes(32))  # as many lines as there are, but others
    begun = begin_anew(
        sealed,
        head_in(sealed, seen.to_bytes()),
        by=NGOC.author,
        administrator=KHOA.person,
        reason="Khôi phục rồi nhập tiếp",
    )
    assert begun.fact.continued is None  # no witness has seen any line that is there now
    assert begun.fact.lost == LostLines(first=1, last=size)
    same = seen_by_the_witness(sealed, size, sealed.ledger.recorder.tree.root(size))
    with pytest.raises(NotSigned):
        head_in(sealed, same.to_bytes())  # the log that signed it has ended


def test_the_lost_lines_stay_on_the_page_of_the_sealing(sealed: Desk, last: Path) -> None:
    begin_anew(
        sealed,
        head_in(sealed, last.read_bytes()),
        by=NGOC.author,
        administrator=KHOA.person,
        reason="Ổ cứng hỏng",
    )
    lines = sealed.ledger.school().restarts[0].restored.size
    token = sealed.accounts.sign_in(
        "ngocnt", PASSWORD, address="127.0.0.1", device="", now=sealed.clock()
    )
    client = client_of(create_app(sealed), {"grade-ledger-session": token})
    page = " ".join(re.sub("<[^>]+>", " ", client.get("/niem-phong").text).split())
    assert f"Dòng {lines + 1}–{lines + 2} : đã niêm phong dưới tên so-diem/hn-0501" in page
    assert "từ đó sổ tên là so-diem/hn-0501/r2" in page
    assert "Quản trị cùng xác nhận: Bùi Đăng Khoa" in page
    assert "Chưa đặt bản sao lưu chạy kèm máy chủ" in page
