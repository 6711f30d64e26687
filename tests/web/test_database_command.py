"""`grade-ledger database`: prepared once by the owner, then the school runs with less."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ledger.store.database import open_database
from tests.ledger.store.writing import assert_sound
from tests.prepared import Roles, two_roles
from tests.school import AN, LAN
from tests.web.spreadsheets.school import school
from web.command_line import run
from web.commands.database import warn_of_excess
from web.settings import Settings

Captured = pytest.CaptureFixture[str]


class Terminal:
    """Somebody who types commands, with one address in the environment."""

    def __init__(self, patch: pytest.MonkeyPatch, captured: Captured, folder: Path) -> None:
        self._patch, self._captured = patch, captured
        self.moves(folder)

    def moves(self, folder: Path) -> None:
        """Have another data folder from now on."""
        self._patch.setenv("GRADE_LEDGER_DATA", str(folder))

    def types(self, *words: str, url: str, code: int = 0) -> str:
        self._patch.setenv("GRADE_LEDGER_URL", url)
        assert run(words) == code
        told = self._captured.readouterr()
        return told.out + told.err


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: Captured, tmp_path: Path) -> Terminal:
    return Terminal(monkeypatch, capsys, tmp_path)


@pytest.fixture
def roles(postgresql_url: str) -> Iterator[Roles]:
    with two_roles(postgresql_url) as roles:
        yield roles


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


def prepare(terminal: Terminal, roles: Roles) -> str:
    words = ("database", "prepare", "--role", roles.application)
    return terminal.types(*words, url=roles.owner_url)


def execute(url: str, *statements: str) -> None:
    engine = open_database(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_the_owner_prepares_and_is_told_the_address_for_the_application(
    terminal: Terminal, roles: Roles
) -> None:
    told = prepare(terminal, roles)
    (address,) = [line for line in told.splitlines() if line.startswith("GRADE_LEDGER_URL=")]
    assert f"//{roles.application}:MAT-KHAU@/" in address
    assert "schema=" in address
    assert prepare(terminal, roles) == told


def test_a_school_works_with_what_was_prepared(
    terminal: Terminal, roles: Roles, tmp_path: Path
) -> None:
    prepare(terminal, roles)
    desk = school(Settings(roles.application_url, tmp_path))
    desk.handle(LAN.enters((AN, "midterm", "0.0", 0)))
    assert_sound(desk.engine)
    desk.engine.dispose()
    assert "Đã dựng lại" in terminal.types("rebuild", url=roles.application_url)
    told = terminal.types("database", "check", url=roles.application_url)
    assert told == f"Vai trò {roles.application} không có quyền thừa nào trên sổ cái.\n"


def test_what_keeps_a_ledger_safe_asks_for_no_more_rights(
    terminal: Terminal, roles: Roles, postgresql_url: str, tmp_path: Path
) -> None:
    """Publishing, verifying, backing up and restoring, all with the address of the application."""
    prepare(terminal, roles)
    desk = school(Settings(roles.application_url, tmp_path, origin="so-diem/hoa-phuong"))
    published = desk.publisher.publish()
    desk.engine.dispose()
    assert published is not None
    assert published.checkpoint.size > 0
    terminal.types("verify", url=roles.application_url)
    backup = str(tmp_path / "backup")
    terminal.types("backup", backup, url=roles.application_url)
    with two_roles(postgresql_url) as elsewhere:
        prepare(terminal, elsewhere)
        terminal.moves(tmp_path / "elsewhere")
        terminal.types("restore", backup, url=elsewhere.application_url)
        terminal.types("verify", url=elsewhere.application_url)
        terminal.types("database", "check", url=elsewhere.application_url)


def test_every_right_too_many_is_told(terminal: Terminal, roles: Roles) -> None:
    prepare(terminal, roles)
    told = terminal.types("database", "check", url=roles.owner_url, code=1)
    assert "Sở hữu bảng event: gỡ được trigger, xóa được bảng." in told
    assert "[rights-too-many]" in told
    told = terminal.types("database", "check", "--json", url=roles.superuser_url, code=1)
    (said, *_) = told.splitlines()
    assert json.loads(said) == {
        "role": "postgres",
        "too_many": [{"right": "superuser", "on": "postgres"}],
    }


def test_rights_are_told_of_a_schema_that_is_still_empty(terminal: Terminal, roles: Roles) -> None:
    told = terminal.types("database", "check", url=roles.owner_url, code=1)
    assert "Sở hữu lược đồ" in told
    assert "Traceback" not in told


def test_preparing_a_role_that_stays_too_mighty_says_so(terminal: Terminal, roles: Roles) -> None:
    assert "CREATEROLE" not in prepare(terminal, roles)
    execute(roles.superuser_url, f"ALTER ROLE {roles.application} CREATEROLE")
    assert "tạo được vai trò khác (CREATEROLE)" in prepare(terminal, roles)


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_a_trigger_that_was_dropped_is_put_back_and_told(
    terminal: Terminal, engine: Engine, database_url: str
) -> None:
    on_postgresql = engine.dialect.name == "postgresql"
    name = "event_only_grows" if on_postgresql else "event_no_update"
    execute(database_url, f"DROP TRIGGER {name}" + (" ON event" if on_postgresql else ""))
    told = terminal.types("database", "prepare", url=database_url)
    assert f"Đã dựng lại trigger {name} của bảng event" in told
    assert "trigger event" not in terminal.types("database", "prepare", url=database_url)


@pytest.mark.parametrize(
    ("role", "owner", "code"),
    [
        ("khong_co_vai_tro_nay", "owner_url", "no-such-role"),
        ("{owner}", "owner_url", "role-owns-the-ledger"),
        ("{application}", "without_schema", "schema-not-named"),
        ("{application}", "application_url", "right-missing"),
    ],
)
def test_what_cannot_be_prepared_is_one_sentence(
    terminal: Terminal, roles: Roles, role: str, owner: str, code: str
) -> None:
    given = role.format(owner=roles.owner, application=roles.application)
    without = roles.owner_url.replace("schema=", "application_name=")
    url = getattr(roles, owner, without)
    told = terminal.types("database", "prepare", "--role", given, url=url, code=1)
    assert f"[{code}]" in told
    assert "Traceback" not in told


def test_a_file_has_no_roles(terminal: Terminal, sqlite: str) -> None:
    told = terminal.types("database", "prepare", "--role", "so_diem", url=sqlite, code=1)
    assert "[files-have-no-roles]" in told
    assert "tệp không có vai trò" in terminal.types("database", "check", url=sqlite)


def test_serving_as_an_owner_is_warned_of(
    terminal: Terminal, roles: Roles, sqlite: str, capsys: Captured
) -> None:
    prepare(terminal, roles)
    for url, warned in ((roles.owner_url, True), (roles.application_url, False), (sqlite, False)):
        engine = open_database(url)
        warn_of_excess(engine)
        engine.dispose()
        assert ("Cảnh báo" in capsys.readouterr().err) == warned
