"""Shares of a unit's edits that are of one sort, compared with the shares of all others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ledger.signals.finding import Place
from projections.anomalies.edits.habits import Counts, Floats, rate_tails, share_tails
from projections.anomalies.edits.units import LEAST_ENTERED, Unit

# No share is believed to be impossible, nor certain.
_HARDLY_EVER: Final = 0.005


@dataclass(frozen=True, slots=True)
class Share:
    """Of so many edits of a unit, `of`, so many are of the sort in question.

    `base` is the share that the unit has for reasons of its own, `usual` that of all others. `p`
    is how likely such a share or a larger one is, `many` how likely so many for the marks entered.
    """

    unit: Unit
    found: int
    of: int
    base: float = 0.5
    p: float = 1.0
    many: float = 1.0
    usual: float = 0.0


def compared(shares: Sequence[Share]) -> list[Share]:
    """Return the shares of units with any edits, judged by all the others."""
    many = _for_marks_entered(shares)
    shares = [share for share in shares if share.of]
    if not shares:
        return []
    found = np.array([share.found for share in shares])
    of = np.array([share.of for share in shares])
    base = np.array([share.base for share in shares])
    tails = share_tails(found, of, base)
    usual = _of_others(found, of, base)
    return [
        replace(share, p=p, many=many.get(share.unit.place, 1.0), usual=others)
        for share, p, others in zip(shares, tails.tolist(), usual, strict=True)
    ]


def _for_marks_entered(shares: Sequence[Share]) -> dict[Place, float]:
    """The tail of each unit's count. Units without edits are not told; the others pay for them."""
    asked = [share for share in shares if share.unit.entered >= LEAST_ENTERED]
    if not asked:
        return {}
    found = np.array([share.found for share in asked])
    entered = np.array([share.unit.entered for share in asked], dtype=np.float64)
    paid = len(asked) / max(sum(share.of > 0 for share in asked), 1)
    tails = np.minimum(rate_tails(found, entered) * paid, 1.0).tolist()
    return {share.unit.place: p for share, p in zip(asked, tails, strict=True)}


def _of_others(found: Counts, of: Counts, base: Floats) -> list[float]:
    """The share of all others, a base standing in for one edit where there are few."""
    shares: Floats = (found.sum() - found + base) / (of.sum() - of + 1)
    return [float(share) for share in shares]


def pooled(some: int, of: int) -> float:
    """The school's own share, never 0 nor 1."""
    return min(max((some + 0.5) / (of + 1), _HARDLY_EVER), 1 - _HARDLY_EVER)
