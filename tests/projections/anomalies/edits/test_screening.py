"""All tests of the edits together: the same for the same material, and quiet in a clean school."""

from dataclasses import replace
from typing import TypeVar

import numpy as np
import pytest

from ledger.signals.finding import SignalKind
from projections.anomalies.edits import edit_candidates
from projections.anomalies.material import Material
from projections.screening.discovery import q_values
from tests.believable_schools import believable_school, plant

Part = TypeVar("Part")


@pytest.fixture(scope="module")
def material() -> Material:
    school = believable_school(7, classes=8)
    rng = np.random.default_rng(7)
    for kind in (SignalKind.CHANGED_OFTEN, SignalKind.CHANGED_IN_WINDOW):
        plant(school, kind, "obvious", rng)
    return school.material()


def test_the_order_of_the_material_changes_nothing(material: Material) -> None:
    rng = np.random.default_rng(1)

    def shuffled(parts: list[Part]) -> list[Part]:
        return [parts[place] for place in rng.permutation(len(parts)).tolist()]

    mixed = replace(
        material,
        sheets=shuffled(list(material.sheets)),
        changes=shuffled(list(material.changes)),
        entries=shuffled(list(material.entries)),
        attempts=shuffled(list(material.attempts)),
        requests=shuffled(list(material.requests)),
        places=dict(reversed(list(material.places.items()))),
    )
    assert edit_candidates(mixed) == edit_candidates(material)


def test_every_candidate_is_a_probability_with_figures(material: Material) -> None:
    for one in edit_candidates(material):
        assert 0 <= one.p <= 1
        assert np.isfinite(one.effect)
        assert one.figures
        assert len(one.positions) <= 200


def test_no_place_is_told_twice(material: Material) -> None:
    places = [(one.kind, one.place) for one in edit_candidates(material)]
    assert len(places) == len(set(places))


def test_a_year_in_which_nothing_happened_has_nothing_to_tell() -> None:
    empty = Material(school_year="2026-2027", position=0)
    assert edit_candidates(empty) == []


def test_clean_schools_are_quiet() -> None:
    for seed in range(2):
        candidates = edit_candidates(believable_school(seed, classes=8).material())
        qs = q_values(np.array([one.p for one in candidates]))
        told = [one for one, q in zip(candidates, qs, strict=True) if q <= 0.05]
        assert not [one for one in told if one.worth_telling]
