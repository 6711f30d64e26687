"""Proofs in a long log, against hashing the whole tree anew for each."""

from random import Random
from typing import Any

from bench.timing import Watch
from ledger.trust.merkle import consistency_proof, inclusion_proof, leaf_hash
from ledger.trust.tiles import TiledTree


def measure_proving(*, lines: int, times: int = 200, naive: int = 3) -> dict[str, Any]:
    """Medians in milliseconds of proofs in a tree of so many leaves, kept in memory.

    Cold is the first proof of a process, which hashes every tile; warm are those that follow, of
    leaves and sizes chosen by chance. A naive proof hashes all of the tree.
    """
    leaves = [leaf_hash(b"%d" % position) for position in range(lines)]
    tree = TiledTree(lambda first, last: leaves[first:last])
    chance, watch = Random(lines), Watch()
    with watch.timing("cold"):
        tree.inclusion_proof(0, lines)
    for number in range(times):
        index, older = chance.randrange(lines), chance.randrange(1, lines)
        with watch.timing("inclusion"):
            proof = tree.inclusion_proof(index, lines)
        with watch.timing("consistency"):
            continued = tree.consistency_proof(older, lines)
        if number < naive:
            with watch.timing("naive inclusion"):
                assert proof == inclusion_proof(index, lines, leaves)
            with watch.timing("naive consistency"):
                assert continued == consistency_proof(older, lines, leaves)
    faster = {
        name: round(watch.median_ms(f"naive {name}") / watch.median_ms(name), 1)
        for name in ("inclusion", "consistency")
    }
    share = watch.median_ms("naive inclusion") / watch.median_ms("cold")
    return {
        "lines": lines,
        "times_ms": watch.medians_ms(),
        "times_faster_than_naive": faster,
        "cold_share_of_naive": round(share, 3),
    }
