"""Scores of one subject on a scale that all share: the normal scores of their ranks."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Column = NDArray[np.float32]

# Scores are compared in so many steps of their range; marks have a hundred, sums a few hundred.
_STEPS: Final = 4_000


def to_normal_scores(scores: Column) -> Column:
    """Each score as the normal score of its middle rank among all; NaN stays NaN.

    Only the order counts, so that a hard test and an easy one, or points and percents, are alike.
    The time does not depend on an order: scores are counted in steps of their range, not sorted.
    """
    known = ~np.isnan(scores)
    values = scores[known]
    found = np.full(len(scores), np.nan, dtype=np.float32)
    if not len(values):
        return found
    low, high = float(values.min()), float(values.max())
    width = (high - low) / _STEPS or 1.0
    steps = np.rint((values - low) / width).astype(np.int32)
    counts = np.bincount(steps, minlength=_STEPS + 1)
    middle_ranks = np.cumsum(counts) - counts / 2
    found[known] = ndtri(middle_ranks / len(values)).astype(np.float32)[steps]
    return found


def cut_points(values: Column, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """The least values that at most the given shares of all reach, one per share, no value twice.

    Ties stay together: where half of the class has a 10, no cut divides them. A cut that would
    leave nobody above it is left out.
    """
    known = np.sort(values[~np.isnan(values)])
    if not len(known):
        return np.zeros(0)
    places = np.minimum(np.ceil((1 - shares) * len(known)).astype(np.int64), len(known) - 1)
    wanted = known[places]
    first = np.searchsorted(known, wanted, side="left")
    # Half of the ties would fall on the wrong side: the next value up begins the share then.
    after = np.searchsorted(known, wanted, side="right")
    goes_up = (len(known) - first) > 2 * shares * len(known)
    wanted = np.where(
        goes_up & (after < len(known)), known[np.minimum(after, len(known) - 1)], wanted
    )
    return np.unique(wanted[wanted > known[0]].astype(np.float64))
