"""Every test of how marks are distributed, quiet ones too."""

from projections.anomalies.distribution.apartness import apart_from_earlier_term, columns_apart
from projections.anomalies.distribution.bunching import bunched_above_threshold
from projections.anomalies.distribution.cohort import by_cohort, layout_of
from projections.anomalies.distribution.copying import column_copied
from projections.anomalies.distribution.flatness import spread_collapsed
from projections.anomalies.distribution.levels import marks_high_or_low
from projections.anomalies.distribution.school import School, summary_of
from projections.anomalies.distribution.tails import upper_tail
from projections.anomalies.material import Material
from projections.anomalies.signal import Candidate

_TESTS = (
    marks_high_or_low,
    upper_tail,
    spread_collapsed,
    bunched_above_threshold,
    columns_apart,
    column_copied,
    apart_from_earlier_term,
)


def distribution_candidates(material: Material) -> list[Candidate]:
    """One candidate per sheet and kind, wherever there is something to compare it with."""
    if not material.sheets:
        return []
    layout = layout_of(material.sheets)
    school = School([summary_of(sheets, layout) for sheets in by_cohort(material.sheets)], layout)
    return [candidate for test in _TESTS for candidate in test(school)]
