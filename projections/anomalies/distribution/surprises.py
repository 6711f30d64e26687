"""How surprising each mark is upwards, by the pupil's other subjects and other marks."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincc

from projections.anomalies.distribution.cohort import Floats
from projections.anomalies.distribution.standardised import Standardised, without_slope
from projections.screening.robust import mean, middle, quantile
from projections.screening.shrinkage import beta_binomial_terms, overdispersion

# Surprises are counted on a grid of hundredths up to so many spreads.
_STEP: Final = 0.01
_HIGHEST: Final = 10.0
# What at most this share of all pupils reaches counts as a surprise.
RARE: Final = 0.02
# The top of a cohort is so large a share of its pupils, and whoever has an excellent mark.
_TOP: Final = 0.2
EXCELLENT: Final = 9.0
_LEAST_SPREAD: Final = 0.1


@dataclass(frozen=True, slots=True)
class Surprises:
    """What is left of each pupil's marks, in spreads [class, number, subject, column + 1].

    The last column is the mean over the sheet. A class's own middle is taken out, so that a class
    whose marks are all high surprises nobody here; and a mark that is not at the top of the cohort
    is no surprise at all, the least there is. `histogram` [column + 1, step] is how many pupils of
    the cohort lie at each step of the grid.
    """

    left: Floats
    histogram: NDArray[np.int64]


def surprises_of(marks: Standardised, points: Floats) -> Surprises:
    columns = without_slope(marks.within, (marks.ability, marks.beside))
    sheet = without_slope(mean(marks.within, axis=3), (marks.ability,))
    left = np.concatenate([columns, sheet[..., None]], axis=3)
    left = left - middle(left, axis=1)[:, None]
    flat = np.abs(left).reshape(-1, *left.shape[2:])
    usual = np.maximum(np.nan_to_num(mean(flat, axis=0)) * np.sqrt(np.pi / 2), _LEAST_SPREAD)
    heights = np.concatenate([points, mean(points)[..., None]], axis=3)
    top = np.minimum(_top_of_cohort(heights), EXCELLENT)
    left = np.where(~np.isnan(left) & ~(heights >= top), -_HIGHEST, left / usual)
    steps = _steps(left)
    histogram = np.stack(
        [
            np.bincount(column[column >= 0], minlength=_steps_in_all())
            for column in np.moveaxis(steps, 3, 0)
        ]
    )
    return Surprises(left, histogram)


def _top_of_cohort(heights: Floats) -> Floats:
    """What a fifth of the pupils of the cohort reach, in each subject and column."""
    return quantile(heights.reshape(-1, *heights.shape[2:]), 1 - _TOP, axis=0)


def _steps_in_all() -> int:
    return 2 * int(_HIGHEST / _STEP) + 1


def _steps(left: Floats) -> NDArray[np.intp]:
    """The place on the grid, -1 for what is missing."""
    bounded = np.clip(np.nan_to_num(left), -_HIGHEST, _HIGHEST)
    places = np.rint((bounded + _HIGHEST) / _STEP).astype(np.intp)
    return np.where(np.isnan(left), -1, places)


def rarity(histograms: NDArray[np.int64]) -> Floats:
    """For each column and step of the grid, the share of pupils who lie there or higher."""
    reached = histograms[:, ::-1].cumsum(axis=1)[:, ::-1]
    total = np.maximum(reached[:, :1], 1)
    # Half of those at the same step: what is tied is as surprising as the middle of the tie.
    share: Floats = np.maximum(reached - histograms / 2, 0.5) / total
    return share


@dataclass(frozen=True, slots=True)
class Tail:
    """Of each class, subject and column: pupils, surprises among them, and their weight."""

    pupils: Floats
    found: Floats
    weight: Floats


def tail_of(surprises: Surprises, rare: Floats) -> Tail:
    """Count what is rare, and weigh it: a surprise of rarity p weighs log(RARE / p)."""
    steps = _steps(surprises.left)
    column = np.arange(steps.shape[3])
    chance = np.where(steps >= 0, rare[column, np.maximum(steps, 0)], 1.0)
    hit = chance <= RARE
    weight = np.where(hit, np.log(RARE / chance), 0.0)
    return Tail(
        pupils=(steps >= 0).sum(axis=1).astype(np.float64),
        found=hit.sum(axis=1).astype(np.float64),
        weight=weight.sum(axis=1),
    )


def chance_of(pupils: Floats, found: Floats, weight: Floats) -> Floats:
    """The probability that the surprises in one class weigh so much or more.

    A truncated product (Zaykin and others, 2002) over an overdispersed count: given k surprises,
    their weight is Gamma(k), and k is beta-binomial with the overdispersion of the school.
    """
    shape = pupils.shape
    pupils, found, weight = pupils.ravel(), found.ravel(), weight.ravel()
    rho = overdispersion(found, pupils, np.full_like(pupils, RARE))
    chance = np.ones_like(pupils)
    some = np.flatnonzero(found > 0)
    if len(some):
        most = int(pupils.max())
        rare = np.full(len(some), RARE)
        terms = beta_binomial_terms(pupils[some], rare, rho, most)[:, 1:]
        heavier = gammaincc(np.arange(1, most + 1)[None, :], weight[some, None])
        chance[some] = np.clip((terms * heavier).sum(axis=1), 0.0, 1.0)
    return chance.reshape(shape)
