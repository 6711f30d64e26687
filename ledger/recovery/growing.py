"""Adding to a backup what a ledger has grown by; what was there already has to be the same."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, Table, func, select, update

from ledger.recovery.refusals import BackupRefused, Reason
from ledger.recovery.rows import (
    LineAltered,
    Row,
    digest_of,
    lines,
    of_table,
    plain,
    put_plain,
    written_out,
)
from ledger.store import tables
from ledger.store.recorder import Head
from ledger.trust.merkle import Frontier, leaf_hash

Progress = Callable[[int, int], None]

SEALS: Final = (tables.checkpoint, tables.cosignature)


def head_of(connection: Connection) -> Head:
    """Where the ledger ends, as the head row says."""
    position, frontier = connection.execute(
        select(tables.head.c.position, tables.head.c.frontier)
    ).one()
    return Head(position, Frontier.from_bytes(frontier))


def add_lines(
    source: Connection, target: Connection, after: Head, until: Head, progress: Progress | None
) -> None:
    """Add the lines after one head up to another, and move the head; raises BackupRefused."""
    frontier, done, total = after.frontier, 0, until.position - after.position
    if progress:
        progress(done, total)
    try:
        for rows in lines(source, after.position + 1, until.position):
            put_plain(target, tables.event, rows)
            frontier = frontier.extended(row[-1] for row in rows)
            done += len(rows)
            if progress:
                progress(done, total)
    except LineAltered as altered:
        raise BackupRefused(
            Reason.LINE_ALTERED,
            expected=f"{altered.position}: {altered.expected}",
            found=altered.found,
        ) from altered
    if frontier != until.frontier:
        raise BackupRefused(
            Reason.HEAD_DIFFERS, expected=frontier.root().hex(), found=until.root.hex()
        )
    moved = {"position": until.position, "frontier": frontier.to_bytes()}
    target.execute(update(tables.head).values(moved))


def add_commands(
    source: Connection, target: Connection, known: Frontier, after: Head, until: Head
) -> Frontier:
    """Add the commands of the new lines; the tree over all of them. Raises BackupRefused."""
    last = tables.command.c.last_position
    counted = select(func.count()).select_from(tables.command).where(last <= after.position)
    if (there := source.execute(counted).scalar_one()) != known.size:
        raise BackupRefused(Reason.COMMANDS_DIFFER, expected=known.size, found=there)
    question = plain(tables.command).order_by(tables.command.c.first_position)
    chosen = question.where(last > after.position, last <= until.position)
    rows = [tuple(row) for row in source.execute(chosen)]
    put_plain(target, tables.command, rows)
    return known.extended(leaf_hash(written_out(row)) for row in rows)


def add_seals(source: Connection, target: Connection, table: Table) -> str:
    """Add checkpoints or cosignatures that are new; the digest of all. Raises BackupRefused.

    They come whenever a witness answers, so that no number tells which are new.
    """
    there, held = _all(source, table), _all(target, table)
    if changed := held - there:
        raise BackupRefused(
            Reason.CHECKPOINTS_DIFFER, expected=written_out(min(changed)).decode(), found=""
        )
    put_plain(target, table, sorted(there - held))
    return digest_of(there)


def _all(connection: Connection, table: Table) -> set[Row]:
    return {row for part in of_table(connection, table) for row in part}
