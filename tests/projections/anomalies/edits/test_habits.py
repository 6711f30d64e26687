"""Tails after the habits of others: what they promise, and what they cannot be talked into."""

import numpy as np
import pytest

from projections.anomalies.edits.habits import Belief, both, rate_tails, share_tails

SEEDS = range(60)


def test_a_quiet_school_has_no_more_small_tails_of_rates_than_promised() -> None:
    """Teachers whose rates differ by half of their mean; a tail keeps its promise within a half."""
    tails = np.concatenate([_quiet_rates(seed) for seed in SEEDS])
    assert np.mean(tails <= 0.1) <= 0.1 * 1.5
    assert np.mean(tails <= 0.01) <= 0.01 * 1.5


def test_a_quiet_school_has_no_more_small_tails_of_shares_than_promised() -> None:
    tails = np.concatenate([_quiet_shares(seed) for seed in SEEDS])
    assert np.mean(tails <= 0.1) <= 0.1 * 1.5
    assert np.mean(tails <= 0.01) <= 0.01 * 1.5


def _quiet_rates(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    entered = rng.integers(100, 900, 50).astype(np.float64)
    return rate_tails(rng.poisson(entered * 0.02 * rng.gamma(4, 0.25, 50)), entered)


def _quiet_shares(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    of = rng.integers(1, 40, 50)
    return share_tails(rng.binomial(of, rng.beta(12, 8, 50)), of, np.full(50, 0.5))


@pytest.mark.parametrize("others_irregular", [0, 1, 3])
def test_who_stands_out_is_not_hidden_by_others_who_do(others_irregular: int) -> None:
    entered = np.full(40, 500.0)
    found = np.full(40, 10)
    found[: others_irregular + 1] = 90
    assert rate_tails(found, entered)[0] < 1e-6


def test_nobody_hides_behind_a_mean_that_they_moved() -> None:
    """Whatever the size of the one count, the others' tails hardly move."""
    entered = np.full(20, 500.0)
    found = np.array([10] * 19 + [15])
    with_much = np.array([400] + [10] * 18 + [15])
    assert rate_tails(with_much, entered)[-1] == pytest.approx(
        rate_tails(found, entered)[-1], rel=0.5
    )


def test_the_same_rate_says_more_of_more_marks() -> None:
    entered = np.array([20.0, 1000.0, *[500.0] * 30])
    found = np.array([2, 100, *[10] * 30])
    few, many, *_ = rate_tails(found, entered)
    assert few > 0.05
    assert many < 1e-4


def test_more_ordinary_teachers_make_nobody_strong() -> None:
    tails = [
        rate_tails(np.array([14, *[8, 10, 12] * size]), np.full(1 + 3 * size, 500.0))[0]
        for size in (5, 20, 80)
    ]
    assert min(tails) > 0.02


def test_a_school_that_always_edits_has_nobody_who_edits_often() -> None:
    assert rate_tails(np.full(30, 200), np.full(30, 500.0)).min() > 0.05


def test_units_of_one_cause_are_not_each_others_measure() -> None:
    found, exposure = np.array([*[10] * 20, *[0] * 20]), np.ones(40)
    cause = np.array([7] * 20 + list(range(100, 120)))
    assert rate_tails(found, exposure)[0] > 0.05
    assert rate_tails(found, exposure, together=cause)[0] < 1e-4


def test_few_others_leave_doubt() -> None:
    found, entered = np.array([20, 4, 5]), np.full(3, 500.0)
    with_many = rate_tails(np.array([20, *[4, 5] * 20]), np.full(41, 500.0))[0]
    assert rate_tails(found, entered)[0] > 5 * with_many


def test_what_is_believed_counts_where_nothing_is_known() -> None:
    alone = np.array([6]), np.array([1.0])
    assert rate_tails(*alone, Belief(0.5, 0.3))[0] < rate_tails(*alone, Belief(3.0, 0.3))[0]


def test_nothing_found_is_certain() -> None:
    assert rate_tails(np.array([0, 3]), np.array([100.0, 100.0]))[0] == pytest.approx(1)
    assert share_tails(np.array([0, 3]), np.array([4, 6]), np.full(2, 0.5))[0] == pytest.approx(1)


def test_both_is_the_chance_of_a_product() -> None:
    drawn = np.random.default_rng(1).random((20_000, 2))
    tails = np.array([both(one, other) for one, other in drawn.tolist()])
    assert np.mean(tails <= 0.05) == pytest.approx(0.05, rel=0.1)
    assert both(1.0, 1.0) == 1.0
