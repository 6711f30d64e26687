"""The addresses of tiles, as the specification writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.trust.tlog_tiles import NoSuchTile, Tile, bundle, tiles_of


def test_the_examples_of_the_specification() -> None:
    assert Tile(3, 1234067).path == "tile/3/x001/x234/067"
    tiles = list(tiles_of(70_000))
    partial = [tile.path for tile in tiles if tile.width < 256]
    assert partial == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]
    assert sum(tile.level == 0 for tile in tiles) == 274
    assert [tile.path for tile in tiles_of(256)] == ["tile/0/000", "tile/1/000.p/1"]
    assert list(tiles_of(0)) == []


@given(st.integers(0, 63), st.integers(0, 2**50), st.integers(1, 256))
def test_an_address_is_read_as_it_is_written(level: int, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert Tile.parse(str(level), tile.place) == tile


@pytest.mark.parametrize(
    ("level", "place"),
    [
        ("00", "000"),
        ("64", "000"),
        ("-1", "000"),
        ("entries", "000"),
        ("0", "0"),
        ("0", "x000/000"),
        ("0", "001/000"),
        ("0", "000.p/0"),
        ("0", "000.p/256"),
        ("0", "000.p/01"),
        ("0", "000.p/"),
        ("0", "../000"),
        ("0", "x" + "999/x" * 9 + "999"),
    ],
)
def test_nothing_else_is_an_address(level: str, place: str) -> None:
    with pytest.raises(NoSuchTile):
        Tile.parse(level, place)


@given(st.integers(1, 200_000))
def test_a_tree_has_the_tiles_that_it_has(size: int) -> None:
    assert all(tile.is_of(size) for tile in tiles_of(size))
    assert not Tile(0, size // 256, size % 256 + 1).is_of(size)


def test_entries_stand_behind_their_lengths() -> None:
    assert bundle([b"", b"ab"]) == b"\x00\x00\x00\x02ab"
    with pytest.raises(OverflowError):
        bundle([bytes(65_536)])
