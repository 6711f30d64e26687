"""Centres, spreads and weights that a few odd values do not move; NaN is what is missing."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]

# The median absolute deviation of normal values, times this, is their standard deviation.
_NORMAL_MAD: Final = 1.4826


def middle(values: Floats, axis: int = -1) -> Floats:
    """The median along an axis without what is missing; NaN where everything is."""
    if values.shape[axis] == 0:
        return np.full(np.delete(values.shape, axis), np.nan)
    ordered = np.sort(values, axis=axis)  # what is missing comes last
    count = np.count_nonzero(~np.isnan(values), axis=axis, keepdims=True)
    last = ordered.shape[axis] - 1
    low = np.take_along_axis(ordered, np.clip((count - 1) // 2, 0, last), axis)
    high = np.take_along_axis(ordered, np.clip(count // 2, 0, last), axis)
    found: Floats = np.where(count > 0, (low + high) / 2, np.nan).squeeze(axis)
    return found


def quantile(values: Floats, share: float, axis: int = -1) -> Floats:
    """The value which that share of what is there does not exceed; NaN where nothing is."""
    ordered = np.sort(values, axis=axis)
    count = np.count_nonzero(~np.isnan(values), axis=axis, keepdims=True)
    place = np.maximum(np.ceil(share * count).astype(np.intp) - 1, 0)
    found: Floats = np.take_along_axis(ordered, place, axis).squeeze(axis)
    return found


def spread(values: Floats, axis: int = -1) -> Floats:
    """The standard deviation that normal values with this median absolute deviation have."""
    centre = np.expand_dims(middle(values, axis), axis)
    return _NORMAL_MAD * middle(np.abs(values - centre), axis)


def mean(values: Floats, axis: int | tuple[int, ...] = -1) -> Floats:
    """The mean without what is missing; NaN where everything is."""
    known = ~np.isnan(values)
    count = known.sum(axis=axis)
    total: Floats = np.where(known, values, 0.0).sum(axis=axis)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def bounded_weights(distances: Floats, bound: float = 2.0) -> Floats:
    """How much a value counts that lies so many standard deviations off: 1 near, then ever less.

    Beyond the bound a value counts by the square of bound/distance, so what is far off has hardly
    a say (the weights of a redescending estimate). What is missing counts nothing.
    """
    size = np.maximum(np.abs(np.nan_to_num(distances)), bound)
    return np.where(np.isnan(distances), 0.0, (bound / size) ** 2)


def centre_of_others(values: Floats, weights: Floats, axis: int) -> tuple[Floats, Floats]:
    """For each value the weighted mean of the others along an axis, and of how many it is worth.

    The second is the number of equal values whose mean would be as sure (Kish); 0 where there is
    no other, and the mean is NaN there.
    """
    filled = np.where(weights > 0, np.nan_to_num(values), 0.0)
    total = weights.sum(axis=axis, keepdims=True) - weights
    squares = np.maximum((weights**2).sum(axis=axis, keepdims=True) - weights**2, 0.0)
    weighted = (weights * filled).sum(axis=axis, keepdims=True) - weights * filled
    some = total > 1e-9  # less is what rounding leaves of a sum of nothing but itself
    centre = np.where(some, weighted / np.where(some, total, 1.0), np.nan)
    worth = np.where(some, total**2 / np.where(some, squares, 1.0), 0.0)
    return centre, worth


def bounded_square(bound: float) -> float:
    """What the square of a normal value is on average when it is cut at the bound's square."""
    density = float(np.exp(-(bound**2) / 2) / np.sqrt(2 * np.pi))
    beyond = float(ndtr(-bound))
    return (1 - 2 * beyond) - 2 * bound * density + 2 * bound**2 * beyond
