"""Approve the erasure of Ngà and die before a step: `dying_eraser.py URL FOLDER STEP`."""

import os
import sys
from pathlib import Path
from typing import NoReturn

from ledger.store.evidence import EvidenceStore
from ledger.vault import Vault
from tests.browser.stage import Clock, Stage
from tests.web.leavers import erase
from web.desk import open_desk
from web.settings import Settings

DIED = 9


def die(*_: object) -> NoReturn:
    os._exit(DIED)


def main() -> None:
    url, folder, step = sys.argv[1:]
    clock = Clock()
    desk = open_desk(Settings(url, Path(folder)), clock=clock)
    if step == "keys":
        Vault.erase = die  # type: ignore[method-assign, assignment]
    else:
        EvidenceStore.remove = die  # type: ignore[method-assign, assignment]
    erase(Stage(desk, clock))


if __name__ == "__main__":
    main()
