"""Which school this process serves: where its ledger is, and the folder of what is embedded."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Settings:
    """`url` is an SQLAlchemy URL; `data_folder` holds `ledger.db`, `evidence/` and `keys/`.

    `origin` is the name that the log begins with; None for one out of the school's code. `backup`
    is the folder of the running backup, and `backup_keys` the file of the persons' keys where these
    are kept apart from it. `tsa` is the address of a timestamping authority (RFC 3161); None for
    the school's own clock, whose timestamps say so. `device` is the PKCS#11 module (.so) of a token
    on this machine, with its label where there are several; `remote` the address of a signing
    service (CSC) before "/csc/v1". `address` is where people outside reach the
    pages ("https://so-diem.truong.edu.vn"), for the QR codes on paper; None where they do not.
    """

    url: str
    data_folder: Path
    origin: str | None = None
    backup: Path | None = None
    backup_keys: Path | None = None
    tsa: str | None = None
    device: Path | None = None
    device_label: str | None = None
    remote: str | None = None
    address: str | None = None

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """A school that keeps everything in one folder, its ledger as a SQLite file."""
        return cls(f"sqlite:///{folder / 'ledger.db'}", folder)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """What GRADE_LEDGER_URL and GRADE_LEDGER_DATA say; a SQLite file in ./data by default."""
        embedded = cls.in_folder(Path(environment.get("GRADE_LEDGER_DATA") or "data"))
        url = environment.get("GRADE_LEDGER_URL") or embedded.url
        return cls(
            url,
            embedded.data_folder,
            origin=environment.get("GRADE_LEDGER_ORIGIN") or None,
            backup=_path(environment.get("GRADE_LEDGER_BACKUP")),
            backup_keys=_path(environment.get("GRADE_LEDGER_BACKUP_KEYS")),
            tsa=environment.get("GRADE_LEDGER_TSA") or None,
            device=_path(environment.get("GRADE_LEDGER_PKCS11")),
            device_label=environment.get("GRADE_LEDGER_PKCS11_LABEL") or None,
            remote=environment.get("GRADE_LEDGER_CSC", "").rstrip("/") or None,
            address=environment.get("GRADE_LEDGER_ADDRESS", "").rstrip("/") or None,
        )


def _path(named: str | None) -> Path | None:
    return Path(named) if named else None
