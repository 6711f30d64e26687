"""The printed catalogue says what the code says."""

from pathlib import Path

import pytest

from web import catalogue

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.mark.parametrize("name", ["facts", "refusals", "findings"])
def test_the_catalogue_is_of_today(tmp_path: Path, name: str) -> None:
    catalogue.main(tmp_path)
    page = f"{name}.md"
    written, made = ((folder / page).read_text(encoding="utf-8") for folder in (DOCS, tmp_path))
    assert written == made, "run `make docs`"
