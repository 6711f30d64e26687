"""Irregularities planted into a believable school, one function per kind of signal.

Each has three strengths, stated in words and numbers in its docstring, in this order: "faint" (a
careful vice-principal would pass over it), "hesitate" (she would look twice, and might ask) and
"obvious" (she would ask the teacher). A plant changes what it says and nothing else, lies where
nothing else is planted, and tells where that is.
"""

from numpy.random import Generator

from ledger.signals.finding import SignalKind
from tests.believable_schools.plants import distribution, edits
from tests.believable_schools.school import School
from tests.believable_schools.truth import Planted

STRENGTHS = ("faint", "hesitate", "obvious")
_PLANTS = {**edits.PLANTS, **distribution.PLANTS}


def plant(school: School, kind: SignalKind, strength: str, rng: Generator) -> Planted:
    """Plant one irregularity into the school, and return where it is; `school.planted` has it."""
    planted = _PLANTS[kind](school, strength, rng)
    school.planted.append(planted)
    return planted
