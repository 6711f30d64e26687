"""Files imported from the terminal: previewed always, and recorded with --yes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.school import KHOA, LAN, SHEET, VINH
from tests.staff import employ
from tests.web.spreadsheets.school import listed, school
from tests.web.spreadsheets.workbooks import (
    PUPILS,
    Draw,
    class_list,
    sector_list,
    table,
    vnedu,
    workbook,
)
from web.command_line import run
from web.desk import Desk
from web.settings import Settings

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def settings(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Name an empty school in the environment."""
    monkeypatch.setenv("GRADE_LEDGER_URL", database_url)
    monkeypatch.setenv("GRADE_LEDGER_DATA", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    return Settings(database_url, tmp_path)


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    """Give that school a class, a sheet and two accounts."""
    desk = school(settings)
    for voice, username in ((LAN, "lanpt"), (KHOA, "khoapt"), (VINH, "vinhpt")):
        employ(desk, voice.person, voice.author.role, username=username)
    yield desk
    desk.engine.dispose()


@pytest.fixture
def marks_file(tmp_path: Path) -> str:
    file = tmp_path / "điểm.xlsx"
    file.write_bytes(workbook(vnedu()))
    return str(file)


def test_a_file_of_marks_is_previewed_and_only_then_entered(
    desk: Desk, marks_file: str, capsys: Captured
) -> None:
    words = ["import", "scores", marks_file, "--sheet", str(SHEET), "--as", "lanpt"]
    assert run(words) == 0
    assert "Thêm --yes để nhập." in capsys.readouterr().out
    assert len(desk.ledger.lines(SHEET)) == 1
    assert run([*words, "--yes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entered"] == 10
    assert len(desk.ledger.lines(SHEET)) == 11


def test_a_file_for_a_strangers_sheet_is_refused(
    desk: Desk, marks_file: str, capsys: Captured
) -> None:
    words = ["import", "scores", marks_file, "--sheet", str(SHEET), "--as", "vinhpt", "--yes"]
    assert run(words) == 1
    assert "[not-your-sheet]" in capsys.readouterr().err
    assert len(desk.ledger.lines(SHEET)) == 1


def spreadsheet(folder: Path, draw: Draw) -> str:
    file = folder / "tệp.xlsx"
    file.write_bytes(workbook(draw))
    return str(file)


def test_class_lists_are_previewed_and_only_then_recorded(
    desk: Desk, tmp_path: Path, capsys: Captured
) -> None:
    rows = [("6A1", "0100000004", "Đỗ Hoàng Anh", ""), ("6A2", "0100000005", "Lê Văn Đức", "")]
    file = spreadsheet(tmp_path, sector_list(rows))
    words = ["import", "class-list", file, "--year", "2026-2027", "--as", "khoapt"]
    assert run(words) == 0
    shown = capsys.readouterr().out
    assert "lớp mới" in shown
    assert "Không lấy các cột: Nơi sinh, Nghề nghiệp cha." in shown
    assert "Chưa nhập gì. Thêm --yes để nhập." in shown
    assert listed(desk, "6A1") == ["An", "Bảo", "Chi"]
    assert run([*words, "--yes", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"rows": {"new": 2}, "differences": 0, "joined": 2}
    assert listed(desk, "6A1") == ["An", "Bảo", "Chi", "Anh"]
    assert listed(desk, "6A2") == ["Đức"]


def test_what_differs_from_the_directory_has_to_be_decided(
    desk: Desk, tmp_path: Path, capsys: Captured
) -> None:
    file = spreadsheet(tmp_path, sector_list([("6A1", "0100000001", "Nguyễn Hoài Ánh", "")]))
    words = ["import", "class-list", file, "--as", "khoapt", "--yes"]
    assert run(words) == 1
    assert "[differences-undecided]" in capsys.readouterr().err
    assert run([*words, "--keep-differences"]) == 0
    assert listed(desk, "6A1") == ["An", "Bảo", "Chi"]
    assert run([*words, "--take-differences"]) == 0
    assert listed(desk, "6A1") == ["Ánh", "Bảo", "Chi"]


def test_staff_are_imported_with_accounts_told_once(
    desk: Desk, tmp_path: Path, capsys: Captured
) -> None:
    head = ("STT", "Họ và tên", "Vai trò")
    file = spreadsheet(tmp_path, table(head, (1, "Đỗ Thị Quỳnh Anh", "Giáo viên bộ môn")))
    words = ["import", "staff", file, "--as", "khoapt"]
    assert run(words) == 0
    assert "anhdtq" in capsys.readouterr().out
    assert run([*words, "--yes", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (account,) = told["accounts"]
    assert desk.accounts.sign_in(
        account["username"], account["password"], address="", device="", now=desk.clock()
    )
    assert run([*words, "--yes"]) == 0
    assert "Không có gì để nhập." in capsys.readouterr().out


def test_assignments_are_imported(desk: Desk, tmp_path: Path, capsys: Captured) -> None:
    draw = table(("Lớp", "Toán", "Chủ nhiệm"), ("6A1", "Phạm Quang Vinh", "Phạm Quang Vinh"))
    words = ["import", "assignments", spreadsheet(tmp_path, draw), "--as", "khoapt"]
    assert run(words) == 0
    assert "thôi phân công" in capsys.readouterr().out
    assert run([*words, "--yes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["recorded"] == 3
    assert desk.ledger.sheet(SHEET).teachers == {VINH.person}


@pytest.mark.parametrize("what", ["class-list", "staff", "assignments"])
def test_set_up_files_are_refused_with_their_cells_and_for_teachers(
    desk: Desk, tmp_path: Path, capsys: Captured, what: str
) -> None:
    wrong = {
        "class-list": class_list((*PUPILS, PUPILS[0])),
        "staff": table(("Họ và tên", "Vai trò"), ("Anh", "Thư ký")),
        "assignments": table(("Lớp", "Toán"), ("6A9", "Phạm Quang Vinh")),
    }
    words = ["import", what, spreadsheet(tmp_path, wrong[what]), "--yes", "--as"]
    position = desk.ledger.recorder.head().position
    assert run([*words, "khoapt"]) == 1
    assert "[file-has-errors]" in capsys.readouterr().err
    assert run([*words, "lanpt"]) == 1
    assert "[no-role-for-import]" in capsys.readouterr().err
    assert desk.ledger.recorder.head().position == position


@pytest.mark.parametrize(
    ("content", "code"), [(None, "file-not-readable"), (b"no spreadsheet", "")]
)
def test_a_wrong_file_is_one_sentence(
    desk: Desk, tmp_path: Path, capsys: Captured, content: bytes | None, code: str
) -> None:
    file = tmp_path / "khác.xlsx"
    if content:
        file.write_bytes(content)
    words = ["import", "scores", str(file), "--sheet", str(SHEET), "--as", "lanpt"]
    assert run(words) == 1
    told = capsys.readouterr().err.strip()
    assert told.startswith("Lỗi: ")
    assert told.endswith("]")
    assert code in told
