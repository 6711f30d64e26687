"""Every attack, in the order in which docs/tampering.md tells them."""

from tests.tampering import (
    on_dossiers,
    on_lines,
    on_names,
    on_the_head,
    on_the_seals,
    on_what_is_shown,
)
from tests.tampering.attack import Attack

_ROOMS = (on_lines, on_the_head, on_the_seals, on_what_is_shown, on_dossiers, on_names)

ATTACKS = tuple(
    found for room in _ROOMS for found in vars(room).values() if isinstance(found, Attack)
)
