"""Where everything in a drawing lies: inside it, in order, and out of each other's way."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.charts import (
    EditDay,
    RankedRow,
    box_plots,
    dots,
    edit_timeline,
    histogram,
    mini_histogram,
    ranked_bars,
    running_shares,
    trend,
)
from web.charts.histogram import MINI_HEIGHT, MINI_WIDTH
from web.charts.scales import LEFT, RIGHT, WIDTH, Scale, nice_ticks, spread

SCORES = st.dictionaries(st.integers(0, 100), st.integers(1, 30), min_size=1, max_size=12)
GROUPS = st.lists(
    st.tuples(st.sampled_from(["6A1", "Khối 6", "Toàn trường"]), SCORES), min_size=1, max_size=3
)
seldom = settings(max_examples=25)


@given(st.integers(0, 5000))
def test_ticks_begin_at_0_reach_the_most_and_are_round(most: int) -> None:
    ticks = nice_ticks(most)
    assert ticks[0] == 0
    assert ticks[-1] >= most
    assert 2 <= len(ticks) <= 6
    steps = {later - earlier for earlier, later in pairwise(ticks)}
    assert len(steps) == 1
    assert str(steps.pop()).rstrip("0") in {"1", "2", "5"}


@given(st.lists(st.floats(0, 100), max_size=8), st.floats(1, 60))
def test_labels_keep_apart_inside_and_in_order(wanted: list[float], gap: float) -> None:
    placed = spread(wanted, gap, 0, 100)
    room = min(gap, 100 / max(len(wanted) - 1, 1))
    assert all(-0.1 <= place <= 100.1 for place in placed)
    in_order = sorted(placed)
    assert all(later - earlier >= room - 0.11 for earlier, later in pairwise(in_order))
    assert [placed[place] for place in sorted(range(len(wanted)), key=wanted.__getitem__)] == (
        in_order
    )


def test_labels_that_are_apart_stay_where_they_belong() -> None:
    assert spread([80, 10], 20, 0, 100) == [80, 10]


def test_a_scale_may_run_downwards() -> None:
    assert [Scale(0, 10, 200, 0)(value) for value in (0, 5, 10)] == [200, 100, 0]


@seldom
@given(SCORES)
def test_bars_hold_all_marks_and_stay_in_the_drawing(scores: dict[int, int]) -> None:
    chart = histogram(scores)
    assert sum(bar.count for bar in chart.bars) == chart.total == sum(scores.values())
    for bar in chart.bars:
        assert LEFT <= bar.x < bar.x + bar.width <= RIGHT
        assert chart.top <= bar.y <= chart.baseline
        assert bar.y + bar.height == pytest.approx(chart.baseline)
    most = max(bar.height for bar in chart.bars)
    assert chart.fullest.height == most


@seldom
@given(SCORES)
def test_labels_of_the_lines_of_a_histogram_do_not_meet(scores: dict[int, int]) -> None:
    places = sorted(line.label_x for line in histogram(scores).lines)
    assert all(later - earlier >= 60 for earlier, later in pairwise(places))


def test_bars_are_told_apart_by_5_and_8() -> None:
    looks = {bar.span: bar.look for bar in histogram({50: 1}).bars}
    assert looks["4,5–<5"] == "low"
    assert looks["5–<5,5"] == looks["7,5–<8"] == "middle"
    assert looks["8–<8,5"] == looks["9,5–10"] == "high"


@seldom
@given(SCORES)
def test_each_mark_is_a_dot_of_its_own(scores: dict[int, int]) -> None:
    chart = dots(scores)
    assert len({(dot.x, dot.y) for dot in chart.dots}) == chart.total == sum(scores.values())
    assert all(0 < dot.y < chart.baseline for dot in chart.dots)


@seldom
@given(SCORES)
def test_a_small_histogram_fits_a_cell(scores: dict[int, int]) -> None:
    bars = mini_histogram(scores)
    assert bars
    assert all(bar.x + bar.width <= MINI_WIDTH for bar in bars)
    assert max(bar.height for bar in bars) == MINI_HEIGHT


@seldom
@given(GROUPS)
def test_a_box_has_its_median_inside_and_its_whiskers_outside(
    groups: list[tuple[str, dict[int, int]]],
) -> None:
    for box in box_plots(groups).boxes:
        assert all(LEFT <= x <= RIGHT for x in box.dots)
        if box.whiskers is None:
            assert box.count < 10
            continue
        low, high = box.whiskers
        assert low <= high
        assert box.x - 0.1 <= box.median <= box.x + box.width + 0.1
        assert all(x < low or x > high for x in box.dots)


def test_marks_far_from_the_others_are_dots() -> None:
    (box,) = box_plots([("6A1", {0: 1, **dict.fromkeys(range(60, 71), 3)})]).boxes
    assert len(box.dots) == 1
    assert box.dots[0] == LEFT


@seldom
@given(GROUPS)
def test_a_staircase_rises_from_nothing_to_everything(
    groups: list[tuple[str, dict[int, int]]],
) -> None:
    for stairs in running_shares(groups).stairs:
        assert list(stairs.at_marks) == sorted(stairs.at_marks)
        assert stairs.at_marks[-1] == 1
        heights = [float(step.split("H")[0]) for step in stairs.path.split("V")[1:]]
        assert heights == sorted(heights, reverse=True)
        assert heights[-1] == 10


def test_a_group_without_marks_has_no_staircase() -> None:
    assert [one.label for one in running_shares([("6A1", {50: 2}), ("6A2", {})]).stairs] == ["6A1"]


@seldom
@given(GROUPS)
def test_stops_lie_in_order_and_their_band_around_the_median(
    groups: list[tuple[str, dict[int, int]]],
) -> None:
    chart = trend(groups)
    places = [stop.x for stop in chart.stops]
    assert places == sorted(set(places))
    for stop in chart.stops:
        assert LEFT < stop.x < RIGHT
        assert (stop.summary is None) == (stop.count < 10)
        if stop.summary:
            assert stop.upper <= stop.median <= stop.lower <= chart.baseline


def test_a_line_is_broken_where_marks_are_few() -> None:
    many, few = {60: 12}, {60: 3}
    chart = trend([("1", many), ("2", many), ("3", few), ("4", many), ("5", many), ("6", many)])
    assert [len(line.split()) for line in chart.lines] == [2, 3]
    assert [len(band.split()) for band in chart.bands] == [4, 6]


@seldom
@given(st.lists(st.tuples(st.dates(date(2026, 9, 1), date(2027, 5, 31)), st.integers(0, 300))))
def test_days_lie_in_rows_of_months(told: list[tuple[date, int]]) -> None:
    days = [EditDay(day, count) for day, count in dict(told).items()]
    chart = edit_timeline(days)
    assert chart.total == sum(day.count for day in days)
    dots_of = [dot for month in chart.months for dot in month.dots]
    assert sorted(dot.day for dot in dots_of) == sorted(day.day for day in days if day.count)
    assert all(0 < dot.x - dot.radius < dot.x + dot.radius < WIDTH for dot in dots_of)
    assert all(dot.y + dot.radius < chart.height for dot in dots_of)
    radii = [dot.radius for dot in sorted(dots_of, key=lambda dot: dot.count)]
    assert radii == sorted(radii)


def test_a_day_with_a_note_is_shown_without_edits_too() -> None:
    chart = edit_timeline([EditDay(date(2026, 11, 2), 0, "mở khóa"), EditDay(date(2026, 11, 3), 0)])
    assert [dot.day.day for dot in chart.months[0].dots] == [2]


def test_bars_are_as_long_as_their_values_say() -> None:
    rows = [RankedRow("6A1", 4, "4"), RankedRow("6A2", 1, "1"), RankedRow("6A3", 0, "0")]
    assert [(bar.rank, bar.width) for bar in ranked_bars(rows)] == [(1, 100), (2, 25), (3, 0)]
    assert ranked_bars([RankedRow("6A1", 0, "0")])[0].width == 0
