"""The promised rate of false discoveries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from projections.screening.discovery import q_values

P_VALUES = arrays(np.float64, st.integers(1, 60), elements=st.floats(1e-12, 1.0))


def test_the_steps_of_benjamini_and_hochberg_by_hand() -> None:
    # 0.01·4/1, then 0.02·4/2 is as small, 0.03·4/3 too, and 0.5·4/4.
    found = q_values(np.array([0.5, 0.02, 0.01, 0.03]))

    assert found == pytest.approx([0.5, 0.04, 0.04, 0.04])


@given(P_VALUES)
def test_q_keeps_the_order_of_p_and_is_never_less(p: np.ndarray) -> None:
    q = q_values(p)

    assert (q >= p - 1e-15).all()
    assert (q <= 1).all()
    assert (np.diff(q[np.argsort(p, kind="stable")]) >= -1e-15).all()


@given(P_VALUES, st.randoms())
def test_the_order_in_which_tests_come_does_not_matter(p: np.ndarray, random: object) -> None:
    order = np.argsort(-p, kind="stable")

    assert q_values(p[order]) == pytest.approx(q_values(p)[order])


def test_among_what_is_told_the_false_ones_are_as_few_as_promised() -> None:
    rng = np.random.default_rng(7)
    shares = []
    for _ in range(200):
        honest = rng.random(180)
        planted = rng.random(20) * 1e-4
        told = q_values(np.concatenate([honest, planted])) <= 0.1
        shares.append(told[:180].sum() / max(told.sum(), 1))

    assert np.mean(shares) < 0.1


def test_weights_share_the_same_rate() -> None:
    p = np.array([0.5, 0.02, 0.01, 0.03])

    assert q_values(p, np.ones(4)) == pytest.approx(q_values(p))
    # Twice the weight is half the p: 0.02/2·4/1; those that paid for it have to be clearer.
    assert q_values(p, np.array([2 / 3, 2.0, 2 / 3, 2 / 3]))[1] == pytest.approx(0.03)


def test_whatever_the_weights_the_false_ones_are_as_few_as_promised() -> None:
    rng = np.random.default_rng(8)
    weights = np.repeat([0.5, 1.5], 100)
    shares = []
    for _ in range(200):
        p = rng.random(200)
        p[90:110] *= 1e-4
        told = q_values(p, weights) <= 0.1
        told_falsely = told.sum() - told[90:110].sum()
        shares.append(told_falsely / max(told.sum(), 1))

    assert np.mean(shares) < 0.1


def test_no_test_at_all_promises_nothing() -> None:
    assert len(q_values(np.zeros(0))) == 0
