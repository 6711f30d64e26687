"""The command line: Vietnamese, quick to help, one sentence for every foreseeable failure."""

import json
import os
import pty
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import httpx2
import pytest

from ledger.people import StaffMember
from ledger.school.calendar import local_day
from ledger.school.commands import SCHOOL_STREAM
from ledger.vocabulary import Role
from tests.school import AN, KHOA, LAN, SHEET, VINH
from tests.staff import employ
from tests.web.spreadsheets.school import school
from web.access.accounts import Account
from web.command_line import cli, run
from web.desk import Desk, open_desk
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


def commands() -> Iterator[tuple[str, ...]]:
    """Every command by the words that call it."""

    def below(words: tuple[str, ...], command: click.Command) -> Iterator[tuple[str, ...]]:
        yield words
        if isinstance(command, click.Group):
            for name, inner in command.commands.items():
                yield from below((*words, name), inner)

    return below((), cli)


@pytest.mark.parametrize("words", [*commands()], ids=" ".join)
def test_every_command_explains_itself_in_vietnamese(
    words: tuple[str, ...], capsys: Captured
) -> None:
    assert run([*words, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Cách dùng: grade-ledger" in shown
    assert "Hiện phần trợ giúp này." in shown
    english = ("Usage", "Options", "Commands", "Show this", "required", "default:")
    assert not [word for word in english if word in shown]


def test_help_does_not_wait_for_databases_and_web_frameworks() -> None:
    heavy = "{'sqlalchemy', 'fastapi', 'eventsourcing', 'rich', 'uvicorn', 'PIL'}"
    program = f"import sys, web.command_line; print(sorted({heavy} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["chép"], "Lỗi: Không có lệnh chép."),
        (["serve", "--cổng"], "Lỗi: Không có tùy chọn --cổng."),
        (["serve", "--port"], "Lỗi: Tùy chọn --port cần một giá trị theo sau."),
        (["serve", "--port", "xa"], "Lỗi: Giá trị của --port không dùng được."),
        (["account", "add", "hantt", "--role", "principal"], "Lỗi: Thiếu --name."),
        (["account", "add"], "Lỗi: Thiếu TÊN-ĐĂNG-NHẬP."),
        (["ledger", "show", "--class", "6A1"], "Lỗi: Hãy cho --sheet, hoặc đủ --class"),
        (["rebuild", "--projection", "mây"], "Lỗi: Giá trị của --projection không dùng được."),
    ],
)
def test_a_slip_in_the_command_is_told_in_vietnamese(
    settings: Settings, capsys: Captured, words: list[str], sentence: str
) -> None:
    assert run(words) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert "--help" in told


def test_a_command_of_commands_shows_its_help(capsys: Captured) -> None:
    assert run(["ledger"]) == 2
    assert "Các lệnh" in capsys.readouterr().out


@pytest.mark.parametrize(
    "url",
    [
        "mysql://trường/sổ",
        "không phải địa chỉ",
        "postgresql://ai@127.0.0.1:1/đâu",
        "sqlite:////không/có/sổ.db",
    ],
)
def test_no_database_is_one_sentence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: Captured, url: str
) -> None:
    monkeypatch.setenv("GRADE_LEDGER_URL", url)
    assert run(["ledger", "show"]) == 1
    told = capsys.readouterr()
    assert told.err.startswith("Lỗi: Không mở được cơ sở dữ liệu")
    assert told.err.strip().endswith("[no-database]")


def test_the_ledger_is_shown_without_names(desk: Desk, capsys: Captured) -> None:
    desk.handle(LAN.enters((AN, "regular-1", "8.5", 0)))
    last = desk.ledger.recorder.head().position
    assert run(["ledger", "show"]) == 0
    *_, opened, entered = capsys.readouterr().out.splitlines()
    assert "sheet-opened" in opened
    assert entered == (
        f"{last:07}  2026-10-05 08:00:00  subject-teacher  {SHEET} v2  "
        f"mark-entered  pupil={AN} column=regular-1  ∅ → 8.5"
    )


def test_names_are_shown_when_asked_for(desk: Desk, capsys: Captured) -> None:
    desk.handle(LAN.enters((AN, "regular-1", "8.5", 0)))
    last = desk.ledger.recorder.head().position
    assert run(["ledger", "show", "--names", "--from", str(last)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "subject-teacher (Trần Thị Ngọc Lan)" in line
    assert 'pupil="Nguyễn Hoài An"' in line


def test_a_sheet_is_shown_with_the_attempts_refused_on_it(desk: Desk, capsys: Captured) -> None:
    with pytest.raises(Exception, match="not-your-sheet"):
        desk.handle(VINH.enters((AN, "regular-1", "8.5", 0)))
    which = ["--class", "6A1", "--subject", "toan", "--semester", "1", "--year", "2026-2027"]
    assert run(["ledger", "show", *which, "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["name"] for line in lines] == ["sheet-opened", "attempt-refused"]
    last = desk.ledger.recorder.head().position
    assert [line["position"] for line in lines] == [last - 1, last]
    assert lines[1]["by"]["role"] == "subject-teacher"


def test_a_sheet_that_there_is_not_is_told(desk: Desk, capsys: Captured) -> None:
    which = ["--class", "9A9", "--subject", "toan", "--semester", "2"]
    assert run(["ledger", "show", *which]) == 1
    assert "[sheet-not-open]" in capsys.readouterr().err


def test_the_head_is_printed_to_be_kept_on_paper(desk: Desk, capsys: Captured) -> None:
    head = desk.ledger.recorder.head()
    assert run(["ledger", "head"]) == 0
    told = capsys.readouterr().out
    assert told == f"Dòng cuối: {head.position}\nGốc của cây: {head.root.hex()}\n"
    assert run(["ledger", "head", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "position": head.position,
        "root": head.root.hex(),
    }


def test_rebuilding_says_how_much_it_read(desk: Desk, capsys: Captured) -> None:
    assert run(["rebuild", "--projection", "gradebook", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    last = desk.ledger.recorder.head().position
    assert (told["projections"], told["lines"]) == (["gradebook"], last)
    assert run(["rebuild"]) == 0
    assert (
        "Đã dựng lại anomalies, corrections, dossiers, gradebook, history"
        in capsys.readouterr().out
    )


def can_sign_in(desk: Desk, username: str, password: str) -> bool:
    token = desk.accounts.sign_in(
        username, password, address="127.0.0.1", device="", now=desk.clock()
    )
    return desk.accounts.session(token, now=desk.clock()) is not None


FOUNDING = {
    "--school": "Trường THCS Hoa Phượng",
    "--governing-body": "Ủy ban nhân dân phường Hoa Phượng",
    "--department": "Sở Giáo dục và Đào tạo Hải Phòng",
    "--code": "31000501",
    "--place": "Hải Phòng",
    "--principal": "HaNTT",
    "--principal-name": "Nguyễn Thị Thanh Hà",
    "--administrator": "nhandc",
    "--administrator-name": "Đặng Công Nhân",
}


def init_words(**changed: str) -> list[str]:
    """The words that found the school, some of them changed: `init_words(place="Huế")`."""
    options = FOUNDING | {f"--{name.replace('_', '-')}": text for name, text in changed.items()}
    return ["init", *(word for pair in options.items() for word in pair)]


def roles_by_username(desk: Desk) -> dict[str, frozenset[Role]]:
    school, today = desk.ledger.school(), local_day(desk.clock())
    return {one.username: school.roles_of(one.person, today) for one in desk.accounts.all()}


def test_a_new_school_is_set_up_in_one_append(settings: Settings, capsys: Captured) -> None:
    assert run([*init_words(), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["accounts"]
    desk = open_desk(settings)
    assert roles_by_username(desk) == {
        "hantt": {Role.PRINCIPAL},
        "nhandc": {Role.ADMINISTRATOR},
    }
    assert can_sign_in(desk, "hantt", told["principal"]["password"])
    assert can_sign_in(desk, "nhandc", told["administrator"]["password"])
    (described,) = desk.ledger.school().descriptions
    assert described.school_name == FOUNDING["--school"]
    lines = desk.ledger.lines(SCHOOL_STREAM)
    assert len({line.command_id for line in lines}) == 1
    assert {line.by.role for line in lines} == {Role.SYSTEM}
    desk.engine.dispose()
    assert run(init_words(principal="khac")) == 1
    assert "[school-exists]" in capsys.readouterr().err


def test_the_passwords_of_a_new_school_are_told_to_people(
    settings: Settings, capsys: Captured
) -> None:
    assert run(init_words()) == 0
    told = capsys.readouterr().out
    assert "Đã lập sổ của Trường THCS Hoa Phượng." in told
    assert "  Hiệu trưởng: hantt / " in told
    password = told.split("nhandc / ")[1].splitlines()[0]
    desk = open_desk(settings)
    assert can_sign_in(desk, "nhandc", password)
    desk.engine.dispose()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"school": " "}, "school-unfit"),
        ({"principal": "có dấu"}, "username-unfit"),
        ({"administrator": "hantt"}, "username-taken"),
        ({"principal_name": ""}, "name-needs-two-words"),
    ],
)
def test_an_unfit_school_is_not_set_up_at_all(
    settings: Settings, capsys: Captured, changed: dict[str, str], code: str
) -> None:
    assert run(init_words(**changed)) == 1
    assert f"[{code}]" in capsys.readouterr().err
    desk = open_desk(settings)
    assert desk.ledger.recorder.head().position == 0
    assert desk.accounts.all() == []
    assert desk.people.staff_members() == {}
    desk.engine.dispose()


def test_a_script_that_forgets_an_option_is_told_which(
    settings: Settings, capsys: Captured
) -> None:
    assert settings
    assert run(["init", "--school", "Trường THCS Hoa Phượng"]) == 2
    assert "Thiếu --governing-body." in capsys.readouterr().err


def test_what_was_not_given_is_asked_for_at_a_terminal(settings: Settings) -> None:
    program = "from web.command_line import main; main()"
    ours, theirs = pty.openpty()
    words = [sys.executable, "-c", program, *init_words()[:-2]]
    with subprocess.Popen(words, stdin=theirs, stdout=subprocess.PIPE, text=True) as asking:
        os.write(ours, "Đặng Công Nhân\n".encode())
        told, _ = asking.communicate()
    os.close(ours)
    os.close(theirs)
    assert asking.returncode == 0
    assert "Họ và tên quản trị đầu tiên: " in told
    desk = open_desk(settings)
    assert "Đặng Công Nhân" in {one.full_name for one in desk.people.staff_members().values()}
    desk.engine.dispose()


def test_somebody_joins_the_staff_from_the_terminal(settings: Settings, capsys: Captured) -> None:
    words = ["account", "add", "HaNTT", "--name", "Nguyễn Thị Thanh Hà", "--role", "principal"]
    assert run([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    desk = open_desk(settings)
    (account,) = desk.accounts.all()
    assert roles_by_username(desk) == {"hantt": {Role.PRINCIPAL}}
    assert desk.names().staff(account.person) == "Nguyễn Thị Thanh Hà"
    assert can_sign_in(desk, "hantt", told["password"])
    (line,) = desk.ledger.lines(SCHOOL_STREAM)
    assert line.by.role is Role.SYSTEM
    desk.engine.dispose()
    assert run(words) == 1
    assert "[username-taken]" in capsys.readouterr().err


def test_what_an_interrupted_attempt_left_is_taken_over(
    settings: Settings, capsys: Captured
) -> None:
    desk = open_desk(settings)
    member = StaffMember(person_id=KHOA.person, family_name="Nguyễn Thị", given_name="Hà")
    desk.people.register_staff([member])
    desk.accounts.create(Account(KHOA.person, "hantt"), "một mật khẩu dài")
    assert run([*init_words(), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["accounts"]
    assert can_sign_in(desk, "hantt", told["principal"]["password"])
    assert desk.names().staff(KHOA.person) == "Nguyễn Thị Thanh Hà"
    desk.engine.dispose()


def test_a_forgotten_password_is_replaced(desk: Desk, capsys: Captured) -> None:
    assert run(["account", "password", "lanpt", "--json"]) == 0
    password = json.loads(capsys.readouterr().out)["password"]
    assert can_sign_in(desk, "lanpt", password)
    assert run(["account", "password", "aiđó"]) == 1
    assert "[no-such-account]" in capsys.readouterr().err


def test_accounts_are_listed_for_people_and_for_programs(desk: Desk, capsys: Captured) -> None:
    assert run(["account", "list"]) == 0
    assert "Giáo viên bộ môn" in capsys.readouterr().out
    assert run(["account", "list", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["username"] for row in rows] == ["khoapt", "lanpt", "vinhpt"]


def test_a_taken_port_is_one_sentence(desk: Desk, capsys: Captured) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert run(["serve", "--port", str(taken.getsockname()[1])]) == 1
    assert "[address-in-use]" in capsys.readouterr().err


def test_the_school_is_served_until_ctrl_c(desk: Desk) -> None:
    program = "from web.command_line import main; main()"
    words = [sys.executable, "-c", program, "serve", "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        told = server.stdout.readline()
        address = told.removeprefix("Trang web: ").split()[0]
        assert httpx2.get(f"{address}dang-nhap").status_code == 200
        server.send_signal(signal.SIGINT)
        assert server.wait() == 0


def test_the_demo_keeps_away_from_another_school(desk: Desk, capsys: Captured) -> None:
    assert run(["demo", "--no-serve"]) == 1
    assert "[not-a-demo]" in capsys.readouterr().err
