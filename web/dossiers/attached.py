"""What lies inside a biên bản: its evidence, the proofs of its lines, and what it says as data."""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from ledger.proving import LineProof
from web.desk import Desk
from web.dossiers.contents import content_of
from web.dossiers.record import Record
from web.papers.typesetting import Attachment
from web.proofs import files_of, proofs_together
from web.refusals import LineNotPublishedYet
from web.wording import bien_ban as words

DATA_NAME: Final = "bien-ban.json"
_FORM: Final = "grade-ledger/bien-ban@v1"
_KINDS: Final = {".entry": "application/octet-stream", ".tlog-proof": "text/plain"}


def attachments_of(desk: Desk, record: Record) -> list[Attachment]:
    """The files to attach; a log that cannot be published now leaves lines without a proof.

    Raises EvidenceNotKept, and LineDiffersFromPublished where somebody wrote into the database.
    """
    proofs = proofs_of(desk, record)
    data = Attachment(
        DATA_NAME, data_of(record, proofs), "application/json", words.DATA_INSIDE, "data"
    )
    return [data, *_evidence(desk, record), *_proofs(proofs)]


def proofs_of(desk: Desk, record: Record) -> list[LineProof]:
    """The proof of each line of the correction; of none, where the log is not published."""
    try:
        return proofs_together(desk, [fact.position for fact in record.facts])
    except LineNotPublishedYet:
        return []


def data_of(record: Record, proofs: Sequence[LineProof]) -> bytes:
    """What the biên bản says, for programs: ids, marks, hashes and positions, and no names."""
    return (json.dumps(_told(record, proofs), ensure_ascii=False, indent=1) + "\n").encode()


def _told(record: Record, proofs: Sequence[LineProof]) -> dict[str, object]:
    approval = record.course.approval
    attested = approval.attestation
    return {
        "form": _FORM,
        "correction": str(record.correction_id),
        "sheet": str(record.sheet_id),
        "school_code": record.school.school_code,
        "school_year": record.school_year,
        "semester": record.semester,
        "class_group": record.class_group,
        "subject": record.subject,
        "number": record.number,
        "request_number": record.request_number,
        "made_at": record.made_at.isoformat(),
        "head": {"position": record.head.position, "root": record.head.root},
        "cause": record.cause.value,
        "found_by": record.found_by.value,
        "late_because": [each.value for each in record.late_because],
        "lines": [one.line.model_dump(mode="json") for one in record.lines],
        "evidence": [
            {"name": one.name, **one.file.model_dump(mode="json")} for one in record.evidence
        ],
        "approval": {
            "statement": approval.statement,
            "attestation": attested.model_dump(mode="json") if attested else None,
        },
        "facts": [{"position": one.position, "name": one.name} for one in record.facts],
        "proven": [each.position for each in proofs],
        "signers": [each.role.value for each in record.signatures],
        "papers": [each.value for each in record.papers],
    }


def _evidence(desk: Desk, record: Record) -> Iterator[Attachment]:
    for one in record.evidence:
        content = content_of(desk.evidence, one.file)
        kind = words.EXHIBITS[one.file.kind]
        yield Attachment(one.name, content, one.file.media_type, kind, "source")


def _proofs(proofs: Sequence[LineProof]) -> Iterator[Attachment]:
    for proof in proofs:
        for name, content in files_of(proof).items():
            ending = name[name.rindex(".") :]
            said = words.proof_inside(proof.position)
            yield Attachment(name, content, _KINDS[ending], said, "supplement")
