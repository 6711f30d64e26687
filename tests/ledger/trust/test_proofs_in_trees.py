"""Inclusion and consistency proofs: published ones verify, and nothing else does."""

from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.trust.merkle import (
    ProofFails,
    consistency_proof,
    empty_root,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from tests.ledger.trust.published import from_base64, from_hex, published

SOME_HASH = bytes.fromhex("abacaba000000000000000000000000000000000000000000060061e00123456")


@dataclass(frozen=True)
class Inclusion:
    index: int
    size: int
    leaf: bytes
    proof: list[bytes]
    root: bytes

    def verify(self) -> None:
        verify_inclusion(self.index, self.size, self.leaf, self.proof, self.root)


@dataclass(frozen=True)
class Consistency:
    size1: int
    size2: int
    root1: bytes
    root2: bytes
    proof: list[bytes]

    def verify(self) -> None:
        verify_consistency(self.size1, self.size2, self.root1, self.root2, self.proof)


@cache
def tree() -> tuple[list[bytes], list[bytes]]:
    """The eight leaves of the published vectors, and the roots of the trees of 1 to 8 of them."""
    vectors = published("merkle")
    leaves = [leaf_hash(entry) for entry in from_hex(vectors["leaves"])]
    return leaves, from_hex(vectors["roots"])


def published_inclusions() -> list[Inclusion]:
    leaves, roots = tree()
    return [
        Inclusion(
            one["index"],
            one["size"],
            leaves[one["index"]],
            from_hex(one["proof"]),
            roots[one["size"] - 1],
        )
        for one in published("merkle")["inclusion"]
    ]


def published_consistencies() -> list[Consistency]:
    _, roots = tree()
    return [
        Consistency(
            one["size1"],
            one["size2"],
            roots[one["size1"] - 1],
            roots[one["size2"] - 1],
            from_hex(one["proof"]),
        )
        for one in published("merkle")["consistency"]
    ]


def mangled(proof: list[bytes], *around: bytes) -> Iterator[list[bytes]]:
    """What the authors of the vectors do to a proof, each of which makes it another one."""
    for strange in (b"", *around):
        yield [*proof, strange]
        yield [strange, *proof]
    if proof:
        yield proof[:-1]
        yield [proof[0], *proof]
        yield [proof[0], SOME_HASH, *proof[1:]]
    for at, one in enumerate(proof):
        yield [*proof[:at], bytes([one[0] ^ 8]) + one[1:], *proof[at + 1 :]]


def mangled_inclusions(good: Inclusion) -> Iterator[Inclusion]:
    for index in (good.index - 1, good.index + 1, good.index ^ 2):
        yield replace(good, index=index)
    for size in (good.size * 2, good.size // 2):
        yield replace(good, size=size)
    yield replace(good, leaf=b"WrongLeaf")
    for other in (empty_root, SOME_HASH):
        yield replace(good, root=other)
    for proof in mangled(good.proof, good.root):
        yield replace(good, proof=proof)


def mangled_consistencies(good: Consistency) -> Iterator[Consistency]:
    for size1 in (good.size1 - 1, good.size1 + 1, good.size1 ^ 2):
        yield replace(good, size1=size1)
    for size2 in (good.size2 * 2, good.size2 // 2):
        yield replace(good, size2=size2)
    yield replace(good, root1=b"WrongRoot")
    yield replace(good, root2=b"WrongRoot")
    if good.proof:
        yield replace(good, root1=good.root2, root2=good.root1)
        yield replace(good, proof=[])
    for proof in mangled(good.proof, good.root1, good.root2):
        yield replace(good, proof=proof)


def test_the_roots_of_the_published_leaves() -> None:
    leaves, roots = tree()
    assert [root(leaves[:size]) for size in range(1, 9)] == roots


@pytest.mark.parametrize("good", published_inclusions(), ids=repr)
def test_a_published_inclusion_is_made_and_verified_and_no_mutation_is(good: Inclusion) -> None:
    good.verify()
    assert inclusion_proof(good.index, good.size, tree()[0]) == good.proof
    for bad in mangled_inclusions(good):
        with pytest.raises(ProofFails):
            bad.verify()


@pytest.mark.parametrize("good", published_consistencies(), ids=repr)
def test_a_published_consistency_is_made_and_verified_and_no_mutation_is(good: Consistency) -> None:
    good.verify()
    assert consistency_proof(good.size1, good.size2, tree()[0]) == good.proof
    for bad in mangled_consistencies(good):
        with pytest.raises(ProofFails):
            bad.verify()


@pytest.mark.parametrize(("index", "size"), [(0, 0), (0, 1), (1, 0), (2, 1), (-1, 1)])
@pytest.mark.parametrize(
    ("leaf", "over"), [(SOME_HASH, b""), (b"", empty_root), (SOME_HASH, empty_root)]
)
def test_nothing_is_included_in_an_empty_tree(
    index: int, size: int, leaf: bytes, over: bytes
) -> None:
    with pytest.raises(ProofFails):
        verify_inclusion(index, size, leaf, [], over)


@pytest.mark.parametrize(
    "bad",
    [
        Consistency(0, 0, empty_root, empty_root, []),
        Consistency(0, 1, empty_root, SOME_HASH, []),
        Consistency(0, 1, SOME_HASH, SOME_HASH, [SOME_HASH]),
        Consistency(1, 0, SOME_HASH, SOME_HASH, []),
        Consistency(2, 1, SOME_HASH, SOME_HASH, []),
        Consistency(1, 2, SOME_HASH, SOME_HASH, []),
        Consistency(1, 1, empty_root, SOME_HASH, []),
        Consistency(1, 1, SOME_HASH, SOME_HASH, [SOME_HASH]),
    ],
    ids=repr,
)
def test_sizes_that_prove_nothing_are_an_error(bad: Consistency) -> None:
    with pytest.raises(ProofFails):
        bad.verify()


def test_a_real_log_of_nearly_a_thousand_million_certificates() -> None:
    log = published("argon2020")
    over = b64decode(log["root"])
    included, older = log["inclusion"], log["consistency"]
    Inclusion(
        included["index"],
        log["size"],
        leaf_hash(b64decode(included["leaf"])),
        from_base64(included["proof"]),
        over,
    ).verify()
    Consistency(
        older["size1"], log["size"], b64decode(older["root1"]), over, from_base64(older["proof"])
    ).verify()


# How a proof is spoiled: each takes the list and a number that says where.
SPOILERS: dict[str, Callable[[list[bytes], int], Sequence[bytes]]] = {
    "flip a bit": lambda proof, at: [
        bytes(byte ^ (at % 8 == 0) for byte in one) if place == at % len(proof) else one
        for place, one in enumerate(proof)
    ],
    "drop one": lambda proof, at: proof[: at % len(proof)] + proof[at % len(proof) + 1 :],
    "add one": lambda proof, at: [*proof[:at], SOME_HASH, *proof[at:]],
    "swap two": lambda proof, at: [*proof[at % len(proof) :], *proof[: at % len(proof)]],
}


@st.composite
def trees(draw: st.DrawFn) -> list[bytes]:
    """Leaf hashes of one tree, all different, so that no two proofs are alike by chance."""
    size = draw(st.integers(1, 70))
    return [leaf_hash(number.to_bytes(2, "big")) for number in range(size)]


@given(trees(), st.data())
def test_every_proof_of_every_tree_verifies(leaves: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(leaves)))
    index = data.draw(st.integers(0, size - 1))
    older = data.draw(st.integers(1, size))
    over = root(leaves[:size])
    verify_inclusion(index, size, leaves[index], inclusion_proof(index, size, leaves), over)
    proof = consistency_proof(older, size, leaves)
    verify_consistency(older, size, root(leaves[:older]), over, proof)


@given(trees(), st.data())
def test_no_spoiled_inclusion_verifies(leaves: list[bytes], data: st.DataObject) -> None:
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    good = Inclusion(index, size, leaves[index], inclusion_proof(index, size, leaves), root(leaves))
    for bad in (
        replace(good, index=data.draw(st.integers(-2, 2 * size).filter(lambda it: it != index))),
        replace(good, leaf=SOME_HASH),
        replace(good, root=SOME_HASH),
        *(replace(good, proof=proof) for proof in spoiled(good.proof, data)),
    ):
        with pytest.raises(ProofFails):
            bad.verify()


@given(trees(), st.data())
def test_no_spoiled_consistency_verifies(leaves: list[bytes], data: st.DataObject) -> None:
    size2 = len(leaves)
    size1 = data.draw(st.integers(1, size2))
    roots = root(leaves[:size1]), root(leaves)
    good = Consistency(size1, size2, *roots, consistency_proof(size1, size2, leaves))
    for bad in (
        replace(good, size1=0),
        replace(good, size1=size2 + 1),
        replace(good, root1=SOME_HASH),
        replace(good, root2=SOME_HASH),
        *(replace(good, proof=proof) for proof in spoiled(good.proof, data)),
    ):
        with pytest.raises(ProofFails):
            bad.verify()


def spoiled(proof: list[bytes], data: st.DataObject) -> Iterator[list[bytes]]:
    """The proof after each of the spoilers, where that left another proof."""
    at = data.draw(st.integers(0, 9))
    yield [*proof, SOME_HASH]
    if proof:
        results = (list(spoil(proof, at)) for spoil in SPOILERS.values())
        yield from (one for one in results if one != proof)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (0, 4)])
def test_no_inclusion_is_proven_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(index, size, tree()[0][:3])


@pytest.mark.parametrize(("size1", "size2"), [(0, 2), (3, 2), (1, 4), (-1, 1)])
def test_no_consistency_is_proven_of_sizes_that_are_not_there(size1: int, size2: int) -> None:
    with pytest.raises(IndexError):
        consistency_proof(size1, size2, tree()[0][:3])
