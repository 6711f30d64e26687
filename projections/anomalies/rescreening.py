"""A year screened again and again: what was made of things that did not move is kept."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from operator import is_

from projections.anomalies.distribution.cohort import Layout
from projections.anomalies.distribution.school import Summary, summary_of
from projections.anomalies.material import Material, SheetMarks
from projections.anomalies.screen import Screened, screen


class KeptScreen:
    """The last screen of one year, and what it was made of."""

    def __init__(self) -> None:
        self._state: Hashable = None
        self._screened: Screened | None = None
        self._summaries = KeptSummaries()

    def of(self, material: Material, state: Hashable) -> Screened:
        """The screen of a material; the last one, if the state is still that of the last."""
        if self._screened is None or state != self._state:
            self._screened = screen(material, summarise=self._summaries)
            self._state = state
        return replace(self._screened, position=material.position)


class KeptSummaries:
    """What was measured of each cohort, as long as its sheets stay the same objects.

    Sheets that no line moved do, from one material of `Anomalies` to the next.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], tuple[Layout, tuple[SheetMarks, ...], Summary]] = {}

    def __call__(self, sheets: Sequence[SheetMarks], layout: Layout) -> Summary:
        cohort = (sheets[0].semester, sheets[0].grade)
        if kept := self._kept.get(cohort):
            of_layout, of_sheets, summary = kept
            same = len(of_sheets) == len(sheets) and all(map(is_, of_sheets, sheets))
            if same and of_layout == layout:
                return summary
        summary = summary_of(sheets, layout)
        self._kept[cohort] = (layout, tuple(sheets), summary)
        return summary
