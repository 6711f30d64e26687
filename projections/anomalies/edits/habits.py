"""How much one of many stands out of the habits of all others, whose habits differ as well.

Each unit (a teacher, a sheet) is judged by what all others do, never by itself: the school's mean
and how far its units spread are weighed by the likelihood of the others on a grid, and the tail
of the unit's own count is averaged over that grid. So few others leave wide tails, small exposures
prove little, and nobody hides behind a mean that they moved. Some of the others may be
irregular too; the likelihood lets one in fifty do as it likes, so that it widens nothing.
"""

from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaln, expit, gammaln, logit

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

# One unit in fifty may follow no habit of the school.
_IRREGULAR: Final = 0.02
# An irregular unit's rate spreads around so many times the school's.
_IRREGULAR_TIMES: Final = 6.0
# What the others make less likely than this does not move a tail that anybody would tell of.
_NEGLIGIBLE: Final = 1e-7


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of a school before its own figures: a centre and how sure it is.

    `centre` is a rate per exposure, or a shift in log odds; `spread` is its standard deviation in
    logarithms. `differing` is how much habits are believed to differ: the variance of rates in
    squares of their mean, or that of shares in parts of the most that it could be.
    """

    centre: float | None = None
    spread: float = 2.0
    differing: float = 0.7


def rate_tails(
    found: Counts,
    exposure: Floats,
    belief: Belief | None = None,
    *,
    together: Counts | None = None,
) -> Floats:
    """Return, for each unit, how likely its count or a larger one is after the others' rates.

    Counts are Poisson with rates that differ between units as a gamma distribution with variance
    `spread` x mean² (so counts are negative binomial). Every exposure is above 0. Units that have
    the same number in `together` share a cause, and none of them is an other to the rest.
    """
    belief = belief or Belief()
    pooled = (found.sum() + 0.5) / exposure.sum()
    centre = belief.centre or pooled
    rates = centre * np.exp(np.linspace(-2.7, 2.7, 46))
    spreads = np.array([0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 6.0, 12.0])
    rate, spread = (grid.ravel() for grid in np.meshgrid(rates, spreads, indexing="ij"))
    prior = -0.5 * (np.log(rate / centre) / belief.spread) ** 2 - spread / belief.differing

    causes = np.zeros(len(found)) if together is None else together
    (k, n, cause), place, times = _distinct(found, exposure, causes)
    # Three axes (units, rates, spreads), so that each part is computed for what it depends on.
    k3, mean3 = k[:, :, np.newaxis], (n * rates)[:, :, np.newaxis]
    usual = _gamma_poisson(k3, mean3, spreads)
    unusual = _gamma_poisson(k3, mean3 * _IRREGULAR_TIMES, np.ones(1))
    mixed = _with_irregular(usual, unusual).reshape(len(k), -1)
    own = mixed if together is None else _of_cause(mixed, times, cause)
    weights = _weights(mixed, times, prior, own)
    kept = weights.max(axis=0) > _NEGLIGIBLE
    tails = np.ones((len(k), int(kept.sum())))
    any_found = k.ravel() > 0
    mean, shape = n[any_found] * rate[kept], 1 / spread[kept]
    tails[any_found] = betainc(k[any_found], shape, mean / (mean + shape))
    return _averaged(weights[:, kept], tails)[place]


def share_tails(found: Counts, of: Counts, base: Floats, belief: Belief | None = None) -> Floats:
    """Return, for each unit, how likely so many `found` `of` so many, or more, are.

    `base` (between 0 and 1) is the share that each unit has for reasons of its own; the school
    moves the odds of all of them alike, and units differ around it as a beta distribution (so
    counts are beta-binomial).
    """
    belief = belief or Belief(0.0, 1.0, differing=0.06)
    shifts = (belief.centre or 0.0) + np.linspace(-3, 3, 25)
    spreads = np.array([0.01, 0.03, 0.07, 0.12, 0.2, 0.35])
    shift, spread = (grid.ravel() for grid in np.meshgrid(shifts, spreads, indexing="ij"))
    prior = -0.5 * ((shift - (belief.centre or 0.0)) / belief.spread) ** 2
    prior -= spread / belief.differing

    (k, n, q), place, times = _distinct(found, of, base)
    usual = _beta_binomial(k, n, *_shapes(q, shift, spread))
    unusual = -np.log(n + 1)
    mixed = _with_irregular(usual, unusual)
    weights = _weights(mixed, times, prior, mixed)
    kept = weights.max(axis=0) > _NEGLIGIBLE
    tails = np.ones((len(k), int(kept.sum())))
    for row in np.flatnonzero(k).tolist():
        shapes = _shapes(q[row], shift[kept], spread[kept])
        tails[row] = _beta_binomial_tail(int(k[row, 0]), int(n[row, 0]), *shapes)
    return _averaged(weights[:, kept], tails)[place]


def both(one: float, other: float) -> float:
    """The chance of two independent tails whose product is at most this one (Fisher)."""
    product = max(one * other, 1e-300)
    return min(product * (1 - log(product)), 1.0)


def _distinct(*columns: Counts | Floats) -> tuple[tuple[Floats, ...], NDArray[np.intp], Counts]:
    """Units that have the same figures are one row, with how many of them there are."""
    rows = np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1)
    distinct, place, times = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
    split = tuple(distinct[:, [number]] for number in range(len(columns)))
    return split, place.ravel().astype(np.intp), times.astype(np.int64)


def _with_irregular(usual: Floats, unusual: Floats) -> Floats:
    mixed: Floats = np.logaddexp(np.log1p(-_IRREGULAR) + usual, np.log(_IRREGULAR) + unusual)
    return mixed


def _weights(likelihoods: Floats, times: Counts, prior: Floats, own: Floats) -> Floats:
    """Return the weight of each point of the grid for each row, by all units but its own.

    `own` is the likelihood of what is no other to the row. The largest weight of a row is 1.
    """
    others = prior + times @ likelihoods - own
    weights: Floats = np.exp(others - others.max(axis=1, keepdims=True))
    return weights


def _of_cause(likelihoods: Floats, times: Counts, cause: Floats) -> Floats:
    """The likelihood of all units that share a row's cause, the row's own among them."""
    same = (cause == cause.ravel()) * times
    shared: Floats = same @ likelihoods
    return shared


def _averaged(weights: Floats, tails: Floats) -> Floats:
    averaged: Floats = np.minimum((weights * tails).sum(axis=1) / weights.sum(axis=1), 1.0)
    return averaged


def _gamma_poisson(found: Floats, mean: Floats, spread: Floats) -> Floats:
    shape = 1 / spread
    likelihoods: Floats = (
        gammaln(found + shape)
        - gammaln(shape)
        - gammaln(found + 1)
        + found * (np.log(mean) + np.log(spread))
        - (found + shape) * np.log1p(mean * spread)
    )
    return likelihoods


def _shapes(base: Floats, shift: Floats, spread: Floats) -> tuple[Floats, Floats]:
    mean = expit(logit(base) + shift)
    size = 1 / spread - 1
    return mean * size, (1 - mean) * size


def _beta_binomial(found: Floats | float, of: Floats | float, up: Floats, down: Floats) -> Floats:
    chosen = -np.log(of + 1) - betaln(of - found + 1, found + 1)
    likelihoods: Floats = chosen + betaln(found + up, of - found + down) - betaln(up, down)
    return likelihoods


def _beta_binomial_tail(found: int, of: int, up: Floats, down: Floats) -> Floats:
    """Return the chance of `found` (at least 1) or more: the first term, and ratios from there."""
    first = np.exp(_beta_binomial(float(found), float(of), up, down))
    step = np.arange(found, of, dtype=np.float64)[:, np.newaxis]
    ratios = (of - step) / (step + 1) * (up + step) / (down + of - step - 1)
    tail: Floats = first * (1 + np.cumprod(ratios, axis=0).sum(axis=0))
    return tail
