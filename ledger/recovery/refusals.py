"""Why a backup is not brought up, or not restored; the words are permanent."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Reason(StrEnum):
    """What was found not to be as it must be."""

    # What is read, a ledger or a backup, was altered.
    LINE_ALTERED = "line-altered"
    HEAD_DIFFERS = "head-differs-from-lines"
    # Bringing a backup up: the ledger is not the one that the backup is of.
    LEDGER_SHORTER = "ledger-shorter-than-backup"
    LEDGER_DIFFERS = "ledger-differs-from-backup"
    COMMANDS_DIFFER = "commands-differ-from-backup"
    CHECKPOINTS_DIFFER = "checkpoints-differ-from-backup"
    # Either way.
    NO_BACKUP = "no-backup-here"
    BACKUP_UNREADABLE = "backup-unreadable"
    # Restoring: the backup was altered, or is not whole.
    MANIFEST_DIFFERS = "manifest-differs-from-backup"
    BACKUP_TOO_OLD = "backup-older-than-manifest"
    EVIDENCE_UNUSABLE = "backup-evidence-unusable"
    PLACE_NOT_EMPTY = "place-not-empty"


class BackupRefused(Exception):
    """Nothing was done: neither the backup nor the ledger has changed."""

    def __init__(self, reason: Reason, *, expected: object = "", found: object = "") -> None:
        super().__init__(f"{reason}: expected {expected}, found {found}")
        self.reason = reason
        self.expected = str(expected)
        self.found = str(found)


class NotBroughtUp(Exception):
    """The running backup is not where the ledger is; `last` is when it was, None for never."""

    def __init__(self, folder: Path, why: BackupRefused | str, last: datetime | None) -> None:
        super().__init__(f"{folder}: {why}")
        self.folder = folder
        self.why = why
        self.last = last
