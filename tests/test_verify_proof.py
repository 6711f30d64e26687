"""The tool with which strangers check a proof: alone, and of one mind with the ledger's rules."""

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.ledger.trust.mutations import BAD, GOOD, MISPLACED, STREAM, Case, believed, every_case
from tests.ledger.trust.signers import ORIGIN, log_key, witness_key

TOOL = Path(__file__).parents[1] / "tools" / "verify_proof.py"
LOG = str(log_key().verifier)
SEEN, UNSEEN = str(witness_key("phong-gd").verifier), str(witness_key("hieu-pho").verifier)


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_proof", TOOL)
    assert spec
    assert spec.loader
    module = sys.modules["verify_proof"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tool_believes(tool: ModuleType, case: Case) -> bool:
    try:
        tool.report(case.entry, tool.verify(case.entry, case.proof, tool.read_policy(case.policy)))
    except tool.Refused:
        return False
    return True


@pytest.mark.parametrize("case", every_case(), ids=lambda case: case.name)
def test_it_believes_what_the_ledger_believes_and_nothing_else(
    tool: ModuleType, case: Case
) -> None:
    assert (believed(case), tool_believes(tool, case)) == (case.holds, case.holds)


def test_it_needs_one_package_and_reads_on_an_old_python() -> None:
    source = TOOL.read_text(encoding="utf-8")
    imported = {
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    packages = {str(name).partition(".")[0] for name in imported}
    assert packages - sys.stdlib_module_names == {"cryptography"}
    ast.parse(source, feature_version=(3, 9))


def test_a_line_that_says_another_number_than_its_place_is_refused(tool: ModuleType) -> None:
    with pytest.raises(tool.Refused, match="số khác"):
        tool.verify(MISPLACED.entry, MISPLACED.proof, tool.read_policy(MISPLACED.policy))


def run(folder: Path, case: Case, *options: str) -> subprocess.CompletedProcess[str]:
    """Run it as a stranger does: the one file, the two files, nothing of the project."""
    alone = folder / TOOL.name
    alone.write_bytes(TOOL.read_bytes())
    (folder / "dong-9.entry").write_bytes(case.entry)
    (folder / "dong-9.tlog-proof").write_bytes(case.proof)
    (folder / "policy").write_bytes(case.policy)
    return subprocess.run(
        [sys.executable, "-I", TOOL.name, "dong-9.entry", "dong-9.tlog-proof", *options],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "ascii"},
        check=False,
    )


def test_it_says_what_is_proven_and_what_is_not(tmp_path: Path) -> None:
    told = run(tmp_path, GOOD, "--policy", "policy")
    assert (told.returncode, told.stderr) == (0, "")
    for expected in (
        "ĐÚNG",
        "9, trong 13 dòng",
        STREAM,
        "mark-entered",
        "08:00:00 ngày 05/10/2026",
        '"after": "6.5"',
        ORIGIN,
        "phong-gd: 21:13:20 ngày 21/09/2026",
        "không nói rằng điểm ấy đúng với bài làm",
    ):
        assert expected in told.stdout


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--log", LOG], 0),
        (["--log", LOG, "--witness", SEEN], 0),
        (["--log", LOG, "--witness", SEEN, "--witness", UNSEEN], 1),
        (["--log", LOG, "--witness", SEEN, "--witness", UNSEEN, "--quorum", "1"], 0),
        (["--log", LOG, "--witness", UNSEEN, "--quorum", "0"], 0),
        (["--log", SEEN], 1),
        (["--log", LOG, "--quorum", "1"], 2),
        (["--log", LOG, "--policy", "policy"], 2),
        ([], 2),
        (["--policy", "nowhere"], 1),
    ],
)
def test_it_takes_keys_in_place_of_a_policy(tmp_path: Path, options: list[str], code: int) -> None:
    told = run(tmp_path, GOOD, *options)
    assert told.returncode == code, told
    assert "Traceback" not in told.stderr


def test_witnesses_are_told_by_the_names_of_their_keys(tmp_path: Path) -> None:
    keys = ["--log", LOG, "--witness", UNSEEN, "--witness", SEEN]
    assert "mới có: phong-gd" in run(tmp_path, GOOD, *keys).stdout
    assert "phong-gd: 21:13:20" in run(tmp_path, GOOD, *keys, "--quorum", "1").stdout


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (BAD._replace(entry=GOOD.entry.replace(b"6.5", b"9.5")), "dòng hoặc bằng chứng đã bị sửa"),
        (BAD._replace(proof=GOOD.proof.replace(b"phong-gd", b"ai-do")), "chưa đủ nhân chứng"),
        (BAD._replace(proof=GOOD.entry), "không phải là một bằng chứng"),
    ],
    ids=["another mark", "another witness", "files swapped"],
)
def test_it_says_why_a_proof_does_not_hold(tmp_path: Path, case: Case, reason: str) -> None:
    told = run(tmp_path, case, "--policy", "policy")
    assert (told.returncode, told.stderr) == (1, "")
    assert told.stdout.startswith("KHÔNG ĐÚNG: ")
    assert reason in told.stdout


def test_what_a_proven_line_says_plays_no_tricks_with_a_terminal(tool: ModuleType) -> None:
    assert tool.plain("a\x1b[31m\u202eb\nc") == "a\\u001b[31m\\u202eb\nc"
