"""The guide for a new school is carried out as it stands: its files, its commands, a first mark."""

import re
import shlex
from pathlib import Path
from uuid import uuid4

import pytest
import xlsxwriter

from ledger.vocabulary import sheet_id_of
from tests.web.conftest import client_of
from web.app import create_app
from web.command_line import run
from web.desk import open_desk
from web.settings import Settings

GUIDE = (Path(__file__).parents[1] / "docs/huong-dan/truong-moi.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```console\ngrade-ledger (.+)\n```", GUIDE)
# What stands between the name of a file and the end of its table.
FILES = re.findall(r"Tệp `([\w-]+\.xlsx)`[^|]*((?:\|.*\|\n)+)", GUIDE)
MATHS = sheet_id_of("2026-2027", 1, "6A1", "toan")


def write_table(path: Path, table: str) -> None:
    """A table of the guide as a worksheet of texts, as an office would have typed it."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for number, row in enumerate([rows[0], *rows[2:]]):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    book.close()


def test_the_guide_has_its_files_and_few_commands() -> None:
    assert [name for name, _ in FILES] == ["nhan-su.xlsx", "hoc-sinh.xlsx", "phan-cong.xlsx"]
    assert len(COMMANDS) == GUIDE.count("```console") == 7


def test_the_guide_leads_from_nothing_to_a_first_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADE_LEDGER_DATA", str(tmp_path / "data"))
    for name, table in FILES:
        write_table(tmp_path / name, table)
    shown = []
    for command in COMMANDS:
        code = run(shlex.split(command))
        said = capsys.readouterr()
        assert code == 0, (command, said.err)
        shown.append(said.out)
    assert "Đã mở 12 bảng điểm" in shown[5]
    password = re.search(r"\S+-\S+", shown[6])
    assert password is not None, shown[6]
    desk = open_desk(Settings.in_folder(tmp_path / "data"))
    try:
        teacher = client_of(create_app(desk))
        signs_in = {"username": "binhtv", "password": password[0].strip(".")}
        assert teacher.post("/dang-nhap", data=signs_in).status_code == 303
        pupil = desk.ledger.sheet(MATHS).pupils[0]
        assert desk.names().pupil(pupil) == "Nguyễn Hoài An"
        zero = {"pupil": str(pupil), "column": "regular-1", "mark": "0", "read_version": 0}
        entered = {"command_id": str(uuid4()), "entries": [zero]}
        answer = teacher.post(f"/api/v1/sheets/{MATHS}/marks", json=entered)
        assert answer.status_code == 200, answer.text
        assert desk.ledger.sheet(MATHS).cell((pupil, "regular-1")).mark.text == "0.0"
    finally:
        desk.engine.dispose()
