"""Proofs that travel: read strictly, written byte for byte, and refused when anything is off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.trust.checkpoint import Checkpoint, MalformedCheckpoint
from ledger.trust.merkle import ProofFails, inclusion_proof, leaf_hash, root
from ledger.trust.note import NotSigned, SignatureInvalid
from ledger.trust.policy import QuorumNotMet
from ledger.trust.proof import MalformedProof, TlogProof
from tests.ledger.trust.published import published
from tests.ledger.trust.signers import AT, ORIGIN, policy, signed

ENTRIES = [f"dòng {number}".encode() for number in range(13)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
POLICY = policy("hieu-pho", "phong-gd", least="1")
REFUSALS = (
    *(MalformedProof, MalformedCheckpoint, ProofFails),
    *(NotSigned, SignatureInvalid, QuorumNotMet),
)


def proof_of(index: int, size: int = len(LEAVES), *, extra: bytes | None = None) -> TlogProof:
    note = signed(Checkpoint(ORIGIN, size, root(LEAVES[:size])), by=["phong-gd"])
    return TlogProof(index, tuple(inclusion_proof(index, size, LEAVES)), note, extra)


@given(st.integers(1, len(LEAVES)), st.data(), st.none() | st.binary(max_size=9))
def test_a_proof_round_trips_and_verifies(
    size: int, data: st.DataObject, extra: bytes | None
) -> None:
    index = data.draw(st.integers(0, size - 1))
    content = proof_of(index, size, extra=extra).to_bytes()
    proof = TlogProof.parse(content)
    assert proof == proof_of(index, size, extra=extra)
    assert proof.to_bytes() == content
    checked = proof.verify(LEAVES[index], POLICY)
    assert (checked.checkpoint.size, checked.cosigned) == (size, {"phong-gd": AT})


def test_it_is_written_as_the_specification_has_it() -> None:
    lines = proof_of(3, 4, extra=b"extra information").to_bytes().decode().split("\n")
    assert lines[:3] == [
        "c2sp.org/tlog-proof@v1",
        "extra ZXh0cmEgaW5mb3JtYXRpb24=",
        "index 3",
    ]
    assert lines[5:8] == ["", ORIGIN, "4"]
    alone = TlogProof(0, (), proof_of(0, 1).note).to_bytes()
    assert alone.startswith(f"c2sp.org/tlog-proof@v1\nindex 0\n\n{ORIGIN}\n".encode())


@pytest.mark.parametrize("name", published("formats")["malformed_proofs"])
def test_the_published_malformed_proofs_are_refused(name: str) -> None:
    note = proof_of(0, 1).note.to_bytes().decode()
    text = published("formats")["malformed_proofs"][name].format(note=note)
    with pytest.raises(MalformedProof):
        TlogProof.parse(text.encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("index 5", "index 05"),
        ("index 5", "index 5 "),
        ("index 5", "index 5\r"),
        ("index 5", "Index 5"),
        ("index 5\n", "index 5\n\n"),
        ("index 5\n", "index 5\nindex 5\n"),
        ("index 5", "extra AA==\nextra AA==\nindex 5"),
        ("index 5", "index 5\nextra AA=="),
        ("@v1", "@v2"),
        ("c2sp", "\ufeffc2sp"),
    ],
)
def test_a_proof_with_another_head_is_refused(old: str, new: str) -> None:
    text = proof_of(5).to_bytes().decode().replace(old, new, 1)
    with pytest.raises(REFUSALS):
        TlogProof.parse(text.encode()).verify(LEAVES[5], POLICY)


def test_more_hashes_than_any_tree_is_high_are_refused() -> None:
    with pytest.raises(MalformedProof):
        TlogProof.parse(TlogProof(0, tuple(LEAVES[:1] * 64), proof_of(0).note).to_bytes())


@given(st.integers(0, len(LEAVES) - 1), st.data())
def test_a_proof_with_any_bit_flipped_is_refused(index: int, data: st.DataObject) -> None:
    content = bytearray(proof_of(index).to_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(REFUSALS):
        TlogProof.parse(bytes(content)).verify(LEAVES[index], POLICY)


@pytest.mark.parametrize("other", [0, 1, 4, 6, 12])
def test_another_entry_is_not_proven(other: int) -> None:
    with pytest.raises(ProofFails):
        proof_of(5).verify(LEAVES[other], POLICY)
