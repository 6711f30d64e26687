"""Which school this process serves: where its ledger is, and the folder of what is embedded."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Settings:
    """`url` is an SQLAlchemy URL; `data_folder` holds `ledger.db`, `evidence/` and `keys/`.

    `origin` is the name that the log begins with; None for one out of the school's code.
    """

    url: str
    data_folder: Path
    origin: str | None = None

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """A school that keeps everything in one folder, its ledger as a SQLite file."""
        return cls(f"sqlite:///{folder / 'ledger.db'}", folder)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """What GRADE_LEDGER_URL and GRADE_LEDGER_DATA say; a SQLite file in ./data by default."""
        embedded = cls.in_folder(Path(environment.get("GRADE_LEDGER_DATA") or "data"))
        url = environment.get("GRADE_LEDGER_URL") or embedded.url
        return cls(url, embedded.data_folder, environment.get("GRADE_LEDGER_ORIGIN") or None)
