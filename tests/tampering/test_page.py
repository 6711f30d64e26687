"""docs/tampering.md says of every attack what is tested, and of no other."""

import re
from pathlib import Path

from tests.tampering.attack import Attack, Finder, Needs
from tests.tampering.attacks import ATTACKS

PAGE = Path(__file__).parents[2] / "docs" / "tampering.md"
ROW = re.compile(
    r"^\| `(?P<name>[a-z-]+)` (?P<what>[^|]+) \| (?P<needs>[^|]+) \| (?P<found_by>(?:[✓–] \| ){4})"
    r"(?:`(?P<shown_as>[a-z-]+)`|–) \| (?P<left>[^|]+) \|$",
    re.MULTILINE,
)
NEEDED = {
    Needs.APPLICATION: "vai trò của chương trình",
    Needs.SQL: "SQL",
    Needs.FILES: "tệp",
    Needs.LOG_KEY: "SQL, khóa sổ",
    Needs.VAULT_KEY: "SQL, khóa kho",
    Needs.ONE_WITNESS: "SQL, khóa sổ, một nhân chứng",
    Needs.BOTH_WITNESSES: "SQL, khóa sổ, hai nhân chứng",
}


def rows() -> list[dict[str, str | None]]:
    return [row.groupdict() for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))]


def as_told(attack: Attack) -> tuple[str, str, str, str | None]:
    marks = "".join(f"{'✓' if finder in attack.found_by else '–'} | " for finder in Finder)
    return attack.name, NEEDED[attack.needs], marks, attack.shown_as


def test_the_page_tells_every_attack_as_it_is_tested() -> None:
    told = [(row["name"], row["needs"], row["found_by"], row["shown_as"]) for row in rows()]
    assert told == [as_told(attack) for attack in ATTACKS]


def test_the_page_says_what_remains_of_what_nobody_finds() -> None:
    unexplained = {row["name"] for row in rows() if row["left"] == "–"}
    assert not unexplained & {attack.name for attack in ATTACKS if not attack.found_by}
