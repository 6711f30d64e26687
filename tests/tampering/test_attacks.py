"""Each attack is performed on a real school, and exactly those find it who are said to."""

import pytest

from tests.tampering import on_lines, on_the_head, on_the_seals, on_what_is_shown
from tests.tampering.attack import ATTACKS, NOBODY, Attack
from tests.tampering.finders import codes, finders_of
from tests.tampering.scene import Scene

assert all((on_lines, on_the_head, on_the_seals, on_what_is_shown))


def test_in_a_school_that_nobody_attacked_nobody_finds_anything(scene: Scene) -> None:
    found, report = finders_of(scene.place)
    assert (found, codes(report)) == (NOBODY, frozenset())


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_exactly_those_find_it_who_are_said_to(scene: Scene, attack: Attack) -> None:
    if scene.engine.dialect.name not in attack.on:
        pytest.skip("cannot be done there")
    attack.perform(scene)
    scene.engine.dispose()
    found, report = finders_of(scene.place)
    assert found == attack.found_by
    if attack.shown_as is None:
        assert codes(report) == frozenset()
    else:
        assert attack.shown_as in codes(report)
