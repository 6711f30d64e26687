"""A school year from the terminal: what it plans, opens and refuses."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.school import KHOA, LAN, NGOC
from tests.staff import employ
from web.command_line import run
from web.desk import Desk, open_desk
from web.settings import Settings

Captured = pytest.CaptureFixture[str]
YEAR = "2026-2027"
PLAN = ["year", "plan", YEAR, "--as", "khoavd"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("GRADE_LEDGER_DATA", str(tmp_path))
    desk = open_desk(Settings.in_folder(tmp_path))
    for voice, username in ((NGOC, "ngocht"), (KHOA, "khoavd"), (LAN, "lanpt")):
        employ(desk, voice.person, voice.author.role, username=username)
    yield desk
    desk.engine.dispose()


def test_a_year_has_the_usual_days_and_what_the_programme_teaches(
    desk: Desk, capsys: Captured
) -> None:
    assert run([*PLAN, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"school_year": YEAR, "subjects": 48}
    year = desk.ledger.year(YEAR)
    assert year.frame(1).last < year.frame(2).first
    assert year.subjects[8, "cong-nghe"].regular_count == 3


def test_a_year_is_planned_once(desk: Desk, capsys: Captured) -> None:
    assert run(PLAN) == 0
    head = desk.ledger.recorder.head().position
    assert run(PLAN) == 1
    assert "[year-already-planned]" in capsys.readouterr().err
    assert desk.ledger.recorder.head().position == head


@pytest.mark.parametrize("name", ["2026", "2026-2030", "1990-1991"])
def test_what_is_no_school_year_is_told(desk: Desk, capsys: Captured, name: str) -> None:
    assert run(["year", "plan", name, "--as", "khoavd"]) == 1
    assert "[no-such-year]" in capsys.readouterr().err


def test_who_sets_up_nothing_plans_nothing(desk: Desk, capsys: Captured) -> None:
    assert run(["year", "plan", YEAR, "--as", "lanpt"]) == 1
    assert "[no-role-for-import]" in capsys.readouterr().err
    assert desk.ledger.year(YEAR).planned is None


def test_a_semester_that_is_not_ready_tells_everything_that_is_missing(
    desk: Desk, capsys: Captured
) -> None:
    run(PLAN)
    assert run(["year", "open", YEAR, "1", "--as", "khoavd"]) == 1
    assert "[semester-is-not-ready]" in capsys.readouterr().err
