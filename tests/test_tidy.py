"""Rules of the house that no linter knows: who imports whom, how long, what is never written."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("ledger", "projections", "web")  # inside first: each may import those before it
WORKSHOP = ("tests", "bench", "tools")
FOLDERS = (*ROOMS, *WORKSHOP, "docs", "locks", ".ci")
TEXTS = {".py", ".html", ".css", ".js", ".svg", ".sql", ".md", ".txt", ".toml", ".sh", ".yaml", ""}

# Decisions are made here, from what they are given: the same facts always give the same answer.
PURE = (
    *("ledger/vocabulary.py", "ledger/line.py", "ledger/points.py", "ledger/circulars"),
    *("ledger/credentials", "ledger/dossiers", "ledger/privacy", "ledger/results"),
    *("ledger/school", "ledger/sheet", "ledger/signals", "ledger/supervision", "ledger/trust"),
)
WORLDLY = {
    *("eventsourcing", "fastapi", "psycopg2", "sqlalchemy", "starlette"),
    *("logging", "os", "random", "secrets", "time"),
}
WORLDLY_CALLS = {
    *("datetime.now", "datetime.today", "datetime.utcnow", "date.today"),
    *("uuid1", "uuid4", "uuid.uuid1", "uuid.uuid4"),
}

# Each word is put together here, so that this file does not hold what it looks for.
NEVER = {
    "a path of one machine": re.compile(r"(?<!\w)/" + r"work\b|\.\./" + r"shared\b"),
    "a note to oneself": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
    "a test left out": re.compile(r"\.(?:mark\.|importor)?sk" + r"ip(?:if|Test|If|Unless)?\b"),
}


def files(*folders: str) -> Iterator[Path]:
    """Yield the files of these folders, and of files named themselves; a missing one has none."""
    for folder in folders:
        inside = (ROOT / folder).rglob("*") if (ROOT / folder).is_dir() else [ROOT / folder]
        for path in sorted(inside):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(ROOT)


def read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def python(*folders: str) -> list[Path]:
    return [path for path in files(*folders) if path.suffix == ".py"]


def texts() -> list[Path]:
    beside = [path.name for path in ROOT.iterdir() if path.is_file() and path.name != "LICENSE"]
    return [path for path in files(*FOLDERS, *beside) if path.suffix in TEXTS]


def imported(tree: ast.AST) -> set[str]:
    """Return the first names of all imported modules, those inside functions too."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def called(tree: ast.AST) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


@pytest.mark.parametrize("path", python(*ROOMS), ids=str)
def test_imports_point_inward(path: Path) -> None:
    outer = ROOMS[ROOMS.index(path.parts[0]) + 1 :]
    assert not imported(ast.parse(read(path))) & {*outer, *WORKSHOP}


@pytest.mark.parametrize("path", python(*PURE), ids=str)
def test_a_pure_room_knows_no_world(path: Path) -> None:
    tree = ast.parse(read(path))
    assert not imported(tree) & WORLDLY
    assert not called(tree) & WORLDLY_CALLS


@pytest.mark.parametrize("path", python(*ROOMS, *WORKSHOP), ids=str)
def test_functions_and_modules_fit_the_eye(path: Path) -> None:
    source = read(path)
    assert len(source.splitlines()) <= 400
    long = [
        f"{node.name}: {length} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > 40
    ]
    assert not long


@pytest.mark.parametrize("path", texts(), ids=str)
def test_a_file_holds_nothing_of_one_machine_or_one_moment(path: Path) -> None:
    source = read(path)
    assert not {what: found[0] for what, rule in NEVER.items() if (found := rule.search(source))}


class Markup(HTMLParser):
    """What a strict Content-Security-Policy would refuse to run, with its line."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        inline = {name for name in names if name == "style" or name.startswith("on")}
        inline |= {name for name, value in attrs if (value or "").startswith("javascript:")}
        if inline or tag == "style" or (tag == "script" and "src" not in names):
            self.refused.append(f"line {self.getpos()[0]}: <{tag} {' '.join(sorted(inline))}>")


def refused_markup(source: str) -> list[str]:
    markup = Markup()
    # Jinja's own marks may hold quotes and angles; their lines are kept for the message.
    markup.feed(
        re.sub(r"{[{%#].*?[}%#]}", lambda mark: "\n" * mark[0].count("\n"), source, flags=re.DOTALL)
    )
    return markup.refused


def test_templates_run_under_a_strict_policy() -> None:
    pages = [path for path in files("web/templates") if path.suffix == ".html"]
    assert not {str(path): found for path in pages if (found := refused_markup(read(path)))}


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ('<p class="{% if a > b %}x{% endif %}" data-on="1">8,5</p>', False),
        ('<script src="/static/grid.js" defer></script>', False),
        ('<p style="color: red">', True),
        ('<b onclick="go()">', True),
        ("<script>go()</script>", True),
        ("<style>p {}</style>", True),
        ('<a href="javascript:go()">', True),
    ],
)
def test_inline_markup_is_seen(*, source: str, refused: bool) -> None:
    assert bool(refused_markup(source)) == refused


@pytest.mark.parametrize(
    ("what", "source"),
    [
        ("a path of one machine", "see /wo" + "rk/main"),
        ("a path of one machine", "see ../sha" + "red/x"),
        ("a note to oneself", "# TO" + "DO: later"),
        ("a test left out", "pytest.sk" + "ip()"),
        ("a test left out", "@pytest.mark.sk" + "ipif(True)"),
        ("a test left out", "pytest.importorsk" + 'ip("x")'),
        ("a test left out", "self.sk" + "ipTest()"),
    ],
)
def test_what_is_never_written_is_seen(what: str, source: str) -> None:
    assert NEVER[what].search(source)
    assert not NEVER[what].search("xl/workbook.xml, networks and workshops: skipped")
