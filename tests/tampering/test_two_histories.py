"""A log that shows each witness another history: no note has both, and the two notes are proof."""

import pytest

from ledger.store.recorder import LedgerRecorder
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.merkle import ProofFails, verify_consistency
from ledger.trust.note import Note
from ledger.trust.policy import QuorumNotMet
from ledger.trust.witnessing import AddCheckpoint, Suspicion, WitnessRefuses
from ledger.verification import Remembered
from tests.tampering.finders import verified_remembering
from tests.tampering.on_lines import better
from tests.tampering.on_the_seals import show
from tests.tampering.place import WITNESSES
from tests.tampering.publishing import ORIGIN
from tests.tampering.scene import LAST_SEALED, Rehash, Scene

on_one_database = pytest.mark.parametrize("database", ["sqlite"])


def two_notes(scene: Scene) -> tuple[Note, Note]:
    """Two histories of one size, each signed by the log and cosigned by one witness."""
    one = show(scene, WITNESSES[0])
    with scene.lines(Rehash.EVERYTHING) as rows:
        better(rows, rows[-1].position)
    scene.hide()
    return one, show(scene, WITNESSES[1])


@on_one_database
def test_neither_note_can_have_both_cosignatures(scene: Scene) -> None:
    policy = scene.place.own_policy
    one, other = two_notes(scene)
    assert one.text != other.text
    for note in (one, other):
        assert len(policy.cosigned(note)) == 1
        with pytest.raises(QuorumNotMet):
            policy.check(note)


@on_one_database
def test_the_two_notes_prove_to_anybody_that_the_log_has_signed_both(scene: Scene) -> None:
    log = scene.place.keys.log_keys()[0].verifier
    notes = two_notes(scene)
    told = [Checkpoint.parse(note.text) for note in notes]
    assert all(log in note.verified([log]) for note in notes)
    assert told[0].size == told[1].size
    with pytest.raises(ProofFails):
        verify_consistency(told[0].size, told[1].size, told[0].root, told[1].root, [])


@on_one_database
def test_each_witness_keeps_the_other_note_as_proof_against_the_log(scene: Scene) -> None:
    one, other = two_notes(scene)
    tree = LedgerRecorder(scene.engine).tree
    size = Checkpoint.parse(other.text).size
    proof = tuple(tree.consistency_proof(LAST_SEALED, size))
    witness = scene.place.witness(WITNESSES[0])
    with pytest.raises(WitnessRefuses):
        witness.add_checkpoint(AddCheckpoint(size, (), other).to_bytes())
    with pytest.raises(WitnessRefuses):
        witness.add_checkpoint(AddCheckpoint(LAST_SEALED, proof, other).to_bytes())
    (suspect,) = witness.memory.suspects()
    assert suspect.suspicion is Suspicion.FORKED
    assert suspect.note.text == other.text
    assert suspect.remembered is not None
    assert suspect.remembered.text == one.text
    assert suspect.checkpoint.origin == ORIGIN
    witness.memory.close()


@on_one_database
def test_whoever_remembers_the_first_history_finds_the_second(scene: Scene) -> None:
    one, other = two_notes(scene)
    for note, codes in ((one, ["remembered-differs"]), (other, [])):
        head = Remembered.from_note(note.to_bytes(), where="parent")
        report = verified_remembering(scene.place, scene.engine, head)
        assert [finding.code for finding in report.findings] == codes
