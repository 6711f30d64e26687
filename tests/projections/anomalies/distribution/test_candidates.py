"""What the screen of marks says of a quiet school, and what does not matter to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from ledger.signals.finding import Place, SignalKind
from projections.anomalies.distribution import distribution_candidates
from projections.anomalies.material import NO_MARK, Material, SheetMarks, Tenths
from projections.anomalies.signal import Candidate
from projections.screening.discovery import q_values
from tests.projections.anomalies.distribution.invented import (
    changed,
    higher,
    marks_of,
    with_sheets,
    within,
)

SEEDS = range(1, 7)


@lru_cache(maxsize=len(SEEDS))
def quiet(seed: int) -> list[Candidate]:
    """The tests of a school in which nothing is planted, every other one with selected classes."""
    return distribution_candidates(marks_of(seed, streamed=seed % 2 == 0))


def among(candidates: Sequence[Candidate]) -> list[Candidate]:
    qs = q_values(np.array([candidate.p for candidate in candidates]))
    return [one for one, q in zip(candidates, qs, strict=True) if q <= 0.05 and one.worth_telling]


def told(material: Material) -> list[Candidate]:
    return among(distribution_candidates(material))


def chances(
    candidates: Sequence[Candidate], *without: SignalKind
) -> Mapping[tuple[str, str], float]:
    """Each probability, by sheet and kind; too high and too low are one."""
    return {
        (str(one.place.sheet), one.kind.removesuffix("high").removesuffix("low")): one.p
        for one in candidates
        if one.kind not in without
    }


def test_quiet_schools_stay_quiet() -> None:
    loud = [seed for seed in SEEDS if among(quiet(seed))]
    assert len(loud) <= 1


def test_probabilities_are_those_of_a_quiet_school() -> None:
    found: dict[SignalKind, list[float]] = {}
    for seed in SEEDS:
        for one in quiet(seed):
            kind = SignalKind.MARKS_HIGH if one.kind is SignalKind.MARKS_LOW else one.kind
            found.setdefault(kind, []).append(one.p)
    low = {kind: np.mean(np.array(ps) <= 0.01) for kind, ps in found.items()}
    assert len(low) == 7
    assert {kind: share for kind, share in low.items() if share > 0.02} == {}


def test_the_order_of_the_sheets_does_not_matter() -> None:
    material = marks_of(1)
    turned = with_sheets(material, material.sheets[::-1])
    assert distribution_candidates(turned) == distribution_candidates(material)


def test_the_order_of_the_pupils_matters_only_to_what_was_pasted_by_row() -> None:
    def turned(sheet: SheetMarks) -> SheetMarks:
        columns = {name: tenths[::-1] for name, tenths in sheet.columns.items()}
        return replace(sheet, pupils=sheet.pupils[::-1], columns=columns)

    material = marks_of(1)
    other = with_sheets(material, [turned(sheet) for sheet in material.sheets])
    pasted = SignalKind.COLUMN_COPIED
    assert chances(distribution_candidates(other), pasted) == pytest.approx(
        chances(distribution_candidates(material), pasted), rel=1e-6
    )


def test_a_test_that_was_easier_for_a_whole_grade_changes_nothing() -> None:
    material = changed(marks_of(1), within(20, 80))
    easier = changed(material, higher(5), grade=7, subject="toan", semester=1, columns="final")
    # The ceiling is nearer, other marks lie at the thresholds, and others equal another column's.
    moved = (
        SignalKind.SPREAD_COLLAPSED,
        SignalKind.BUNCHED_ABOVE_THRESHOLD,
        SignalKind.COLUMN_COPIED,
    )
    assert chances(distribution_candidates(easier), *moved) == pytest.approx(
        chances(distribution_candidates(material), *moved), rel=1e-6
    )


def test_a_class_that_is_stronger_in_everything_is_no_signal() -> None:
    weaker = changed(marks_of(1), higher(-12))
    strong = changed(weaker, higher(12), class_group="7A2")
    assert not [one for one in told(strong) if one.place.class_group == "7A2"]


def nothing(_: str, tenths: Tenths) -> Tenths:
    return np.full_like(tenths, NO_MARK)


def three(_: str, tenths: Tenths) -> Tenths:
    return np.where(np.arange(len(tenths)) < 3, tenths, NO_MARK).astype(np.int16)


def tens(_: str, tenths: Tenths) -> Tenths:
    return np.full_like(tenths, 100)


def only(material: Material, **wanted: object) -> Material:
    sheets = [
        sheet
        for sheet in material.sheets
        if all(getattr(sheet, name) == value for name, value in wanted.items())
    ]
    return with_sheets(material, sheets)


def bare(sheet: SheetMarks) -> SheetMarks:
    columns = {name: tenths[:0] for name, tenths in sheet.columns.items()}
    return replace(sheet, pupils=(), columns=columns, teachers=())


ODD: Mapping[str, Material] = {
    "no sheets": with_sheets(marks_of(2), ()),
    "one sheet": with_sheets(marks_of(2), marks_of(2).sheets[:1]),
    "one class": only(marks_of(2), class_group="6A1"),
    "two classes of each grade": marks_of(2, classes=8),
    "one subject": only(marks_of(2), subject="toan"),
    "one semester": only(marks_of(2), semester=1),
    "no marks": changed(marks_of(2), nothing),
    "three marks in each column": changed(marks_of(2), three),
    "tens for everybody": changed(marks_of(2), tens),
    "no finals yet": changed(marks_of(2), nothing, columns="final"),
    "only the first regular marks": changed(
        changed(marks_of(2), nothing, columns="midterm"), nothing, columns="final"
    ),
    "a class without pupils": with_sheets(
        marks_of(2), [bare(marks_of(2).sheets[0]), *marks_of(2).sheets[1:]]
    ),
}


@pytest.mark.parametrize("material", ODD.values(), ids=ODD)
def test_little_to_compare_is_no_signal_and_no_error(material: Material) -> None:
    candidates = distribution_candidates(material)
    assert all(0 <= one.p <= 1 and np.isfinite(one.effect) for one in candidates)
    assert all(np.isfinite(list(one.figures.values())).all() for one in candidates)
    assert told(material) == []


def test_each_test_is_made_once() -> None:
    candidates = distribution_candidates(marks_of(3))
    assert len(chances(candidates)) == len(candidates)
    assert all(one.place != Place() for one in candidates)
