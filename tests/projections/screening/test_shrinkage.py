"""What many units teach about one: variances, overdispersion, tails."""

import numpy as np
import pytest
from scipy.special import bdtrc, ndtri

from projections.screening.shrinkage import (
    at_least,
    beta_binomial_terms,
    between_variance,
    group_factors,
    normal_scores,
    null_scale,
    overdispersion,
)

# Values as a bell has them, evenly through it, in an order that follows no unit.
BELL = np.random.default_rng(1).permutation(ndtri((np.arange(1000) + 0.5) / 1000))


def test_the_variance_between_units_is_what_measuring_does_not_explain() -> None:
    own = np.full(1000, 0.09)
    found = between_variance(BELL * 0.5, own, np.ones(1000))
    assert found == pytest.approx(0.25 - 0.09, rel=0.02)


def test_units_that_stand_off_hardly_widen_what_is_ordinary() -> None:
    own = np.full(1000, 0.09)
    planted = np.where(np.arange(1000) < 20, 30.0, BELL * 0.5)
    assert between_variance(planted, own, np.ones(1000)) < 0.2


def test_units_that_differ_by_chance_alone_do_not_differ() -> None:
    assert between_variance(BELL * 0.2, np.full(1000, 0.09), np.ones(1000)) == 0.0
    nothing = np.zeros(0)
    assert between_variance(nothing, nothing, nothing) == 0.0


def test_a_group_of_few_says_little_of_its_width() -> None:
    squares = np.full(52, 4.0)
    groups = np.array([0] * 2 + [1] * 50)
    few, many = group_factors(squares, groups, 2, prior=20.0)
    assert 1.0 < few < 1.5 < many


def test_the_null_only_widens() -> None:
    assert null_scale(BELL * 0.5) == 1.0
    assert null_scale(BELL * 1.5) == pytest.approx(1.48, abs=0.02)
    assert null_scale(BELL[:0]) == 1.0


def test_a_normal_score_is_as_improbable_as_the_t_it_stands_for() -> None:
    found = normal_scores(np.array([-2.228, 0.0, 2.228]), 10.0)
    assert found.tolist() == pytest.approx([-1.96, 0.0, 1.96], abs=0.001)


def test_without_overdispersion_counts_are_binomial() -> None:
    trials, chance, k = np.full(3, 40.0), np.full(3, 0.1), np.array([9.0, 12.0, 20.0])
    assert at_least(k, trials, chance, 0.0).tolist() == pytest.approx(
        bdtrc(k - 1, 40, 0.1).tolist(), rel=1e-3
    )


def test_probabilities_of_all_counts_are_one_together() -> None:
    terms = beta_binomial_terms(np.array([5.0, 30.0]), np.array([0.3, 0.9]), 0.2, 30)
    assert terms.sum(axis=1).tolist() == pytest.approx([1.0, 1.0])
    assert terms[0, 6:].sum() == 0.0


def test_what_is_alike_is_less_surprising_together() -> None:
    k, trials, chance = np.array([15.0]), np.array([30.0]), np.array([0.2])
    assert at_least(k, trials, chance, 0.1)[0] > 10 * at_least(k, trials, chance, 0.0)[0]


def test_overdispersion_is_seen() -> None:
    rng = np.random.default_rng(2)
    trials, chance = np.full(3000, 30.0), np.full(3000, 0.2)
    alone = rng.binomial(30, 0.2, 3000).astype(float)
    alike = rng.binomial(30, rng.beta(0.2 * 9, 0.8 * 9, 3000)).astype(float)
    assert overdispersion(alone, trials, chance) < 0.01
    assert overdispersion(alike, trials, chance) == pytest.approx(0.1, abs=0.02)
