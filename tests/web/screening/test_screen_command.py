"""`grade-ledger screen` as people and programs call it."""

import json
from pathlib import Path
from random import Random

import pytest

from tests.web.screening.files import text
from web.command_line import run

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Twenty classes of forty, one of which has two points more in maths than it ought to."""
    chance = Random(6)
    rows: list[tuple[object, ...]] = [("Lớp", "SBD", "Toán", "Ngữ văn", "Tiếng Anh")]
    for number in range(800):
        ability = chance.gauss(5.5, 1.2)
        scores = [ability + chance.gauss(0, 0.8) for _ in range(3)]
        scores[0] += 2.5 if number // 40 == 7 else 0
        told = (f"{min(max(score, 0), 10):.2f}".replace(".", ",") for score in scores)
        rows.append((f"9A{number // 40}", f"{number:06}", *told))
    rows[5] = (*rows[5][:2], "không rõ", *rows[5][3:])
    path = tmp_path_factory.mktemp("screened") / "điểm thi.csv"
    path.write_text(text(rows), encoding="utf-8-sig")
    return str(path)


def test_the_group_that_stands_off_is_told_first_with_what_was_seen(
    file: str, capsys: Captured
) -> None:
    assert run(["screen", file]) == 0
    said = capsys.readouterr().out
    assert "20 nhóm theo cột “Lớp”, 800 em, 2.399 điểm" in said
    assert "dòng 6: “không rõ”" in said
    ranked = [line for line in said.splitlines() if line.startswith("│ 1 ")]
    assert len(ranked) == 1
    assert "9A7" in ranked[0]
    assert "Toán: trung bình" in said
    assert "không phải kết luận có sai phạm" in said


def test_programs_get_every_group_in_rank_order_and_nothing_else(
    file: str, capsys: Captured
) -> None:
    assert run(["screen", file, "--group", "lop", "--json"]) == 0
    streams = capsys.readouterr()
    assert "9A7" not in streams.err
    findings = json.loads(streams.out, parse_constant=pytest.fail)
    assert len(findings) == 20
    assert findings[0]["group"] == "9A7"
    assert findings[0]["pupils"] == 40
    assert findings[0]["q"] <= 0.05
    assert [one["q"] for one in findings] == sorted(one["q"] for one in findings)
    assert not any(one["signals"] for one in findings if one["q"] > 0.05)
    strongest = findings[0]["signals"][0]
    assert strongest["subject"] == "Toán"
    assert strongest["kind"] == "high"
    assert strongest["effect"] > 1
    assert strongest["sentence"].startswith("Toán: ")
    assert {"p", "q", "found", "expected"} <= strongest.keys()


def test_the_same_file_gives_the_same_bytes(file: str, capsys: Captured) -> None:
    run(["screen", file, "--json"])
    first = capsys.readouterr().out
    run(["screen", file, "--json"])
    assert capsys.readouterr().out == first


def test_a_table_without_anything_unusual_is_quiet(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "even.csv"
    rows = [
        (f"9A{number % 5}", number % 7 + 2, "" if number % 5 == 4 else 5) for number in range(70)
    ]
    path.write_text(text([("Lớp", "Toán", "Văn"), *rows, ("9B", "v", "v")]))
    assert run(["screen", str(path)]) == 0
    said = capsys.readouterr().out
    assert "Không nhóm nào" in said
    assert "1 nhóm không có điểm nào nên không xét: 9B" in said
    assert run(["screen", str(path), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 5


def test_what_cannot_be_screened_ends_with_a_sentence_and_its_code(
    file: str, tmp_path: Path, capsys: Captured
) -> None:
    assert run(["screen", file, "--group", "Quận"]) == 1
    streams = capsys.readouterr()
    assert not streams.out
    assert "Không có cột nào là “Quận”" in streams.err
    assert "[no-such-column]" in streams.err
    assert run(["screen", str(tmp_path / "không có")]) == 1
    assert "[file-not-readable]" in capsys.readouterr().err
    assert run(["screen", file, "--rate", "2"]) == 2


def test_a_strangers_words_reach_no_terminal_as_commands(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "strange.csv"
    path.write_text("L\u1edbp;To\u00e1n\n\x1b[31m9A;\x1b[2Jx\n9B;5\n9B;6\n[red]9C;4\n")
    assert run(["screen", str(path)]) == 0
    assert "\x1b" not in capsys.readouterr().out
