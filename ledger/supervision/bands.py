"""The score bands in which departments compare tests, and the marks a target may begin at."""

from decimal import Decimal
from typing import Final

from ledger.supervision.facts import MinimumShare
from ledger.vocabulary import MARKS, Mark, SubjectKind

# 0 to below 2, 2 to below 3,5 and so on; the last band ends with 10.
BOUNDS: Final = tuple(Decimal(text) for text in ("2", "3.5", "5", "6.5", "8"))
PASSED: Final = MARKS["passed"]


def band_of(score: Decimal) -> int:
    """The number of the band that a score falls into, 0 for the lowest."""
    return sum(score >= bound for bound in BOUNDS)


def may_begin_a_target(mark: Mark, kind: SubjectKind) -> bool:
    """Whether a share may be demanded from this mark upwards."""
    return mark is PASSED if kind is SubjectKind.COMMENT else mark.score in BOUNDS


def reaches(mark: Mark, share: MinimumShare) -> bool:
    """Whether a mark counts towards the share: as good as it begins at, or better."""
    if share.at_least.score is None:
        return mark.text == share.at_least.text
    return mark.score is not None and mark.score >= share.at_least.score


def contradict(shares: tuple[MinimumShare, ...]) -> bool:
    """Whether no marks at all could reach the shares as they are meant."""
    ordered = sorted(shares, key=lambda share: share.at_least.score or Decimal(0))
    marks = [share.at_least for share in ordered]
    percents = [share.percent for share in ordered]
    return len(set(marks)) < len(marks) or percents != sorted(percents, reverse=True)
