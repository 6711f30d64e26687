"""Opening a backup: its file in one transaction, and what it says of itself."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from ledger.recovery.manifest import MalformedManifest, Manifest, kept_manifest
from ledger.recovery.manifest import metadata as of_backup
from ledger.recovery.place import BackupPlace, open_file
from ledger.recovery.refusals import BackupRefused, Reason
from ledger.store.tables import create_tables


@contextmanager
def opened_to_add(place: BackupPlace) -> Iterator[tuple[Connection, Manifest | None]]:
    """The file, made where it is missing and held for this writer alone; raises BackupRefused."""
    engine = open_file(place.ledger)
    try:
        with _readable():
            create_tables(engine)
            of_backup.create_all(engine)
        with engine.begin() as connection:
            with _readable():
                before = kept_manifest(connection)
            yield connection, before
    finally:
        engine.dispose()


@contextmanager
def opened_to_read(place: BackupPlace) -> Iterator[tuple[Connection, Manifest]]:
    """The file of a backup that there is; raises BackupRefused."""
    if not place.ledger.is_file():
        raise BackupRefused(Reason.NO_BACKUP, expected=place.ledger)
    engine = open_file(place.ledger, begin="BEGIN")
    try:
        with engine.connect() as connection:
            with _readable():
                manifest = kept_manifest(connection)
            if manifest is None:
                raise BackupRefused(Reason.NO_BACKUP, expected=place.ledger)
            _must_not_be_older(place, manifest)
            yield connection, manifest
    finally:
        engine.dispose()


def last_backup(place: BackupPlace) -> Manifest | None:
    """What the backup's own file beside it tells; None where there is none that can be read."""
    try:
        return Manifest.from_json(place.manifest.read_text(encoding="utf-8"))
    except (OSError, MalformedManifest):
        return None


def _must_not_be_older(place: BackupPlace, kept: Manifest) -> None:
    """Refuse a file that an older one has taken the place of.

    It may be newer than the manifest beside it: that is written last, and a backup may be killed.
    """
    beside = last_backup(place)
    if beside and beside.number > kept.number:
        raise BackupRefused(Reason.BACKUP_TOO_OLD, expected=beside.number, found=kept.number)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except MalformedManifest as malformed:
        raise BackupRefused(Reason.BACKUP_UNREADABLE, found=malformed) from malformed
    except DatabaseError as failure:
        # Busy, full, not to be written: it is a backup all the same.
        no_backup = type(failure.orig) is sqlite3.DatabaseError or "no such table" in str(failure)
        if not no_backup:
            raise
        raise BackupRefused(Reason.BACKUP_UNREADABLE, found=failure.orig) from failure
