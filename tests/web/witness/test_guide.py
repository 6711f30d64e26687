"""The guide of the witness is carried out as it stands, on the two machines of which it tells."""

import re
import shlex
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.browser.stage import serving
from tests.test_guide import COMMANDS as OF_A_NEW_SCHOOL
from web.command_line import run
from web.witness.answering import open_witness
from web.witness.app import witness_app

GUIDE = (Path(__file__).parents[3] / "docs/huong-dan/nhan-chung.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```console\ngrade-ledger (.+)\n```", GUIDE)
SERVES = "witness serve --host 0.0.0.0"


def key_in(said: str) -> str:
    """The first key that was told."""
    found = re.search(r"\S+\+[0-9a-f]{8}\+\S+", said)
    return found[0] if found else ""


def meant(command: str, there: dict[str, str]) -> str:
    """The command with what stands there on these two machines."""
    for written, here in there.items():
        command = command.replace(written, here)
    return command


def test_the_guide_leads_from_nothing_to_a_head_that_is_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADE_LEDGER_DATA", str(tmp_path / "truong"))
    monkeypatch.setenv("COLUMNS", "200")

    def carried_out(command: str) -> str:
        code = run(shlex.split(command))
        said = capsys.readouterr()
        assert code == 0, (command, said)
        return said.out

    carried_out(OF_A_NEW_SCHOOL[0])
    before, after = COMMANDS[: COMMANDS.index(SERVES)], COMMANDS[COMMANDS.index(SERVES) + 1 :]
    heard = ""
    with ExitStack() as until_the_end:
        begun = carried_out(before[0])
        witness = open_witness(tmp_path / "nhan-chung")
        until_the_end.callback(witness.memory.close)
        address = until_the_end.enter_context(serving(witness_app(witness)))
        there = {"http://192.168.1.20:7380/": address, "KHÓA-CỦA-NHÂN-CHỨNG": key_in(begun)}
        for written in before[1:]:
            heard = carried_out(meant(written, {**there, "KHÓA-CỦA-SỔ": key_in(heard)}))
        shown = {written: carried_out(written) for written in after}
    assert "đang xác nhận" in shown["witness show"]
    assert (tmp_path / "dau-so.txt").read_text().startswith("so-diem/31000001\n")


def test_the_guide_leaves_no_command_out() -> None:
    assert len(COMMANDS) == GUIDE.count("```console") == 10
