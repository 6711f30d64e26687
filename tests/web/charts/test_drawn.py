"""What a macro draws is what its table says, and what a strict policy runs."""

import re
from datetime import date
from html import escape

import pytest
from markupsafe import Markup

from tests.test_tidy import refused_markup
from web import rendering
from web.charts import EditDay, RankedRow

MANY = {35: 2, 50: 4, 75: 5, 100: 1}
FEW = {0: 1, 85: 2}
GROUPS = [("6A1", MANY), ("Khối 6", {**MANY, 60: 8}), ("6A<9>", FEW)]
DAYS = [
    EditDay(date(2026, 11, 2), 4),
    EditDay(date(2026, 10, 30), 1, "mở khóa"),
    EditDay(date(2026, 11, 3), 0),
]
RANKED = [RankedRow("6A<1>", 3.5, "3,5", "/x", stands_out=True), RankedRow("6A2", 0, "0")]


def drawn(file: str, macro: str, *arguments: object) -> Markup:
    """What a macro of `templates/charts/` makes of its arguments."""
    module = rendering._environment().get_template(f"charts/{file}.html").module  # noqa: SLF001
    made: Markup = getattr(module, macro)(*arguments)
    return made


def cells_of(page: str, row: str) -> list[str]:
    cells = page.split(f'<th scope="row">{row}</th>')[1].split("</tr>", maxsplit=1)[0]
    return re.findall(r"<td[^>]*>(.*?)</td>", cells)


@pytest.mark.parametrize(
    ("file", "macro", "told"),
    [
        ("histogram", "histogram", MANY),
        ("histogram", "dots", FEW),
        ("boxes", "box_plots", GROUPS),
        ("running", "running_shares", GROUPS),
        ("trend", "trend", GROUPS),
        ("edits", "edit_timeline", DAYS),
    ],
)
def test_a_drawing_has_its_words_its_table_and_nothing_inline(
    file: str, macro: str, told: object
) -> None:
    page = drawn(file, macro, told, "bieu-do", "Toán < Văn")
    assert refused_markup(page) == []
    assert f'<title id="bieu-do-title">{escape("Toán < Văn")}</title>' in page
    assert 'role="img" aria-labelledby="bieu-do-title bieu-do-desc"' in page
    assert page.index("</svg>") < page.index("<details") < page.index("<table")
    assert "<9>" not in page


def test_boxes_and_stops_tell_the_quartiles_of_their_table() -> None:
    boxes, stops = (
        drawn("boxes", "box_plots", GROUPS, "a", "A"),
        drawn("trend", "trend", GROUPS, "a", "A"),
    )
    # 3,5 3,5 5 5 5 5 7,5 7,5 7,5 7,5 7,5 10
    assert cells_of(boxes, "6A1") == ["12", "3,5", "5", "6,25", "7,5", "10"]
    assert "6A1: trung vị 6,25, 12 điểm</text>" in boxes
    assert cells_of(boxes, escape("6A<9>")) == ["3", "dưới 10 điểm"]
    assert cells_of(stops, "6A1") == ["12", "5", "6,25", "7,5"]
    assert ">6,25</text>" in stops


def test_days_tell_the_edits_of_their_table() -> None:
    page = drawn("edits", "edit_timeline", DAYS, "a", "A")
    assert "5 lần sửa, nhiều nhất ngày 02/11/2026: 4 lần." in page
    assert "<title>30/10/2026: 1 lần sửa, mở khóa</title>" in page
    assert cells_of(page, "02/11/2026") == ["4", ""]
    assert cells_of(page, "30/10/2026") == ["1", "mở khóa"]
    assert "03/11/2026" not in page


def test_no_days_are_an_empty_strip() -> None:
    assert "0 lần sửa." in drawn("edits", "edit_timeline", [], "a", "A")


def test_ranked_rows_have_their_bars_beside_their_values() -> None:
    page = drawn("ranking", "ranked_bars", RANKED, "Xếp hạng")
    assert refused_markup(page) == []
    assert f'<a href="/x">{escape("6A<1>")}</a> <span class="chip warn">lệch hẳn</span>' in page
    assert re.findall(r'class="rank-bar.*?" width="([\d.]+)"', page) == ["100.0", "0.0"]


def test_a_small_histogram_is_called_what_it_shows() -> None:
    page = drawn("histogram", "mini_histogram", MANY, "Phổ điểm 6A1")
    assert "<title>Phổ điểm 6A1</title>" in page
    assert page.count("<rect") == 4
