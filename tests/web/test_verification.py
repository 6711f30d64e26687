"""The leaders verify the ledger on a page, and anybody at a terminal, with a report to print."""

import json
import re
import time
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from ledger.store.triggers import GUARDS
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.note import Algorithm, SigningKey
from ledger.verification import CODES, Finding
from ledger.verification.verifying import Progress
from tests.browser.stage import Stage
from tests.school import NOW
from tests.web.conftest import SignIn
from web.command_groups.verification import verify
from web.command_line import run
from web.desk import Desk
from web.settings import Settings
from web.verification.conducting import Verification
from web.verification.job import VerificationJob, Work
from web.wording import verification as words

PAGE = "/kiem-chung/so"
Captured = pytest.CaptureFixture[str]


def change_a_line(desk: Desk) -> None:
    """As whoever owns the file does it, and puts the guards back."""
    with desk.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER event_no_update"))
        connection.execute(text("UPDATE event SET leaf_hash = zeroblob(32) WHERE position = 2"))
        (guard,) = (one for one in GUARDS["sqlite"] if one.name == "event_no_update")
        connection.execute(text(guard.statement))


def verified(client: TestClient, **form: str) -> str:
    """Start a verification and wait for the page that tells its outcome."""
    assert client.post(PAGE, data=form).headers["location"] == PAGE
    for _ in range(200):
        page: str = client.get(PAGE).text
        if "data-running" not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("the verification did not end")


def test_before_the_first_there_is_nothing_to_take_away(signed_in: SignIn) -> None:
    answer = signed_in("duc").get(f"{PAGE}/bao-cao")
    assert "content-disposition" not in answer.headers
    assert "Kết quả lần kiểm gần nhất" not in answer.text


def test_a_clean_ledger_is_told_with_a_report_to_print(signed_in: SignIn) -> None:
    client = signed_in("duc")
    page = verified(client)
    assert words.PASSED in page
    assert all(what in page for what in (words.CHECKED["lines"], words.CHECKED["vault-boxes"]))
    report = client.get(f"{PAGE}/bao-cao")
    assert re.search(r'filename="kiem-chung-\d{4}-\d\d-\d\d-\d{4}\.html"', str(report.headers))
    for told in (words.PASSED, *words.LIMITS, "Người kiểm", "Hiệu trưởng"):
        assert told in report.text


def test_a_changed_line_is_told_with_what_it_has_to_be(desk: Desk, signed_in: SignIn) -> None:
    change_a_line(desk)
    page = verified(signed_in("ngoc"))
    assert words.PASSED not in page
    assert "Nội dung dòng 2 không khớp với mã băm ghi cùng dòng." in page
    assert "leaf-differs" in page


def test_a_head_from_paper_is_compared(desk: Desk, signed_in: SignIn) -> None:
    client, head = signed_in("khoa"), desk.ledger.recorder.head()
    assert words.PASSED in verified(client, remembered=f"{head.position}:{head.root.hex()}")
    other = verified(client, remembered=f"{head.position}:{'00' * 32}")
    assert "remembered-differs" in other


def test_a_head_that_cannot_be_read_begins_nothing(signed_in: SignIn) -> None:
    client = signed_in("duc")
    answer = client.post(PAGE, data={"remembered": "mười hai"})
    assert (answer.status_code, "Không đọc được đầu sổ này." in answer.text) == (422, True)
    assert "mười hai" in answer.text
    assert "data-running" not in client.get(PAGE).text


def test_only_one_goes_on_at_a_time_and_a_broken_one_is_told() -> None:
    job, gate, begun = VerificationJob(), Event(), list[str]()

    def work(name: str) -> Work:
        def go_on(progress: Progress) -> Verification:
            begun.append(name)
            progress(1, 2)
            gate.wait()
            raise OSError("the disk is gone")

        return go_on

    for name in ("first", "second"):
        job.begin(work(name), by=name, at=NOW)
    gate.set()
    while job.running:
        time.sleep(0.01)
    assert (begun, job.broke_off, job.last) == (["first"], True, None)


def test_a_moment_is_told_as_people_read_it() -> None:
    expected, found = "2026-10-05T02:00:00+00:00", "2026-10-04T02:00:00+00:00"
    told = words.finding_sentence(Finding("moment-goes-back", 7, "", expected, found))
    assert "09:00 ngày 04/10/2026, sớm hơn dòng đứng trước (09:00 ngày 05/10/2026)" in told


def test_every_code_has_a_sentence_that_fits() -> None:
    for code in CODES:
        sentence = words.finding_sentence(Finding(code, 7, "chỗ", "đúng", "sai"))
        assert sentence.endswith((".", "sai"))
        assert not {"{", "None"} & {*sentence, *sentence.split()}


@pytest.fixture
def at_terminal(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The environment names the school, which nobody else has open."""
    stage.desk.engine.dispose()
    folder = Path(str(stage.desk.engine.url.database)).parent
    monkeypatch.setenv("GRADE_LEDGER_DATA", str(folder))
    monkeypatch.delenv("GRADE_LEDGER_URL", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    return Settings.in_folder(folder)


@pytest.mark.usefixtures("at_terminal")
def test_the_terminal_says_that_nothing_was_found(capsys: Captured) -> None:
    assert run(["verify"]) == 0
    shown = capsys.readouterr()
    assert shown.out.endswith(f"{words.PASSED}\n")


def test_the_terminal_tells_the_first_broken_line(
    desk: Desk, at_terminal: Settings, capsys: Captured, tmp_path: Path
) -> None:
    change_a_line(desk)
    desk.engine.dispose()
    report = tmp_path / "bao-cao.html"
    assert run(["verify", "--json", "--report", str(report)]) == 1
    told = json.loads(capsys.readouterr().out)
    first = told["findings"][0]
    assert (told["clean"], first["code"], first["position"]) == (False, "leaf-differs", 2)
    assert first["expected"] != first["found"]
    assert "leaf-differs" in report.read_text(encoding="utf-8")
    assert run(["verify", "--report", str(report)]) == 1
    assert "report-exists" in capsys.readouterr().err
    assert at_terminal.data_folder.is_dir()


def test_a_copy_is_verified_where_it_lies(
    at_terminal: Settings, tmp_path: Path, capsys: Captured
) -> None:
    copy = tmp_path / "usb"
    copy.mkdir()
    (copy / "ledger.db").write_bytes((at_terminal.data_folder / "ledger.db").read_bytes())
    before = sorted(copy.iterdir())
    for place in (copy, copy / "ledger.db", f"sqlite:///{copy / 'ledger.db'}"):
        assert run(["verify", "--database", str(place)]) == 0
    assert sorted(copy.iterdir()) == before
    assert "vault-key-not-given" in capsys.readouterr().out


@pytest.mark.usefixtures("at_terminal")
def test_who_brings_a_key_along_believes_no_other(desk: Desk, capsys: Captured) -> None:
    key, head = desk.keys.begin_log("so-diem/thu"), desk.ledger.recorder.head()
    note = Checkpoint(key.name, head.position, head.root).signed(key)
    desk.checkpoints.keep(note, signed_at=desk.clock())
    desk.engine.dispose()
    other = SigningKey.from_seed(key.name, Algorithm.ED25519, b"o" * 32)
    assert run(["verify"]) == 0
    assert run(["verify", "--log", str(key.verifier)]) == 0
    assert run(["verify", "--log", str(other.verifier)]) == 1
    assert "checkpoint-unsigned" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (["--head", "12"], 2),
        (["--head", f"12:{'zz' * 32}"], 2),
        (["--log", "truong.example"], 2),
        (["--remembered", "nowhere"], 2),
        (["--policy", "nowhere"], 2),
        (["--report", "nowhere/bao-cao.html"], 2),
        (["--report", "/proc/bao-cao.html"], 1),
        (["--database", "nowhere.db"], 1),
        (["--database", "mysql://x/y"], 1),
        (["--head", f"90000:{'00' * 32}"], 1),
    ],
)
@pytest.mark.usefixtures("at_terminal")
def test_what_cannot_be_used_ends_in_one_sentence(
    given: list[str], code: int, capsys: Captured
) -> None:
    assert run(["verify", *given]) == code
    assert "Traceback" not in capsys.readouterr().err


def test_the_guide_gives_commands_as_they_are() -> None:
    guide = Path(__file__).parents[2] / "docs" / "huong-dan" / "kiem-chung.md"
    given = re.findall(r"^grade-ledger verify (.*)$", guide.read_text("utf-8"), re.MULTILINE)
    known = {name for option in verify.params for name in option.opts}
    assert given
    assert {word for line in given for word in line.split() if word.startswith("-")} <= known
