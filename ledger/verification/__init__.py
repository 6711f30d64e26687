"""Whether a ledger is what it says it is: everything made anew from its rows, nothing believed.

    with opened_for_reading(url) as engine:  # of ledger.store.reading; or a school's own engine
        report = verify(engine, trusted=Trusted(logs=[key], policy=policy),
                        remembered=[Remembered.from_note(note, where="note")], evidence=store)
    report.is_clean, [finding.code for finding in report.findings], report.counts

Each thing that is checked is a module with a `Check`; `codes` has every code that one can find.
`projections.verification.verify_school` is the same and compares the projections as well.
"""

from ledger.verification.codes import CODES, REMARKS
from ledger.verification.findings import Finding
from ledger.verification.seals import SeenCheckpoint
from ledger.verification.source import NotALedger
from ledger.verification.trusted import Remembered, Trusted
from ledger.verification.verifying import Report, verify

__all__ = [
    "CODES",
    "REMARKS",
    "Finding",
    "NotALedger",
    "Remembered",
    "Report",
    "SeenCheckpoint",
    "Trusted",
    "verify",
]
