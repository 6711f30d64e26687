"""What a pupil's other subjects foretell, and how far a score lies above it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Column = NDArray[np.float32]
Groups = NDArray[np.int32]
Floats = NDArray[np.float64]

# Two subjects of one pupil go together at least so far, where too few pupils took both to see it.
_LEAST_AGREEMENT: Final = 0.05
_BEST: Final = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """Normal scores of pupils by subject, and what the same pupils' other subjects say.

    `residuals` (pupils × subjects) is the score less the one foretold, NaN for who took nothing
    else. `ability` is the mean of all subjects; `best` the mean of the three best and `contrast`
    that mean less the mean of the rest, NaN for who took fewer than five subjects.
    """

    residuals: Matrix
    beside: Floats
    ability: Column
    best: Column
    contrast: Column


def profile(scores: Matrix, groups: Groups, count: int) -> Profile:
    """The profile of every pupil; `scores` are normal scores, NaN where a subject was not taken."""
    known = ~np.isnan(scores)
    filled = np.where(known, scores, np.float32(0))
    taken = known.sum(axis=1, dtype=np.int32)
    total = filled.sum(axis=1)
    agreement = _agreement(filled, known)
    residuals = np.full_like(scores, np.nan)
    beside = np.zeros((count, scores.shape[1]))
    for subject in range(scores.shape[1]):
        others = taken - known[:, subject]
        chosen = known[:, subject] & (others > 0)
        n = others[chosen].astype(np.float32)
        mean = (total[chosen] - filled[chosen, subject]) / n
        # The mean of few subjects says less about another one (Spearman and Brown).
        foretold = mean * (n * agreement / (1 + (n - 1) * agreement))
        own = scores[chosen, subject]
        of = groups[chosen]
        beside[:, subject] = np.bincount(of, mean, count) / np.maximum(
            np.bincount(of, minlength=count), 1
        )
        residuals[chosen, subject] = own - _slope(foretold, own, of, count) * foretold
    ability = np.where(taken > 0, total / np.maximum(taken, 1), np.nan).astype(np.float32)
    best, contrast = _best(scores, taken, total)
    return Profile(residuals, beside, ability, best, contrast)


def _agreement(filled: Matrix, known: NDArray[np.bool_]) -> float:
    """The mean correlation of two subjects of one pupil."""
    pairs = known.astype(np.float32)
    both = pairs.T @ pairs
    products = filled.T @ filled
    off = ~np.eye(filled.shape[1], dtype=bool)
    if not off.any() or both[off].sum() == 0:
        return _LEAST_AGREEMENT
    return float(np.clip(products[off].sum() / both[off].sum(), _LEAST_AGREEMENT, 0.95))


def _slope(foretold: Column, own: Column, groups: Groups, count: int) -> float:
    """How a score follows the foretold one within groups: what groups have in common is no part."""
    sizes = np.maximum(np.bincount(groups, minlength=count), 1)
    within = foretold - (np.bincount(groups, foretold, count) / sizes)[groups]
    spread = float(within @ within)
    return float(within @ own) / spread if spread > 0 else 0.0


def _best(scores: Matrix, taken: NDArray[np.int32], total: Column) -> tuple[Column, Column]:
    best = np.full(len(scores), np.nan, dtype=np.float32)
    contrast = best.copy()
    chosen = taken >= _BEST + 2
    if not chosen.any():
        return best, contrast
    values = np.where(np.isnan(scores[chosen]), np.float32(-np.inf), scores[chosen])
    place = values.shape[1] - _BEST
    highest = np.partition(values, place, axis=1)[:, place:].sum(axis=1)
    rest = (total[chosen] - highest) / (taken[chosen] - _BEST)
    best[chosen] = highest / _BEST
    contrast[chosen] = best[chosen] - rest
    return best, contrast
