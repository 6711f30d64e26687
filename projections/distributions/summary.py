"""What is told of marks: their mean, quartiles, bins, bands and running shares, all exact.

Marks are whole tenths (75 is 7,5) with how often each was given. Nothing here is a float: a value
that falls on 7,25 is shown as 7,3 everywhere, not as 7,2 where the machine had a bit too few.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Final, Self

from ledger.supervision.bands import BOUNDS, band_of

Scores = Mapping[int, int]

# With fewer marks than this the marks themselves are shown and nothing is computed from them.
FEWEST: Final = 10
BIN: Final = 5
BEST: Final = 100
# The bands from 5 up, "trung bình trở lên".
GOOD_ENOUGH: Final = band_of(Decimal(5))


@dataclass(frozen=True, slots=True)
class Summary:
    """Count, mean, least, quartiles and most of some marks, in points (0 to 10)."""

    count: int
    mean: Fraction
    least: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    most: Fraction

    @classmethod
    def of(cls, scores: Scores) -> Self | None:
        """None of fewer than `FEWEST` marks."""
        count = sum(scores.values())
        if count < FEWEST:
            return None
        ordered = [tenths for tenths in sorted(scores) for _ in range(scores[tenths])]
        quarters = (quantile(ordered, Fraction(part, 4)) for part in range(5))
        least, lower, median, upper, most = quarters
        total = sum(ordered)
        return cls(count, Fraction(total, 10 * count), least, lower, median, upper, most)


def quantile(ordered: Sequence[int], share: Fraction) -> Fraction:
    """The mark, in points, below which this share of the marks lies; `ordered` has one at least.

    Between two marks it is interpolated, as QUARTILE.INC and MEDIAN of a spreadsheet do, so that
    people find the same numbers there: definition 7 of Hyndman and Fan, 1996.
    """
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return (ordered[below] + (place - below) * (ordered[above] - ordered[below])) / Fraction(10)


def bins(scores: Scores) -> tuple[int, ...]:
    """How many marks lie in each half point: 0 to below 0,5 and so on; 10 is in the last one."""
    found = [0] * (BEST // BIN)
    for tenths, count in scores.items():
        found[min(tenths // BIN, len(found) - 1)] += count
    return tuple(found)


def cumulative_shares(scores: Scores) -> list[tuple[int, Fraction]]:
    """For each mark that was given, lowest first, the share of marks that are no better."""
    total, given = sum(scores.values()), sorted(scores)
    counts = accumulate(scores[tenths] for tenths in given)
    return [(tenths, Fraction(count, total)) for tenths, count in zip(given, counts, strict=True)]


def bands(scores: Scores) -> tuple[int, ...]:
    """How many marks fall into each score band, lowest first."""
    found = [0] * (len(BOUNDS) + 1)
    for tenths, count in scores.items():
        found[band_of(Decimal(tenths).scaleb(-1))] += count
    return tuple(found)


def band_shares(counts: Sequence[int]) -> tuple[int, ...]:
    """The share of each band in tenths of a percent; together they are exactly 1000.

    Those of the bands from 5 up also make what their sum is by itself, rounded half up, so that
    "trung bình trở lên" is the same number here as on every other page. Nothing of no marks.
    """
    total = sum(counts)
    if not total:
        return ()
    good = (2000 * sum(counts[GOOD_ENOUGH:]) + total) // (2 * total)
    return (
        *_apportioned(counts[:GOOD_ENOUGH], total, 1000 - good),
        *_apportioned(counts[GOOD_ENOUGH:], total, good),
    )


def _apportioned(counts: Sequence[int], total: int, shares: int) -> Iterator[int]:
    """Shares that add up to `shares`: what is left over goes to the largest remainders."""
    whole = [1000 * count // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda one: -(1000 * counts[one] % total))
    rounded_up = by_remainder[: shares - sum(whole)]
    return (share + (place in rounded_up) for place, share in enumerate(whole))
