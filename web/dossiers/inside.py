"""What is inside the newest file of a dossier: signatures, files, data; beside its lines."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from web.dossiers.account import Account
from web.dossiers.attached import DATA_NAME
from web.dossiers.flaws import Flaw, Found
from web.dossiers.signed_file import archived_at, kept_last_at, signature_flaws
from web.refusals import ArchivingFailed
from web.signing.archiving import holds_at, holds_until
from web.signing.attachments import attached_to
from web.signing.revising import BROKEN, Unreadable
from web.signing.trust import Trust
from web.signing.validating import signatures_of


def flaws_inside(pdf: bytes, account: Account, trust: Trust) -> Iterator[Found]:
    """Whether the file holds what the lines say; its hash is that of the newest revision.

    Signatures are checked as of the moment at which the ledger kept them, archived or not.
    """
    try:
        signatures = signatures_of(pdf, trust, at=kept_last_at(account))
        attached = attached_to(pdf)
        holds = _holds(pdf, account, trust)
    except (Unreadable, *BROKEN):
        yield Found(Flaw.PDF_UNREADABLE)
        return
    yield from signature_flaws(account, signatures)
    yield from content_flaws(account, attached)
    if not holds:
        yield Found(Flaw.ARCHIVE_FAILS)


def content_flaws(account: Account, attached: Mapping[str, bytes]) -> Iterator[Found]:
    """Whether the attached files are the evidence and the data that the lines tell of."""
    yield from _evidence_flaws(account, attached)
    yield from _record_flaws(account, attached)


def _holds(pdf: bytes, account: Account, trust: Trust) -> bool:
    archived = account.dossier.archived
    if archived is None:
        return True
    last = datetime.combine(archived.holds_until, time(), UTC) - timedelta(days=1)
    try:
        until = holds_until(pdf, trust, at=kept_last_at(account))
    except ArchivingFailed:
        return False
    proven = holds_at(pdf, trust, last, at=archived_at(account))
    return until >= archived.holds_until and proven


def _evidence_flaws(account: Account, attached: Mapping[str, bytes]) -> Iterator[Found]:
    inside = {sha256(content).hexdigest() for content in attached.values()}
    for one in account.correction.evidence:
        if one.sha256 not in inside:
            yield Found(Flaw.EVIDENCE_DIFFERS, one.kind, one.sha256)


def _record_flaws(account: Account, attached: Mapping[str, bytes]) -> Iterator[Found]:
    """Whether the biên bản says as data what the ledger says."""
    if DATA_NAME not in attached:
        yield Found(Flaw.RECORD_MISSING, DATA_NAME)
        return
    try:
        said = json.loads(attached[DATA_NAME])
        said["facts"] = [
            {name: one[name] for name in ("position", "name")} for one in said["facts"]
        ]
        differing = [name for name, value in _expected(account).items() if said[name] != value]
    except (ValueError, LookupError, TypeError, RecursionError):
        yield Found(Flaw.RECORD_MISSING, DATA_NAME)
        return
    for name in differing:
        yield Found(Flaw.RECORD_DIFFERS, name)


def _expected(account: Account) -> dict[str, Any]:
    """What the lines say, by the names under which `bien-ban.json` says it."""
    drafted, correction, opened = account.dossier.drafted, account.correction, account.opened
    return {
        "correction": str(correction.correction_id),
        "sheet": str(drafted.sheet),
        "school_year": opened.school_year,
        "semester": opened.semester,
        "class_group": opened.class_group,
        "subject": opened.subject,
        "number": drafted.number,
        "head": {"position": drafted.position, "root": drafted.root},
        "cause": correction.cause,
        "found_by": correction.found_by,
        "late_because": list(correction.late_because),
        "lines": [one.model_dump(mode="json") for one in correction.lines],
        "signers": [one.role for one in drafted.signers],
        "papers": list(drafted.papers),
        "facts": [
            {"position": line.position, "name": line.fact.NAME}
            for line in account.steps
            if line.stream_id == drafted.sheet and line.position <= drafted.position
        ],
    }
