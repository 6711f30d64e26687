"""Every test of how marks are distributed, quiet ones too."""

from collections.abc import Callable, Sequence
from typing import Final

from collections.abc import Sequence
from operator import is_

from projections.anomalies.distribution.apartness import apart_from_earlier_term, columns_apart
from projections.anomalies.distribution.bunching import bunched_above_threshold
from projections.anomalies.distribution.cohort import Layout, by_cohort, layout_of
from projections.anomalies.distribution.copying import column_copied
from projections.anomalies.distribution.flatness import spread_collapsed
from projections.anomalies.distribution.levels import marks_high_or_low
from projections.anomalies.distribution.school import School, Summary, summary_of
from projections.anomalies.distribution.tails import upper_tail
from projections.anomalies.material import Material, SheetMarks
from projections.anomalies.signal import Candidate

# How one cohort is measured; whoever screens a school again may hand on what did not move.
Summarise = Callable[[Sequence[SheetMarks], Layout], Summary]

_TESTS: Final = (
    marks_high_or_low,
    upper_tail,
    spread_collapsed,
    bunched_above_threshold,
    columns_apart,
    column_copied,
    apart_from_earlier_term,
)


class Kept:
    """What was measured of each cohort, kept until one of its sheets moves.

    Sheets are the same while they are the same objects, so a reader that reads anew only what
    moved pays here for no more than that.
    """

    def __init__(self) -> None:
        self._summaries: dict[tuple[int, int], tuple[Layout, tuple[SheetMarks, ...], Summary]] = {}

    def summaries(self, sheets: Sequence[SheetMarks]) -> tuple[Layout, list[Summary]]:
        layout = layout_of(sheets)
        cohorts = by_cohort(sheets)
        found = [self._summary(cohort, layout) for cohort in cohorts]
        there = {(cohort[0].grade, cohort[0].semester) for cohort in cohorts}
        self._summaries = {key: kept for key, kept in self._summaries.items() if key in there}
        return layout, found

    def _summary(self, sheets: tuple[SheetMarks, ...], layout: Layout) -> Summary:
        key = sheets[0].grade, sheets[0].semester
        known = self._summaries.get(key)
        if known is not None and known[0] == layout and _same(known[1], sheets):
            return known[2]
        summary = summary_of(sheets, layout)
        self._summaries[key] = layout, sheets, summary
        return summary


def _same(some: tuple[SheetMarks, ...], others: tuple[SheetMarks, ...]) -> bool:
    return len(some) == len(others) and all(map(is_, some, others))


def distribution_candidates(material: Material, kept: Kept | None = None) -> list[Candidate]:
    """One candidate per sheet and kind, wherever there is something to compare it with."""
    if not material.sheets:
        return []
    layout, summaries = (kept or Kept()).summaries(material.sheets)
    school = School(summaries, layout)
    return [candidate for test in _TESTS for candidate in test(school)]
