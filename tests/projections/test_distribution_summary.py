"""What is told of marks: bins, quartiles, running shares and bands hold for whatever marks."""

from fractions import Fraction
from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.distributions.summary import (
    Summary,
    band_shares,
    bands,
    bins,
    cumulative_shares,
    quantile,
)

MARKS = st.lists(st.integers(0, 100), min_size=1, max_size=60)
ENOUGH = st.lists(st.integers(0, 100), min_size=10, max_size=60)


def counted(marks: list[int]) -> dict[int, int]:
    return {mark: marks.count(mark) for mark in marks}


@given(MARKS)
def test_every_mark_is_in_one_bin_and_in_one_band(marks: list[int]) -> None:
    assert sum(bins(counted(marks))) == sum(bands(counted(marks))) == len(marks)


@pytest.mark.parametrize(
    ("tenths", "place"), [(0, 0), (4, 0), (5, 1), (49, 9), (50, 10), (95, 19), (99, 19), (100, 19)]
)
def test_a_bin_begins_with_its_mark_and_the_last_one_has_the_10(tenths: int, place: int) -> None:
    assert bins({tenths: 1})[place] == 1


@pytest.mark.parametrize(
    ("tenths", "band"), [(0, 0), (19, 0), (20, 1), (34, 1), (35, 2), (49, 2), (50, 3), (80, 5)]
)
def test_a_band_begins_with_its_mark(tenths: int, band: int) -> None:
    assert bands({tenths: 1})[band] == 1


@given(ENOUGH)
def test_quartiles_are_in_order_and_within_the_marks(marks: list[int]) -> None:
    told = Summary.of(counted(marks))
    assert told is not None
    assert told.count == len(marks)
    assert told.least == Fraction(min(marks), 10)
    assert told.most == Fraction(max(marks), 10)
    assert told.least <= told.lower <= told.median <= told.upper <= told.most
    assert told.least <= told.mean <= told.most


@given(ENOUGH)
def test_quartiles_are_those_of_a_spreadsheet(marks: list[int]) -> None:
    told = Summary.of(counted(marks))
    assert told is not None
    # "inclusive" is the definition of QUARTILE.INC and of numpy.
    expected = quantiles(map(Fraction, marks), n=4, method="inclusive")
    assert [told.lower * 10, told.median * 10, told.upper * 10] == expected
    assert told.median * 10 == median(map(Fraction, marks))


def test_a_quantile_between_two_marks_is_interpolated_exactly() -> None:
    assert quantile([70, 75], Fraction(1, 4)) == Fraction("7.125")


@given(MARKS)
def test_running_shares_rise_to_the_whole(marks: list[int]) -> None:
    shares = cumulative_shares(counted(marks))
    assert [mark for mark, _ in shares] == sorted(set(marks))
    rising = [share for _, share in shares]
    assert rising == sorted(rising)
    assert rising[0] > 0
    assert rising[-1] == 1


@given(st.lists(st.integers(0, 400), min_size=6, max_size=6).filter(any))
def test_shares_of_bands_are_the_whole_and_each_is_true(counts: list[int]) -> None:
    shares, total = band_shares(counts), sum(counts)
    assert sum(shares) == 1000
    assert all(
        abs(share - Fraction(1000 * count, total)) < 1
        for share, count in zip(shares, counts, strict=True)
    )
    # From 5 up together: what that share is by itself, rounded half up.
    assert sum(shares[3:]) == (Fraction(1000 * sum(counts[3:]), total) + Fraction(1, 2)) // 1


def test_thirds_are_shown_as_a_whole() -> None:
    assert band_shares([0, 0, 1, 1, 1, 0]) == (0, 0, 333, 334, 333, 0)


@pytest.mark.parametrize("scores", [{}, {50: 9}])
def test_nothing_is_computed_from_a_handful(scores: dict[int, int]) -> None:
    assert Summary.of(scores) is None


def test_no_marks_have_no_shares() -> None:
    assert band_shares([0] * 6) == ()
