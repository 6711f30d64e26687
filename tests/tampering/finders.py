"""Who may find an attack, each with what is really his: the school, a notebook, a memory."""

from collections.abc import Callable
from itertools import chain

from sqlalchemy import Engine, select

from ledger.store import tables
from ledger.store.evidence import EvidenceStore
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.tiles import TiledTree
from ledger.trust.witnessing import AddCheckpoint, WitnessRefuses
from ledger.verification import NotALedger, Remembered, Report
from tests.school import TOMORROW
from tests.tampering.attack import Finder
from tests.tampering.place import WITNESSES, Place
from tests.tampering.publishing import ORIGIN, publisher
from web.verification.conducting import Brought, conduct


def finders_of(place: Place, engine: Engine) -> tuple[frozenset[Finder], frozenset[str]]:
    """Who finds something wrong, and the codes of the verification that was given everything.

    The witnesses come last: they are the only ones who remember having been asked.
    """
    alone, _ = _found(lambda: _verified(place, engine))
    with_notebook, codes = _found(lambda: _verified_with_notebook(place, engine))
    found = {
        Finder.VERIFY: alone,
        Finder.NOTEBOOK: with_notebook,
        Finder.SERVER: _server_stops(place, engine),
        Finder.WITNESS: _witness_refuses(place, engine),
    }
    return frozenset(finder for finder, finds in found.items() if finds), codes


def _found(verify: Callable[[], Report]) -> tuple[bool, frozenset[str]]:
    """Whether anything is wrong, and every code of a finding or a remark."""
    try:
        report = verify()
    except NotALedger:
        return True, frozenset({"not-a-ledger"})
    return not report.is_clean, frozenset(
        one.code for one in chain(report.findings, report.remarks)
    )


def _verified(place: Place, engine: Engine) -> Report:
    """Believes the keys and the policy that lie in the school's own folder."""
    return _verify(engine, Brought.of_school(place.keys, _evidence(place)))


def _verified_with_notebook(place: Place, engine: Engine) -> Report:
    note = (place.notebook / "checkpoint").read_bytes()
    return verified_remembering(place, engine, Remembered.from_note(note, where="notebook"))


def verified_remembering(place: Place, engine: Engine, head: Remembered) -> Report:
    """Believes the policy of the notebook alone, and remembers a head."""
    evidence, policy = _evidence(place), place.own_policy
    brought = Brought.of_school(place.keys, evidence, policy=policy, remembered=[head])
    return _verify(engine, brought)


def _verify(engine: Engine, brought: Brought) -> Report:
    return conduct(engine, brought, at=TOMORROW, by="", database="").report


def _evidence(place: Place) -> EvidenceStore:
    return EvidenceStore(place.data / "evidence")


def _server_stops(place: Place, engine: Engine) -> bool:
    """Whether the server that publishes, started anew, publishes no more and says why."""
    with publisher(place, engine) as publishing:
        try:
            publishing.publish()
        except Exception:  # noqa: BLE001  (whatever it was, people are told that it stopped)
            return True
        return publishing.standing().alarm is not None


def _witness_refuses(place: Place, engine: Engine) -> bool:
    """Whether a witness does not cosign what a thief of the log's key would bring next.

    The thief has the rows as they are now, and proves from them whatever can be proved.
    """
    (key, *_), leaves = place.keys.log_keys(), _leaves(engine)
    tree = TiledTree(lambda first, last: leaves[first:last])
    note = Checkpoint(ORIGIN, len(leaves), tree.root(len(leaves))).signed(key)
    refused = False
    for name in WITNESSES:
        witness = place.witness(name)
        last = witness.memory.last(ORIGIN)
        old = last.checkpoint.size if last else 0
        proof = tree.consistency_proof(old, len(leaves)) if 0 < old <= len(leaves) else ()
        try:
            witness.add_checkpoint(AddCheckpoint(old, tuple(proof), note).to_bytes())
        except WitnessRefuses:
            refused = True
        witness.memory.close()
    return refused


def _leaves(engine: Engine) -> list[bytes]:
    with engine.connect() as connection:
        question = select(tables.event.c.leaf_hash).order_by(tables.event.c.position)
        return [bytes(leaf) for leaf in connection.scalars(question)]
