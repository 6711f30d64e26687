"""What a school's backup is made of, and the backup that runs beside the school."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError

from ledger.recovery.backup import Backup, Kept
from ledger.recovery.place import BackupPlace
from ledger.recovery.reading import last_backup
from ledger.recovery.refusals import BackupRefused, NotBroughtUp
from ledger.store.evidence import EvidenceStore
from ledger.store.keys import KeyFolder
from ledger.store.recorder import LedgerRecorder
from ledger.vault import vault_box, vault_code, vault_key
from web.access.accounts import account
from web.access.authenticators import authenticator, recovery_code
from web.signing.school_keys import school_key

# All that is neither a line nor made of lines, but for who is signed in and who mistyped.
KEPT: Final = Kept(
    replaced=(account, authenticator, recovery_code, vault_box, vault_code, school_key),
    keys=vault_key,
)
# A disk that is full or away, a database that does not answer; anything else is a fault of ours.
FAILURES: Final = (OSError, OperationalError, InterfaceError)


def backup_into(
    place: BackupPlace,
    recorder: LedgerRecorder,
    engine: Engine,
    evidence: EvidenceStore,
    keys: KeyFolder,
    *,
    clock: Callable[[], datetime],
) -> Backup:
    """The backup of a school in this place."""

    def origin() -> str | None:
        logs = keys.log_keys()
        return logs[-1].name if logs else None

    return Backup(place, recorder, engine, evidence, KEPT, origin=origin, clock=clock)


def held_by(backup: Backup | None) -> Callable[[], int] | None:
    """Bring the running backup up and tell how many lines it holds; None where none runs.

    Raises NotBroughtUp. It is never begun here: a folder that is suddenly empty is a disk that is
    not there.
    """
    if backup is None:
        return None

    # Remembered, since a disk that is away cannot tell.
    last = last_backup(backup.place)

    def held() -> int:
        nonlocal last
        try:
            last = backup.bring_up(begin=False).manifest
        except (BackupRefused, *FAILURES) as failure:
            raise NotBroughtUp(
                backup.place.folder,
                failure if isinstance(failure, BackupRefused) else reason_of(failure),
                last.moment if last else None,
            ) from failure
        return last.lines

    return held


def reason_of(failure: Exception) -> str:
    """What a disk or a database says, in its own words."""
    lines = str(getattr(failure, "orig", failure)).splitlines()
    return lines[0] if lines else type(failure).__name__
