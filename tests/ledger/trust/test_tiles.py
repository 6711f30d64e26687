"""A tree over tiles gives what the plain functions give, also to many who ask at once."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.trust.merkle import consistency_proof, inclusion_proof, leaf_hash, root
from ledger.trust.tiles import TILE, TiledTree

LEAVES = [leaf_hash(number.to_bytes(4, "big")) for number in range(5 * TILE + 7)]
edges = st.sampled_from([1, TILE - 1, TILE, TILE + 1, 2 * TILE, 4 * TILE, 4 * TILE + 1])
sizes = st.one_of(st.integers(1, len(LEAVES)), edges)


def read(first: int, last: int) -> Sequence[bytes]:
    return LEAVES[first:last]


@given(st.lists(st.tuples(sizes, sizes), min_size=1, max_size=4))
def test_in_whatever_order_it_is_asked_it_proves_what_the_plain_functions_prove(
    asked: list[tuple[int, int]],
) -> None:
    tree = TiledTree(read)
    for one, other in asked:
        smaller, larger = sorted((one, other))
        assert tree.root(larger) == root(LEAVES[:larger])
        assert tree.inclusion_proof(smaller - 1, larger) == inclusion_proof(
            smaller - 1, larger, LEAVES
        )
        assert tree.consistency_proof(smaller, larger) == consistency_proof(smaller, larger, LEAVES)


def test_an_empty_tree_has_the_empty_root() -> None:
    assert TiledTree(read).root(0) == root([])


def test_many_at_once_get_the_proofs_that_one_alone_gets() -> None:
    tree, start = TiledTree(read), Barrier(8)
    size = len(LEAVES)

    def ask(seed: int) -> list[tuple[int, list[bytes]]]:
        start.wait()
        indexes = Random(seed).sample(range(size), 12)
        return [(index, tree.inclusion_proof(index, size)) for index in indexes]

    with ThreadPoolExecutor(8) as threads:
        answers = [pair for found in threads.map(ask, range(8)) for pair in found]
    assert all(proof == inclusion_proof(index, size, LEAVES) for index, proof in answers)


def test_a_whole_tile_is_read_once() -> None:
    asked: list[tuple[int, int]] = []

    def counting(first: int, last: int) -> Sequence[bytes]:
        asked.append((first, last))
        return LEAVES[first:last]

    tree = TiledTree(counting)
    tree.root(len(LEAVES))
    asked.clear()
    tree.root(len(LEAVES))
    assert asked == [(5 * TILE, len(LEAVES))]


def test_leaves_that_cannot_be_read_leave_nothing_wrong_behind() -> None:
    broken = True

    def failing(first: int, last: int) -> Sequence[bytes]:
        if broken:
            raise OSError("the database is away")
        return LEAVES[first:last]

    tree = TiledTree(failing)
    with pytest.raises(OSError, match="away"):
        tree.root(len(LEAVES))
    broken = False
    assert tree.root(len(LEAVES)) == root(LEAVES)
