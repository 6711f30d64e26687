"""The real publisher of a school, asking its two real witnesses without a network between."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Engine

from ledger.publishing.publisher import Publisher
from ledger.store.checkpoints import Checkpoints
from ledger.store.recorder import LedgerRecorder
from ledger.trust import policy
from ledger.trust.note import Signature
from ledger.trust.witnessing import AddCheckpoint
from tests.school import TOMORROW
from tests.tampering.place import WITNESSES, Place

ORIGIN = "so-diem/hoa-phuong"


@contextmanager
def publisher(place: Place, engine: Engine) -> Iterator[Publisher]:
    """What runs in the school's server, freshly started."""
    witnesses = {name: place.witness(name) for name in WITNESSES}

    def ask(witness: policy.Witness, asked: AddCheckpoint) -> Sequence[Signature]:
        return [witnesses[witness.name].add_checkpoint(asked.to_bytes())]

    yield Publisher(
        LedgerRecorder(engine),
        Checkpoints(engine),
        place.keys,
        ask=ask,
        origin=lambda: ORIGIN,
        clock=lambda: TOMORROW,
    )
    for witness in witnesses.values():
        witness.memory.close()
