"""Each attack is performed on a real school, and exactly those find it who are said to."""

import pytest

from tests.tampering.attack import NOBODY, WITH_A_DOSSIER, Attack
from tests.tampering.attacks import ATTACKS
from tests.tampering.finders import finders_of
from tests.tampering.scene import Scene

PERFORMED = [
    pytest.param(database, attack, id=f"{database}-{attack.name}")
    for database in ("sqlite", "postgresql", WITH_A_DOSSIER)
    for attack in ATTACKS
    if database in attack.on
]


@pytest.mark.parametrize("database", ["sqlite", "postgresql", WITH_A_DOSSIER])
def test_in_a_school_that_nobody_attacked_nobody_finds_anything(scene: Scene) -> None:
    assert finders_of(scene.place, scene.engine) == (NOBODY, frozenset())


@pytest.mark.parametrize(("database", "attack"), PERFORMED)
def test_exactly_those_find_it_who_are_said_to(scene: Scene, attack: Attack) -> None:
    attack.perform(scene)
    found, codes = finders_of(scene.place, scene.engine)
    assert found == attack.found_by
    if attack.shown_as is None:
        assert codes == frozenset()
    else:
        assert attack.shown_as in codes
