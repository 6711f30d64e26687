"""What exactly the principal approves, as bytes that anybody can make anew from the ledger.

    grade-ledger approval 1
    {"approver":"…","cause":"typing","confirmed_by":"…",…,"sheet":"…"}

The first line names this form; whatever changes in it gives the form another number. The second
is JSON in UTF-8 with sorted keys, no spaces, and letters as they are. Both end with a newline.
All of it stands in the facts of the correction: the request, the answers, the confirmation, and
the author of the approval. Its SHA-256 is kept with the approval, and is what a passkey signs.
"""

import hashlib
import json
from dataclasses import replace
from typing import Final

from ledger.sheet.correction import Correction
from ledger.vocabulary import Author, SheetId

FORM: Final = "grade-ledger approval 1"


def canonical_approval(sheet_id: SheetId, correction: Correction, approver: Author) -> bytes:
    """The approval of a correction as it stands before it is approved, by this person."""
    approved = {
        "approver": str(approver.person),
        "cause": correction.cause,
        "confirmed_by": _person(correction.confirmed_by),
        "correction": str(correction.correction_id),
        "evidence": [{"kind": one.kind, "sha256": one.sha256} for one in correction.evidence],
        "found_by": correction.found_by,
        "late_because": correction.late_because,
        "lines": [one.model_dump(mode="json") for one in correction.lines],
        "on_behalf_of": _person(approver.on_behalf_of),
        "reason": correction.reason,
        "requested_by": str(correction.requested_by),
        "sheet": str(sheet_id),
    }
    text = json.dumps(approved, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{FORM}\n{text}\n".encode()


def statement_of(sheet_id: SheetId, correction: Correction, approver: Author) -> str:
    """SHA-256 of the canonical approval, in hex."""
    return hashlib.sha256(canonical_approval(sheet_id, correction, approver)).hexdigest()


def evidence_added(
    sheet_id: SheetId, correction: Correction, approver: Author, statement: str
) -> int:
    """How many files came since a statement was made; 0 where it is of something else altogether.

    Answers put their files behind those that were there, and change nothing else of what counts.
    """
    given = correction.evidence
    for before in range(len(given)):
        earlier = replace(correction, evidence=given[:before])
        if statement_of(sheet_id, earlier, approver) == statement:
            return len(given) - before
    return 0


def _person(person: object) -> str | None:
    return None if person is None else str(person)
