"""Tails against bodies: what a group's own body foretells, and how unsure that is."""

import numpy as np
import pytest

from projections.screening.scale import cut_points, to_normal_scores
from projections.screening.upper_tail import upper_tails


def groups_of(count: int, size: int) -> np.ndarray:
    return np.repeat(np.arange(count, dtype=np.int32), size)


def test_a_strong_group_may_have_a_strong_tail() -> None:
    rng = np.random.default_rng(1)
    groups = groups_of(40, 500)
    values = rng.normal(size=len(groups)) + np.where(groups == 5, 1.2, 0.0)

    tails = upper_tails(to_normal_scores(values.astype(np.float32)), groups, 40)

    # Every cut has many more than the twentieth part that others have, and nothing is odd about it.
    assert all(tail.found[5] > 2 * tail.found.mean() for tail in tails)
    assert min(tail.p[5] for tail in tails) > 0.01


def test_the_same_tail_on_an_ordinary_body_is_odd() -> None:
    rng = np.random.default_rng(1)
    groups = groups_of(40, 500)
    values = rng.normal(size=len(groups))
    values[np.flatnonzero(groups == 5)[:15]] += 3.5

    tails = upper_tails(to_normal_scores(values.astype(np.float32)), groups, 40)

    assert min(tail.p[5] for tail in tails) < 1e-4
    assert min(tail.p[:5].min() for tail in tails) > 1e-3


def test_where_many_groups_have_an_elite_one_more_is_nothing_odd() -> None:
    rng = np.random.default_rng(2)
    groups = groups_of(40, 500)
    values = rng.normal(size=len(groups))
    sizes = rng.integers(0, 16, 40)
    for group, size in enumerate(sizes):
        values[np.flatnonzero(groups == group)[:size]] += 3.5

    tails = upper_tails(to_normal_scores(values.astype(np.float32)), groups, 40)

    assert min(tail.p.min() for tail in tails) > 1e-4


def test_as_many_are_expected_as_are_found_over_all_ordinary_groups() -> None:
    rng = np.random.default_rng(3)
    groups = groups_of(50, 200)
    values = to_normal_scores(rng.normal(size=len(groups)).astype(np.float32))

    for tail in upper_tails(values, groups, 50):
        assert tail.expected.sum() == pytest.approx(tail.found.sum(), rel=0.15)


def test_ties_stay_on_one_side_of_a_cut() -> None:
    scores = np.array([10.0] * 30 + [9.0] * 20 + [5.0] * 50, dtype=np.float32)

    # No cut makes a tenth of them: thirty are tied, and a cut above them would have nobody.
    assert cut_points(scores, np.array([0.10])).tolist() == [10.0]
    assert cut_points(scores, np.array([0.5])).tolist() == [9.0]
    assert cut_points(scores, np.array([0.99])).tolist() == []


def test_normal_scores_keep_order_and_gaps_and_are_symmetric() -> None:
    scores = np.array([1.0, np.nan, 2.0, 2.0, 9.0], dtype=np.float32)

    found = to_normal_scores(scores)

    assert np.isnan(found[1])
    assert found[0] < found[2] == found[3] < found[4]
    assert found[0] == pytest.approx(-found[4])


@pytest.mark.parametrize("size", [0, 1, 7])
def test_groups_too_small_to_say_anything(size: int) -> None:
    groups = groups_of(6, size)
    values = np.linspace(-1, 1, len(groups)).astype(np.float32)

    assert upper_tails(values, groups, 6) == []
