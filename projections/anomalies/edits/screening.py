"""All tests of how marks were changed in one school year."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from ledger.vocabulary import SheetId
from projections.anomalies.edits.again import mark_changed_again
from projections.anomalies.edits.asking import attempts_refused, correction_asked_again
from projections.anomalies.edits.clearing import cleared_and_reentered
from projections.anomalies.edits.counting import counted, scored_in
from projections.anomalies.edits.directions import one_direction
from projections.anomalies.edits.hours import at_odd_hours, before_deadline
from projections.anomalies.edits.often import changed_often
from projections.anomalies.edits.others import changed_by_another
from projections.anomalies.edits.results import Book, lifts_results
from projections.anomalies.edits.thresholds import Crossing, crosses_thresholds
from projections.anomalies.edits.units import Unit, families_of
from projections.anomalies.edits.windows import changed_in_window
from projections.anomalies.material import Material
from projections.anomalies.signal import Candidate


def edit_candidates(material: Material) -> list[Candidate]:
    """Return every test that was made of the edits, those that found nothing too.

    The same material gives the same candidates in the same order, however its parts are ordered.
    """
    edits = counted(material)
    families = families_of(material, edits)
    crossing = Crossing(material, families)
    book = Book(material)
    of_families = chain.from_iterable(
        _of(family, crossing, book, scored_in(material)) for family in families
    )
    return [
        *of_families,
        *changed_in_window(material, edits),
        *mark_changed_again(material, edits),
        *changed_by_another(material, edits),
        *correction_asked_again(material),
        *attempts_refused(material),
    ]


def _of(
    family: Sequence[Unit], crossing: Crossing, book: Book, scored: Collection[SheetId]
) -> Iterator[Candidate]:
    yield from changed_often(family)
    yield from cleared_and_reentered(family)
    yield from before_deadline(family)
    yield from at_odd_hours(family)
    yield from one_direction(family, scored)
    yield from crosses_thresholds(family, crossing)
    yield from lifts_results(family, book)
