"""Draft or sign a dossier and die before a step: `dying_filer.py URL FOLDER draft|sign STEP`."""

import os
import sys
from pathlib import Path
from typing import NoReturn

from ledger.application import GradeLedger
from ledger.store.evidence import EvidenceStore
from tests.browser.stage import Clock, Stage
from tests.school import KHOA, LAN, REASON
from tests.web.signing_staff import corrected, signs
from web.desk import open_desk
from web.dossiers.filing import draft
from web.settings import Settings

DIED = 9


def die(*_: object) -> NoReturn:
    os._exit(DIED)


def main() -> None:
    url, folder, what, step = sys.argv[1:]
    clock = Clock()
    clock.forward(minutes=30)
    desk = open_desk(Settings(url, Path(folder)), clock=clock)
    if step == "command":
        GradeLedger.handle_together = die  # type: ignore[method-assign, assignment]
    else:
        EvidenceStore.remove = die  # type: ignore[method-assign, assignment]
    if what == "sign":
        signs(Stage(desk, clock), LAN)
    else:
        draft(desk, corrected(desk), KHOA.author, reason=REASON)


if __name__ == "__main__":
    main()
