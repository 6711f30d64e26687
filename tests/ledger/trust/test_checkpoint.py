"""Checkpoints: the published ones are made again byte for byte, and no others are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.trust.checkpoint import Checkpoint, MalformedCheckpoint
from ledger.trust.merkle import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from ledger.trust.note import Note, SigningKey, VerifierKey
from tests.ledger.trust.published import published

TESSERA = published("tessera")
ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


@pytest.mark.parametrize("size", range(16))
def test_a_published_log_is_signed_again_byte_for_byte(size: int) -> None:
    key = SigningKey.parse(TESSERA["signing_key"])
    leaves = [leaf_hash(entry.encode()) for entry in TESSERA["entries"][:size]]
    signed = Checkpoint("example.com/log/testdata", size, root(leaves)).signed(key)
    assert signed.to_bytes().decode() == TESSERA["checkpoints"][size]


def test_each_line_of_a_published_log_is_proven_under_each_of_its_checkpoints() -> None:
    key = VerifierKey.parse(TESSERA["key"])
    leaves = [leaf_hash(entry.encode()) for entry in TESSERA["entries"]]
    notes = [Note.parse(text.encode()) for text in TESSERA["checkpoints"]]
    heads = [Checkpoint.parse(note.text) for note in notes if note.verified_by_any([key])]
    assert [head.size for head in heads] == list(range(16))
    for newer in heads:
        for index in range(newer.size):
            older = heads[index + 1]
            proof = inclusion_proof(index, newer.size, leaves)
            verify_inclusion(index, newer.size, leaves[index], proof, newer.root)
            proof = consistency_proof(older.size, newer.size, leaves)
            verify_consistency(older.size, newer.size, older.root, newer.root, proof)


def test_the_example_of_the_specification_is_read_and_written() -> None:
    example = published("c2sp")
    note = Note.parse(example["cosigned_checkpoint"].encode())
    checkpoint = Checkpoint.parse(note.text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.to_text() == note.text
    assert note.signatures[1].cosigned_at == example["cosigned_at"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n1\n",
        f"origin\n1\n{ROOT}",
        f"\n1\n{ROOT}\n",
        f"origin\n\n{ROOT}\n",
        f"origin\n01\n{ROOT}\n",
        f"origin\n-1\n{ROOT}\n",
        f"origin\n+1\n{ROOT}\n",
        f"origin\n 1\n{ROOT}\n",
        f"origin\n1_0\n{ROOT}\n",
        f"origin\n١\n{ROOT}\n",
        f"origin\n{'9' * 40}\n{ROOT}\n",
        f"origin\n1\n{ROOT}\n\n",
        f"origin\n1\n{ROOT}\nextension\n\nmore\n",
        f"origin\n1\n{ROOT[:-1]}\n",
        f"origin\n1\n{ROOT[:-4]}\n",
        f"origin\n1\n{ROOT} \n",
    ],
)
def test_a_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(MalformedCheckpoint):
        Checkpoint.parse(text)


line = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1)


@given(
    line,
    st.integers(0, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
    st.lists(line, max_size=3).map(tuple),
)
def test_a_checkpoint_round_trips(
    origin: str, size: int, over: bytes, extension: tuple[str, ...]
) -> None:
    checkpoint = Checkpoint(origin, size, over, extension)
    assert Checkpoint.parse(checkpoint.to_text()) == checkpoint
