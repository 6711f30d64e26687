"""What is planted in believable schools is found where it is obvious, and clean schools are quiet.

How much of what is found at which strength is measured by `bench.anomaly_detection`; this is the
floor below which a change of the statistics has broken something.
"""

from contextlib import suppress

import numpy as np
import pytest

from ledger.signals.finding import SignalKind
from projections.anomalies.screen import screen
from tests.believable_schools import School, believable_school, found, is_true, plant
from tests.believable_schools.plants.places import NoPlaceLeft

SEEDS = (101, 102)


@pytest.fixture(scope="module", params=SEEDS)
def school(request: pytest.FixtureRequest) -> School:
    """A school of 16 classes in which everything obvious has happened once."""
    made = believable_school(request.param, classes=16)
    rng = np.random.default_rng([request.param, 3])
    for kind in SignalKind:
        with suppress(NoPlaceLeft):
            plant(made, kind, "obvious", rng)
    return made


def test_what_is_obvious_is_found_and_little_else_is_told(school: School) -> None:
    material = school.material()
    signals = screen(material).signals
    missed = [one.kind for one in school.planted if not found(one, signals, material.places)]
    assert len(school.planted) == len(SignalKind)
    assert len(missed) <= 4, missed
    true = [is_true(one.place, school.planted, material.places) for one in signals]
    assert np.mean(true) >= 0.8


def test_the_same_facts_tell_the_same() -> None:
    one, same = (screen(_raised(101).material()) for _ in range(2))
    assert one.signals
    assert one == same


def _raised(seed: int) -> School:
    made = believable_school(seed, classes=8)
    plant(made, SignalKind.CHANGED_IN_WINDOW, "obvious", np.random.default_rng([seed, 3]))
    return made


def test_clean_schools_are_quiet() -> None:
    told = [
        (seed, one.kind, one.place)
        for seed, classes in ((101, 8), (102, 16), (103, 24))
        for one in screen(believable_school(seed, classes=classes).material()).signals
    ]
    assert len(told) <= 1, told
