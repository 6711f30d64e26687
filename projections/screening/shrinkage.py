"""What many units teach about one: variances between them, overdispersion, the null they show."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr, ndtri, stdtr

from projections.screening.robust import bounded_square

Floats = NDArray[np.float64]

# Deviations count at most as much as ones of so many standard deviations.
_BOUND: Final = 2.0
_QUARTILE: Final = 0.6744897501960817
_HALVINGS: Final = 40
_WELL_ABOVE: Final = 1.0


def between_variance(deviations: Floats, variances: Floats, factors: Floats) -> float:
    """How much units truly differ: the τ² with which their deviations are as large as they are.

    A deviation has variance τ²·factor + its own. Paule and Mandel's equation (1982), with squares
    that are cut, so that a few units which stand off do not widen what is ordinary. 0 where the
    units differ no more than chance makes them, or there are none.
    """
    target = bounded_square(_BOUND)

    def surplus(tau2: float) -> float:
        squares = deviations**2 / (tau2 * factors + variances)
        return float(np.minimum(squares, _BOUND**2).mean()) - target

    if not len(deviations) or surplus(0.0) <= 0:
        return 0.0
    low, high = 0.0, float((deviations**2 / factors).max()) * 4 + 1e-9
    for _ in range(_HALVINGS):
        half = (low + high) / 2
        low, high = (half, high) if surplus(half) > 0 else (low, half)
    return high


def group_factors(squares: Floats, groups: NDArray[np.intp], count: int, prior: float) -> Floats:
    """For each group of units, how much wider or narrower it is than all: 1 without evidence.

    `squares` are squared standardised deviations; the units of a group are weighed against
    `prior` ordinary ones, so a group of few says little.
    """
    cut = np.minimum(squares, _BOUND**2) / bounded_square(_BOUND)
    sums = np.bincount(groups, cut, count)
    sizes = np.bincount(groups, minlength=count)
    factors: Floats = (sums + prior) / (sizes + prior)
    return factors


def null_scale(scores: Floats, prior: float = 40.0) -> float:
    """How wide the middle of the z-scores is against the normal (Efron's empirical null); ≥ 1.

    Weighed against `prior` ordinary scores, since few scores say little of their own width. It
    only ever widens: what is not sure is told less.
    """
    if not len(scores):
        return 1.0
    low, high = np.quantile(scores, [0.25, 0.75])
    seen = (float(high) - float(low)) / (2 * _QUARTILE)
    return max(1.0, (len(scores) * seen + prior) / (len(scores) + prior))


def normal_scores(t: Floats, freedom: Floats | float) -> Floats:
    """Student's t as the normal score that is as improbable, on the same side."""
    tail = np.maximum(stdtr(freedom, -np.abs(t)), 1e-300)
    scores: Floats = -np.sign(t) * ndtri(tail)
    return scores


def beta_binomial_terms(trials: Floats, chance: Floats, rho: Floats | float, most: int) -> Floats:
    """The probabilities of 0…`most` successes, for each unit in a row of its own.

    `rho` is how alike the trials of one unit are: 0 is a binomial. Shapes: (units,) in, (units,
    most + 1) out; more successes than trials have probability 0.
    """
    total = np.minimum(1.0 / np.maximum(rho, 1e-6) - 1.0, 1e6)
    n = np.asarray(trials, dtype=np.float64)[:, None]
    a = np.maximum(chance * total, 1e-9)[:, None]
    b = np.maximum((1 - chance) * total, 1e-9)[:, None]
    k = np.arange(most + 1)[None, :]
    inside = k <= n
    left = np.where(inside, n - k, 0.0)
    terms = (
        gammaln(n + 1)
        - gammaln(k + 1)
        - gammaln(left + 1)
        + gammaln(a + k)
        + gammaln(b + left)
        - gammaln(a + b + n)
        + gammaln(a + b)
        - gammaln(a)
        - gammaln(b)
    )
    probabilities: Floats = np.exp(np.where(inside, terms, -np.inf))
    return probabilities


def at_least(successes: Floats, trials: Floats, chance: Floats, rho: float) -> Floats:
    """The probability of so many successes or more, in a beta-binomial of each unit.

    Exact for counts well above what is expected; for the others, of which a screen needs no more
    than that they are ordinary, by the normal curve.
    """
    variance = trials * chance * (1 - chance) * (1 + np.maximum(trials - 1, 0) * rho)
    off = (successes - 0.5 - trials * chance) / np.sqrt(np.maximum(variance, 1e-12))
    found: Floats = np.where(successes > 0, ndtr(-np.clip(off, -8.0, 8.0)), 1.0)
    exact = np.flatnonzero((off > _WELL_ABOVE) & (successes > 0))
    if len(exact):
        most = int(trials[exact].max())
        terms = beta_binomial_terms(trials[exact], chance[exact], rho, most)
        enough = np.arange(most + 1)[None, :] >= successes[exact, None]
        found[exact] = np.clip((terms * enough).sum(axis=1), 0.0, 1.0)
    return found


def overdispersion(successes: Floats, trials: Floats, chance: Floats) -> float:
    """How alike the trials of one unit are over what chance makes them, 0 to 0.5.

    By the squares of the standardised counts, without the hundredth of the units that is farthest
    off: those are what a screen looks for.
    """
    useful = (trials > 1) & (chance > 0) & (chance < 1)
    n, p = trials[useful], chance[useful]
    if not len(n):
        return 0.0
    squares = (successes[useful] - n * p) ** 2 / (n * p * (1 - p))
    kept = squares <= np.quantile(squares, 0.99)
    return float(np.clip((squares[kept] - 1).sum() / (n[kept] - 1).sum(), 0.0, 0.5))
