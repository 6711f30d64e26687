"""Where each class and subject stands: against its cohort, given how the class does elsewhere."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from projections.anomalies.distribution.cohort import Floats
from projections.screening.robust import bounded_weights, centre_of_others, middle, spread
from projections.screening.shrinkage import (
    between_variance,
    group_factors,
    normal_scores,
    null_scale,
)

Measured = NDArray[np.bool_]

# The slopes of a subject are weighed against this many ordinary sheets of the school.
_PRIOR_SHEETS: Final = 40.0
_ROUNDS: Final = 3
_MOST_HIDDEN: Final = 0.5
_TOO_FEW: Final = 3
_LEAST: Final = 1e-6
_FREEDOM: Final = (3.0, 100.0)
# How long the tails are of what ordinary units differ by, as Student's t: teachers have their ways,
# and there are some like no other; a sheet's own columns are tamer, and what
# moved between two terms of the same class and subject has the tails of a bell.
WAYS: Final = 12.0
TAME: Final = 40.0
NO_TAILS: Final = 100.0
# What a unit follows it follows upwards, and hardly more than one for one.
_SLOPES: Final = (0.0, 1.2)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far each unit is from where it would be expected [cohort, class, subject].

    `deviation` is in the unit of what was measured, `t` in standard deviations of an ordinary
    school; `high` and `low` are the probabilities that chance alone puts it so far up or down.
    NaN where nothing was measured or there is nothing to compare with.
    """

    deviation: Floats
    t: Floats
    high: Floats
    low: Floats


def standing(
    values: Floats, variances: Floats, predictors: tuple[Floats, ...], *, tails: float
) -> Standing:
    """Compare each unit with the others of its cohort [cohort, class, subject].

    `variances` are those of the measuring alone; how much ordinary units truly differ is learnt
    from all of them. `predictors`, of the same shape, are what a value may be expected to follow,
    such as how the class does in its other subjects.
    """
    left, unsure = _without(values, predictors)
    usual = _usual_spread(left)
    off = (left - middle(left, axis=1)[:, None]) / usual
    known = ~np.isnan(left)
    # Of three nobody can say which one is odd, so each counts as much as the other.
    enough = known.sum(axis=1, keepdims=True) > _TOO_FEW
    weights = np.where(enough, bounded_weights(off), known)
    centre, worth = centre_of_others(left, weights, axis=1)
    measured = known & ~np.isnan(centre)
    factor = np.where(measured, 1 + 1 / np.maximum(worth, 1.0), 1.0)
    deviation = np.where(measured, left - centre, np.nan)
    own = (np.nan_to_num(variances) + _LEAST) * factor
    # What a sheet teaches the slopes, they hide of it; who stands off teaches them nothing.
    shown = deviation / np.sqrt(1 - np.clip(unsure, 0.0, _MOST_HIDDEN))
    tau2 = between_variance(shown[measured], own[measured], factor[measured])
    ordinary = (tau2 * factor + own) * _by_subject(deviation**2 / (tau2 * factor + own), measured)
    t = deviation / np.sqrt(ordinary + tau2 * unsure)
    freedom = _freedom(measured, tau2 * factor, own, tails)
    t = t / null_scale(normal_scores(t[measured], freedom[measured]))
    filled = np.nan_to_num(t)
    low = np.where(measured, stdtr(freedom, filled), np.nan)
    high = np.where(measured, stdtr(freedom, -filled), np.nan)
    return Standing(deviation, t, high, low)


def _usual_spread(left: Floats) -> float:
    """The spread of ordinary units around their cohort's middle."""
    around = (left - middle(left, axis=1)[:, None]).ravel()
    found = float(spread(around)) if np.isfinite(around).any() else 1.0
    return max(found, 1e-3)


def _freedom(measured: Measured, between: Floats, own: Floats, tails: float) -> Floats:
    """The degrees of freedom of each unit's t, as Welch and Satterthwaite add them.

    What units truly differ by is known from so many comparisons only, and has tails of its own;
    what is left to chance has the tails of a bell.
    """
    independent = float(np.maximum(measured.sum(axis=1) - 1, 0).sum())
    longest = min(tails, independent / 2)
    freedom = (between + own) ** 2 / (between**2 / max(longest, 1.0) + own**2 / _FREEDOM[1])
    return np.clip(freedom, *_FREEDOM)


def _by_subject(squares: Floats, measured: Measured) -> Floats:
    """How much wider than the school's the units of each subject are; never narrower."""
    subjects = np.broadcast_to(np.arange(squares.shape[2]), squares.shape)
    factors = group_factors(squares[measured], subjects[measured], squares.shape[2], _PRIOR_SHEETS)
    return np.maximum(factors, 1.0)


def _without(values: Floats, predictors: tuple[Floats, ...]) -> tuple[Floats, Floats]:
    """What predictors leave of the values, and how unsure that is against one sheet's variance."""
    if not predictors:
        return values, np.zeros_like(values)
    x = np.stack([_centred(predictor) for predictor in predictors], axis=-1)
    y = _centred(values)
    known = ~np.isnan(y) & ~np.isnan(x).any(axis=-1)
    x, y = np.where(known[..., None], x, 0.0), np.where(known, y, 0.0)
    weights = known.astype(np.float64)
    for _ in range(_ROUNDS):
        slopes, inverse = _slopes(x, y, weights)
        off = y - np.einsum("kgsq,sq->kgs", x, slopes)
        weights = bounded_weights(np.where(known, off, np.nan) / _usual_spread(off[known][None]))
    unsure = np.einsum("kgsq,sqr,kgsr->kgs", x, inverse, x)
    return np.where(known, values - np.einsum("kgsq,sq->kgs", x, slopes), np.nan), unsure


def _centred(values: Floats) -> Floats:
    return values - middle(values, axis=1)[:, None]


def _slopes(x: Floats, y: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """The slopes of each subject, drawn to those of the whole school, and their covariance."""
    count = max(float(np.count_nonzero(weights)), 1.0)
    squares = np.einsum("kgsq,kgsr,kgs->sqr", x, x, weights)
    crossed = np.einsum("kgsq,kgs,kgs->sq", x, y, weights)
    tiny = _LEAST * np.eye(x.shape[-1])
    school = np.clip(np.linalg.solve(squares.sum(axis=0) + tiny, crossed.sum(axis=0)), *_SLOPES)
    prior = _PRIOR_SHEETS * squares.sum(axis=0) / count + tiny
    inverse = np.linalg.inv(squares + prior)
    slopes = np.einsum("sqr,sr->sq", inverse, crossed + prior @ school)
    return np.clip(slopes, *_SLOPES), inverse
