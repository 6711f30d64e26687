"""The tree as static files (c2sp.org/tlog-tiles): which tiles there are, and where each lies."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

from ledger.trust.tiles import TILE, TiledTree

_LEVEL: Final = re.compile("0|[1-9]|[1-5][0-9]|6[0-3]")
_INDEX: Final = re.compile("(?:x[0-9]{3}/){0,5}[0-9]{3}")
_WIDTH: Final = re.compile("[1-9][0-9]{0,2}")


class NoSuchTile(ValueError):
    """The address names no tile, or one that no published tree has."""


@dataclass(frozen=True, slots=True)
class Tile:
    """`width` hashes of one level, from the hash `index` * 256 on; partial below a width of 256."""

    level: int
    index: int
    width: int = TILE

    @classmethod
    def parse(cls, level: str, place: str) -> Self:
        """Read an address like `0`, `x001/x234/067.p/5`; raises NoSuchTile."""
        index, partial, width = place.partition(".p/")
        spelled = _LEVEL.fullmatch(level) and _INDEX.fullmatch(index)
        if not spelled or (partial and not _WIDTH.fullmatch(width)):
            raise NoSuchTile(place)
        tile = cls(int(level), int(re.sub("[x/]", "", index)), int(width) if partial else TILE)
        if _place(tile.index) != index or (partial and tile.width >= TILE):
            raise NoSuchTile(place)
        return tile

    @property
    def path(self) -> str:
        """Where it lies below the prefix of the log."""
        return f"tile/{self.level}/{self.place}"

    @property
    def place(self) -> str:
        """The same within its level, which is where a bundle of entries lies too."""
        partial = "" if self.width == TILE else f".p/{self.width}"
        return f"{_place(self.index)}{partial}"

    def is_of(self, size: int) -> bool:
        """Whether a tree of this size has all the hashes of the tile."""
        last = self.index * TILE + self.width
        return bool(last << 8 * self.level <= size)

    def hashes(self, tree: TiledTree) -> bytes:
        """What stands in the file."""
        first = self.index * TILE
        return b"".join(tree.hashes(self.level, first, first + self.width))


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile of a tree, the partial ones at its right edge included, level by level."""
    level = 0
    while count := size >> 8 * level:
        whole, rest = divmod(count, TILE)
        yield from (Tile(level, index) for index in range(whole))
        if rest:
            yield Tile(level, whole, rest)
        level += 1


def bundle(entries: Iterable[bytes]) -> bytes:
    """The entries of one tile of level 0, each behind its length; OverflowError for a long one."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def _place(index: int) -> str:
    """A number in groups of three digits, all but the last behind an x: "x001/x234/067"."""
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    *groups, last = (digits[at : at + 3] for at in range(0, len(digits), 3))
    return "/".join([*(f"x{group}" for group in groups), last])
