"""Centres, spreads and weights that odd values do not move."""

import numpy as np
import pytest

from projections.screening.robust import (
    bounded_square,
    bounded_weights,
    centre_of_others,
    mean,
    middle,
    quantile,
    spread,
)

NAN = np.nan


@pytest.mark.parametrize(
    ("values", "expected"),
    [([3.0, 1.0, 2.0], 2.0), ([4.0, 1.0, NAN, 2.0, 3.0], 2.5), ([NAN, NAN], NAN), ([0.0], 0.0)],
)
def test_the_middle_leaves_out_what_is_missing(values: list[float], expected: float) -> None:
    assert middle(np.array(values)) == pytest.approx(expected, nan_ok=True)


def test_the_middle_goes_along_any_axis() -> None:
    values = np.array([[1.0, NAN, 9.0], [3.0, NAN, 7.0], [5.0, 2.0, 8.0]])
    assert middle(values, axis=0).tolist() == [3.0, 2.0, 8.0]


def test_one_odd_value_moves_the_spread_little() -> None:
    values = np.sin(np.arange(200.0))
    odd = np.append(values, 1e6)
    assert spread(odd) == pytest.approx(float(spread(values)), rel=0.05)


def test_a_share_of_the_values_lies_at_most_at_the_quantile() -> None:
    values = np.array([NAN, 5.0, 1.0, 2.0, 3.0, 4.0])
    assert [float(quantile(values, share)) for share in (0.2, 0.5, 0.8, 1.0)] == [1, 3, 4, 5]
    assert np.isnan(quantile(np.array([NAN]), 0.5))


def test_the_mean_of_nothing_is_missing() -> None:
    found = mean(np.array([[1.0, NAN, 3.0], [NAN, NAN, NAN]]))
    assert found.tolist()[0] == 2.0
    assert np.isnan(found[1])


def test_what_is_far_off_counts_by_the_square_of_its_distance() -> None:
    found = bounded_weights(np.array([0.0, -2.0, 4.0, 20.0, NAN]))
    assert found.tolist() == pytest.approx([1.0, 1.0, 0.25, 0.01, 0.0])


def test_a_centre_of_others_is_not_moved_by_its_own_value() -> None:
    values = np.array([1.0, 2.0, 3.0, 100.0])
    centre, worth = centre_of_others(values, np.ones(4), axis=0)
    assert centre[3] == pytest.approx(2.0)
    assert worth.tolist() == pytest.approx([3.0] * 4)


def test_who_is_alone_has_no_others() -> None:
    centre, worth = centre_of_others(np.array([1.0, NAN]), np.array([1.0, 0.0]), axis=0)
    assert np.isnan(centre[0])
    assert worth[0] == 0


def test_a_square_that_is_never_cut_is_one_on_average() -> None:
    assert bounded_square(8.0) == pytest.approx(1.0)
    assert bounded_square(1.0) == pytest.approx(0.516, abs=0.001)
