"""Too many of the highest values for a group whose others are as they are.

A strong group has many high scores and a weak one few: what is asked is whether the tail of a group
fits its own body. On the scale of normal scores the shares of a group above a few quantiles of
all lie near a straight line, which is fitted and drawn on to the tail; how well such lines foretell
tails is learned from the groups themselves, so an honest elite widens what is ordinary.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, ndtr

from projections.screening.body import LEAST_VALUES, Bodies, fit_bodies
from projections.screening.scale import cut_points

Floats = NDArray[np.float64]
Column = NDArray[np.float32]
Groups = NDArray[np.int32]

# The body of a group is told by the shares above these quantiles of all.
_BODY: Final = np.array([0.80, 0.60, 0.40])
# Where the upper tail may begin: a tenth of all, and ever less.
_TAILS: Final = np.array([0.10, 0.05, 0.02, 0.01, 0.003, 0.001])
# With fewer values above a cut than this, all groups together say too little about it.
_LEAST_ABOVE: Final = 12
# What is known before looking: tails foretold from bodies are wrong by about so much, in probits,
# give or take a factor of e to the width, as if so many groups had shown it.
_USUAL_ERROR: Final = 0.12
_ERROR_WIDTH: Final = 0.5
_USUAL_WORTH: Final = 4.0
# The errors that are tried, from next to none to one that foretells nothing.
_ERRORS: Final = 0.03 * 1.35 ** np.arange(11)
# The greatest groups are enough to learn the error from.
_TEACHERS: Final = 300
# However many groups show the error, a few may be of another kind: the tails stay heavy.
_MOST_FREEDOM: Final = 20.0
_CERTAIN: Final = 1e6
# Steps that bring the shift to a few hundred-thousandths of a probit.
_HALVINGS: Final = 18
# A group counts for so many average ones at most when the shift is sought.
_MOST_OF_ONE: Final = 5.0
# A group is no example of how groups usually are when fewer than so many of all would be as odd.
# By what is probable and not by distances: of rare values two lie far off where one does not.
_ODD: Final = 0.2
# And what is odd is seldom: all together hold at most so much of what is above the cut.
_ODD_SHARE: Final = 0.4
_ROUNDS: Final = 3
# Where the chance of a tail is integrated over what is not known of it.
_NODES: Final = np.linspace(-9.0, 9.0, 61)
_FEW_NODES: Final = np.linspace(-4.0, 4.0, 25)
# The p of a group with no more than expected.
_NOTHING: Final = 0.5


@dataclass(frozen=True, slots=True)
class Tail:
    """For each group: how many values lie at or above the cut, how many were expected, and p."""

    cut: float
    found: Floats
    expected: Floats
    p: Floats


def upper_tails(values: Column, groups: Groups, count: int) -> list[Tail]:
    """The tails of `count` groups at each cut that has enough values above it, lowest first.

    `values` are on the scale of normal scores and may be NaN. A group of fewer than eight values
    has p = 1, as has every group where there are fewer than three.
    """
    known = ~np.isnan(values)
    sizes = np.bincount(groups[known], minlength=count).astype(np.float64)
    body_cuts = cut_points(values, _BODY)
    if np.count_nonzero(sizes >= LEAST_VALUES) < 3 or len(body_cuts) < 2:
        return []
    tail_cuts = [cut for cut in cut_points(values, _TAILS) if cut > body_cuts[-1]]
    cuts = np.array([*body_cuts, *tail_cuts])
    above = _counts_above(values[known], groups[known], cuts, count)
    body = fit_bodies(above[:, : len(body_cuts)], sizes, body_cuts)
    found, error = [], _USUAL_ERROR
    for place, cut in enumerate(tail_cuts, len(body_cuts)):
        if above[:, place].sum() >= _LEAST_ABOVE:
            tail, error = _tail(above[:, place], sizes, body, cut, error)
            found.append(tail)
    return found


def _counts_above(values: Column, groups: Groups, cuts: Floats, count: int) -> Floats:
    """How many values of each group are at or above each cut: (groups, cuts)."""
    levels = np.searchsorted(cuts.astype(np.float32), values, side="right")
    width = len(cuts) + 1
    table = np.bincount(groups.astype(np.int64) * width + levels, minlength=count * width)
    from_above = np.cumsum(table.reshape(count, width)[:, ::-1], axis=1)[:, ::-1]
    return from_above[:, 1:].astype(np.float64)


def _tail(
    above: Floats, sizes: Floats, body: Bodies, cut: float, before: float
) -> tuple[Tail, float]:
    """The tail at one cut, and how wrong tails foretold from bodies usually are there.

    `before` is the one of the cut before: where hardly any group has values above this cut, it
    cannot be seen anew.
    """
    probit, unsure = body.at(cut)
    known = sizes >= LEAST_VALUES
    usual = known
    for _ in range(_ROUNDS):
        error, shift = _fit(above[usual], sizes[usual], probit[usual], unsure[usual], before)
        spread = np.sqrt(unsure + error**2)
        expected = sizes * _mean_chance(probit + shift, spread)
        seen = min(_USUAL_WORTH + float(np.count_nonzero(expected >= 1)), _MOST_FREEDOM)
        # The error is seen in few groups; how unsure a line is, is known (Satterthwaite).
        freedom = np.minimum(seen * (spread / error) ** 4, _CERTAIN)
        p = np.where(known, _at_least(above, sizes, probit + shift, spread, freedom), 1.0)
        usual = known & ~_odd(p, above)
    return Tail(cut, above, expected, p), error


def _odd(p: Floats, above: Floats) -> NDArray[np.bool_]:
    """Which groups are so improbable that they teach nothing about the others."""
    order = np.argsort(p, kind="stable")
    few = np.cumsum(above[order]) <= _ODD_SHARE * above.sum()
    odd = np.zeros(len(p), dtype=bool)
    odd[order] = few & (p[order] < _ODD / len(p))
    return odd


def _mean_chance(probit: Floats, spread: Floats) -> Floats:
    """The chance of being above the cut, on average over what is not known of it."""
    chance: Floats = ndtr(probit / np.sqrt(1 + spread**2))
    return chance


def _shifts(above: Floats, sizes: Floats, probit: Floats, spreads: Floats) -> Floats:
    """By how much all lines miss the tail: the shift with which as many are expected as found.

    One for each of the spreads (spreads × groups) that what is not known may have. A group counts
    for a few groups at most: one whose line runs past the highest score there is would otherwise
    leave nothing to be expected of all others.
    """
    most = _MOST_OF_ONE * max(float(above.mean()), 1.0)
    # That nothing was found in the others does not prove that nothing ever will be.
    found = np.minimum(above, most).sum() + 0.5
    low, high = np.full(len(spreads), -3.0), np.full(len(spreads), 3.0)
    for _ in range(_HALVINGS):
        half = (low + high) / 2
        expected = np.minimum(_mean_chance(probit + half[:, None], spreads) * sizes, most)
        too_few = expected.sum(axis=1) < found
        low, high = np.where(too_few, half, low), np.where(too_few, high, half)
    middle_of_both: Floats = (low + high) / 2
    return middle_of_both


def _fit(
    above: Floats, sizes: Floats, probit: Floats, unsure: Floats, before: float
) -> tuple[float, float]:
    """How wrong lines usually are at this cut, in probits, and by how much all of them miss it.

    Of the errors tried, the one under which the counts of the groups are most probable, weighed
    against what was known before; the shift is the one that this error asks for.
    """
    most = np.argsort(-sizes, kind="stable")[:_TEACHERS]
    above, sizes, probit, unsure = above[most], sizes[most], probit[most], unsure[most]
    spreads = np.sqrt(unsure + _ERRORS[:, None] ** 2)
    shifts = _shifts(above, sizes, probit, spreads)
    likelihoods = [
        _log_likelihood(above, sizes, probit + shift, spread)
        for shift, spread in zip(shifts, spreads, strict=True)
    ]
    known = (np.log(_ERRORS / before) / _ERROR_WIDTH) ** 2 / 2
    best = int(np.argmax(likelihoods - known))
    return float(_ERRORS[best]), float(shifts[best])


def _log_likelihood(above: Floats, sizes: Floats, probit: Floats, spread: Floats) -> float:
    """How probable the counts are, up to a constant, when probits are normal around the lines."""
    chance = ndtr(probit[:, None] + spread[:, None] * _FEW_NODES[None, :])
    chance = np.clip(chance, 1e-12, 1 - 1e-12)
    logs = above[:, None] * np.log(chance) + (sizes - above)[:, None] * np.log1p(-chance)
    top = logs.max(axis=1, keepdims=True)
    weights = np.exp(-(_FEW_NODES**2) / 2)
    return float((np.log(np.exp(logs - top) @ weights) + top[:, 0]).sum())


def _at_least(
    above: Floats, sizes: Floats, probit: Floats, spread: Floats, freedom: Floats
) -> Floats:
    """The probability of so many or more, over all that the chance of the group may be.

    One half where there are no more than expected: nothing more is asked of such a group.
    """
    more = above > sizes * _mean_chance(probit, spread)
    chance = ndtr(probit[more, None] + spread[more, None] * _NODES[None, :])
    k = above[more, None]
    reached = betainc(k, sizes[more, None] - k + 1, chance)
    of = freedom[more, None]
    density = np.exp(-(of + 1) / 2 * np.log1p(_NODES**2 / of))
    averaged = (reached * density).sum(axis=1) / density.sum(axis=1)
    p = np.full(len(above), _NOTHING)
    p[more] = np.clip(averaged, 1e-300, _NOTHING)
    return p
