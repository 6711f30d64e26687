"""What is planted in one sheet is told of it, by the kind of signal that it is."""

from collections.abc import Callable

import numpy as np
import pytest

from ledger.signals.finding import SignalKind
from projections.anomalies.material import NO_MARK, Material, Tenths
from tests.projections.anomalies.distribution.invented import changed, higher, marks_of
from tests.projections.anomalies.distribution.test_candidates import told

K = SignalKind
CLASS, SUBJECT = "7A2", "toan"


def alike(_: str, tenths: Tenths) -> Tenths:
    """All marks close to the middle one."""
    middle = int(np.median(tenths[tenths != NO_MARK]))
    near = middle + np.rint(0.15 * (tenths - middle))
    return np.where(tenths == NO_MARK, NO_MARK, near).astype(np.int16)


def passed(_: str, tenths: Tenths) -> Tenths:
    """Nobody is a little below 8: they have 8,0."""
    return np.where((tenths >= 65) & (tenths < 80), 80, tenths).astype(np.int16)


def six_at_the_top(_: str, tenths: Tenths) -> Tenths:
    """The six weakest have 9,5."""
    rows = np.argsort(np.where(tenths == NO_MARK, 101, tenths), kind="stable")[:6]
    best = tenths.copy()
    best[rows] = 95
    return best


def copied(material: Material) -> Material:
    """The second regular marks are the first ones, half a point higher."""
    first = next(
        sheet.columns["regular-1"]
        for sheet in material.sheets
        if (sheet.class_group, sheet.subject, sheet.semester) == (CLASS, SUBJECT, 2)
    )
    moved = np.where(first == NO_MARK, NO_MARK, np.minimum(first, 95) + 5).astype(np.int16)
    return planted(material, lambda _, __: moved, "regular-2")


def planted(
    material: Material, change: Callable[[str, Tenths], Tenths], columns: str = ""
) -> Material:
    return changed(
        material, change, class_group=CLASS, subject=SUBJECT, semester=2, columns=columns
    )


CLEAN = marks_of(4)
PLANTED = {
    K.MARKS_HIGH: planted(CLEAN, higher(18), "final"),
    K.MARKS_LOW: planted(CLEAN, higher(-18), "final"),
    K.UPPER_TAIL: planted(CLEAN, six_at_the_top, "final"),
    K.SPREAD_COLLAPSED: planted(CLEAN, alike, "midterm"),
    K.BUNCHED_ABOVE_THRESHOLD: planted(CLEAN, passed),
    K.COLUMNS_APART: planted(CLEAN, higher(-25), "regular"),
    K.COLUMN_COPIED: copied(CLEAN),
    K.APART_FROM_EARLIER_TERM: planted(CLEAN, higher(-20)),
}


@pytest.mark.parametrize("kind", PLANTED, ids=str)
def test_what_is_planted_is_told_where_it_is(kind: SignalKind) -> None:
    signals = told(PLANTED[kind])
    here = {one.kind for one in signals if one.place.class_group == CLASS}
    assert kind in here
    elsewhere = [
        one for one in signals if (one.place.class_group, one.place.subject) != (CLASS, SUBJECT)
    ]
    assert elsewhere == []


def test_the_column_is_named_when_it_is_one() -> None:
    [high] = [one for one in told(PLANTED[K.MARKS_HIGH]) if one.kind is K.MARKS_HIGH]
    assert high.place.column == "final"
    assert high.effect == pytest.approx(1.8, abs=0.7)
    assert high.figures["mean"] - high.figures["expected"] == pytest.approx(high.effect, abs=0.02)


def test_a_copy_names_what_it_was_copied_from_and_the_constant() -> None:
    [copy] = [one for one in told(PLANTED[K.COLUMN_COPIED]) if one.kind is K.COLUMN_COPIED]
    assert {copy.place.column, copy.place.other_column} == {"regular-1", "regular-2"}
    assert abs(copy.figures["constant"]) == pytest.approx(0.5)
