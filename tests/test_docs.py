"""The documentation is complete and points only at what exists."""

import re
from pathlib import Path

import pytest

from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.grounds import CorrectionCause, EvidenceKind, FoundBy, LateReason
from ledger.vocabulary import MarkState, Role

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def names(pages: list[Path]) -> list[str]:
    return [str(page.relative_to(ROOT)) for page in pages]


@pytest.mark.parametrize("document", PAGES, ids=names(PAGES))
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))
    local = [target for target in targets if not target.startswith("http")]
    assert [target for target in local if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", PAGES, ids=names(PAGES))
def test_every_file_that_is_named_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = re.findall(r"`((?:ledger|projections|web|tests|docs|bench|tools)/[\w./-]*)`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", PAGES, ids=names(PAGES))
def test_every_page_has_one_title(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(re.findall(r"^# ", text, flags=re.MULTILINE)) == 1


def test_the_glossary_has_every_word_of_the_vocabulary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = [*Role, *MarkState, *CorrectionStatus, *EvidenceKind]
    words += [*CorrectionCause, *FoundBy, *LateReason]
    assert [word for word in words if f"`{word}`" not in glossary] == []


@pytest.mark.parametrize("document", DECISIONS, ids=names(DECISIONS))
def test_every_decision_has_its_five_parts(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for part in ("Context", "Decision", "Consequences", "Alternatives", "Enforced by"):
        assert f"**{part}.**" in text


def test_the_readme_has_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)
    for command in ("demo", "test"):
        assert f"```\nmake {command}\n```" in readme
        assert command in targets


def test_every_setting_is_documented() -> None:
    settings = (ROOT / "web" / "settings.py").read_text(encoding="utf-8")
    operating = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert set(re.findall(r"GRADE_LEDGER_[A-Z_]+", settings)) == set(
        re.findall(r"GRADE_LEDGER_[A-Z_]+", operating)
    )
