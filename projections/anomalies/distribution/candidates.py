"""Every test of how marks are distributed, quiet ones too."""

from collections.abc import Callable, Sequence
from typing import Final

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


def distribution_candidates(
    material: Material, *, summarise: Summarise = summary_of
) -> list[Candidate]:
    """One candidate per sheet and kind, wherever there is something to compare it with."""
    if not material.sheets:
        return []
    layout = layout_of(material.sheets)
    school = School([summarise(sheets, layout) for sheets in by_cohort(material.sheets)], layout)
    return [candidate for test in _TESTS for candidate in test(school)]
