"""The whole log as a folder that any reader of tlog-tiles can check, with nothing of ours."""

import shutil
from pathlib import Path

from ledger.store.checkpoints import Published
from ledger.store.recorder import LedgerRecorder, entry
from ledger.trust.merkle import Frontier, leaf_hash
from ledger.trust.tiles import TILE
from ledger.trust.tlog_tiles import Tile, bundle, tiles_of


class FolderIsNotEmpty(FileExistsError):
    """Something else is there already, which is left as it is."""


class ExportDiffers(Exception):
    """The lines do not give the root of the checkpoint; nothing was written."""


def export_log(recorder: LedgerRecorder, published: Published, folder: Path) -> None:
    """Write the log as the checkpoint has it, or nothing: entries, hashes, the checkpoint.

    The entries hold pupils' ids and their marks: the folder is for who may read the ledger.
    Raises FolderIsNotEmpty and ExportDiffers.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderIsNotEmpty(folder)
    building = folder.with_name(f"{folder.name}.building")
    shutil.rmtree(building, ignore_errors=True)
    try:
        _write(recorder, published, building)
        building.replace(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _write(recorder: LedgerRecorder, published: Published, folder: Path) -> None:
    frontier = Frontier()
    for tile in tiles_of(published.checkpoint.size):
        _keep(folder / tile.path, tile.hashes(recorder.tree))
        if tile.level == 0:
            entries = _entries(recorder, tile)
            frontier = frontier.extended(map(leaf_hash, entries))
            _keep(folder / "tile" / "entries" / tile.place, bundle(entries))
    if frontier.root() != published.checkpoint.root:
        raise ExportDiffers
    _keep(folder / "checkpoint", published.note.to_bytes())


def _entries(recorder: LedgerRecorder, tile: Tile) -> list[bytes]:
    first = tile.index * TILE
    rows = recorder.select_notifications(first + 1, tile.width, stop=first + tile.width)
    return [
        entry(
            row.id - 1,
            str(row.originator_id),
            version=row.originator_version,
            topic=row.topic,
            state=row.state,
        )
        for row in rows
    ]


def _keep(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
