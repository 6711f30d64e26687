"""Papers are typeset from data that is never markup, and a fault of ours is told with its line."""

from datetime import UTC, datetime

import pytest

from web.papers.letters import printable
from web.papers.typesetting import TypesettingFailed, typeset

NOON = datetime(2026, 10, 5, 5, 0, tzinfo=UTC)


def test_what_a_template_misses_is_told_with_its_line() -> None:
    with pytest.raises(TypesettingFailed, match=r"data\.lines"):
        typeset("chu-ki", {"width": 10, "height": 10}, at=NOON)


def test_everything_inside_data_is_made_printable() -> None:
    given = {"a": ["e\u0302\u0323", 8, True, None], "b": {"c": "x\u202e\u200bé\ud800\N{ROCKET}"}}
    assert printable(given) == {"a": ["ệ", 8, True, None], "b": {"c": "xé\u25a1\u25a1"}}
