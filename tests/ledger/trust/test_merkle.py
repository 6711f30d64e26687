"""The tree against the published vectors, and against the definition in RFC 6962 itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.trust.merkle import Frontier, MalformedFrontier, empty_root, leaf_hash, node_hash

leaves = st.lists(st.binary(max_size=8).map(leaf_hash), max_size=70)


def root_by_definition(hashes: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word: split at the largest power of two below n."""
    if not hashes:
        return empty_root
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << ((len(hashes) - 1).bit_length() - 1)
    return node_hash(root_by_definition(hashes[:split]), root_by_definition(hashes[split:]))


def test_the_published_vectors() -> None:
    assert empty_root.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert (
        leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert (
        leaf_hash(b"L123456").hex()
        == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    )
    assert (
        node_hash(b"N123", b"N456").hex()
        == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"
    )


@given(leaves)
def test_the_root_of_the_frontier_is_the_root_by_definition(hashes: list[bytes]) -> None:
    assert Frontier().extended(hashes).root() == root_by_definition(hashes)


@given(leaves, st.integers(min_value=0, max_value=70))
def test_it_does_not_matter_in_how_many_appends_the_leaves_came(
    hashes: list[bytes], split: int
) -> None:
    in_two = Frontier().extended(hashes[:split]).extended(hashes[split:])
    assert in_two == Frontier().extended(hashes)


@given(leaves)
def test_a_frontier_reads_back_from_its_bytes(hashes: list[bytes]) -> None:
    frontier = Frontier().extended(hashes)
    assert Frontier.from_bytes(frontier.to_bytes()) == frontier


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 7, b"\x00" * 9, b"\x00" * 7 + b"\x01", b"\x00" * 40],
    ids=["nothing", "half a size", "a stray byte", "one leaf, no hash", "no leaf, one hash"],
)
def test_bytes_that_are_no_frontier_are_refused(content: bytes) -> None:
    with pytest.raises(MalformedFrontier):
        Frontier.from_bytes(content)


def test_a_hash_of_another_length_is_refused() -> None:
    with pytest.raises(MalformedFrontier):
        Frontier(1, (b"short",))
