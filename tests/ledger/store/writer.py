"""A process that writes batches of 45 and prints each acknowledged command, until it is killed.

Run as `writer.py URL [BATCHES]`.
"""

import sys
from pathlib import Path

# Started as a file, from wherever the tests run.
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from ledger.store.database import open_database
from ledger.store.recorder import LedgerRecorder
from tests.ledger.store.writing import a_key, some_events


def main(url: str, batches: int) -> None:
    recorder = LedgerRecorder(open_database(url))
    for _ in range(batches):
        key = a_key()
        recorder.insert_events(some_events(45), command=key)
        sys.stdout.write(f"{key.command_id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else sys.maxsize)
