"""Let a dossier leave the house: with the lines that tell of it, their proofs, and the roots."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from ledger.credentials.commands import CREDENTIALS_STREAM
from ledger.credentials.facts import (
    AuthorityFounded,
    CertificateEnrolled,
    CertificateWithdrawn,
    PasskeyEnrolled,
    PasskeyRevoked,
)
from ledger.dossiers.commands import dossiers_stream
from ledger.dossiers.refusals import NoSuchDossier
from ledger.dossiers.state import Dossier
from ledger.line import Fact, Line
from ledger.points import AtPosition
from ledger.proving import LineProof
from ledger.sheet.facts import CorrectionApproved, SheetOpened
from ledger.vocabulary import CorrectionId
from projections.dossiers import DossierView
from web.desk import Desk
from web.dossiers.account import is_about
from web.dossiers.bundle import Bundle, Manifest, ProvenEntry, places_of
from web.dossiers.files import newest_file
from web.proofs import proofs_together
from web.signing.certificates import fingerprint
from web.signing.means import trust_of
from web.signing.trust import Trust
from web.wording.dossier_export import read_me

_NAME: Final = "ho-so-{number:03}-{school_year}.zip"


class Exported(NamedTuple):
    """A file for download."""

    name: str
    content: bytes


def export(desk: Desk, correction_id: CorrectionId) -> Exported:
    """The newest state of a dossier in one file that proves itself; the same bytes each time.

    Raises NoSuchDossier, what `newest_file` does, and what proving lines does.
    """
    view = desk.dossiers.find(correction_id)
    if view is None:
        raise NoSuchDossier
    dossier = desk.ledger.dossiers(view.school_year).of[correction_id]
    pdf = newest_file(desk, dossier)
    lines = _lines(desk, view, dossier)
    proofs = proofs_together(desk, [line.position for line in lines])
    log_key = str(desk.keys.log_keys()[-1].verifier)
    manifest = Manifest(
        log_key=log_key,
        correction_id=correction_id,
        school_year=view.school_year,
        number=view.number,
        signers=places_of(dossier),
        revisions=dossier.revisions,
    )
    bundle = Bundle(manifest, pdf, _entries(lines, proofs), _roots(trust_of(desk)))
    name = _NAME.format(number=view.number, school_year=view.school_year)
    return Exported(name, bundle.to_bytes(read_me(view, log_key)))


def _lines(desk: Desk, view: DossierView, dossier: Dossier) -> list[Line]:
    """Every line that concerns the dossier, in the order of the ledger."""
    now = AtPosition(desk.ledger.recorder.head().position)

    def of(stream_id: UUID) -> list[Line]:
        return desk.ledger.lines_until(stream_id, now)

    of_sheet = of(view.sheet_id)
    steps = [line for line in of_sheet if is_about(line, view.correction_id)]
    opened = [line for line in of_sheet if isinstance(line.fact, SheetOpened)]
    filed = of(dossiers_stream(view.school_year))
    steps += [line for line in filed if is_about(line, view.correction_id)]
    needed = {one.fact.certificate for one in dossier.signatures} | set(_passkeys(steps))
    known = (line for line in of(CREDENTIALS_STREAM) if _concerns(line.fact, needed))
    return sorted([*opened, *steps, *known], key=lambda line: line.position)


def _passkeys(steps: list[Line]) -> Iterator[str]:
    for line in steps:
        if isinstance(line.fact, CorrectionApproved) and line.fact.attestation:
            assertion = line.fact.attestation.assertion
            if assertion:
                yield assertion.credential


def _concerns(fact: Fact, needed: set[str]) -> bool:
    """Whether the fact tells of one of these certificates and passkeys, or of the authority."""
    match fact:
        case CertificateEnrolled() | CertificateWithdrawn():
            return fact.certificate in needed
        case PasskeyEnrolled() | PasskeyRevoked():
            return fact.credential in needed
        case _:
            return isinstance(fact, AuthorityFounded)


def _entries(lines: list[Line], proofs: list[LineProof]) -> list[ProvenEntry]:
    return [
        ProvenEntry(f"{line.position:08}-{line.fact.NAME}", proof.entry, proof.proof.to_bytes())
        for line, proof in zip(lines, proofs, strict=True)
    ]


def _roots(trust: Trust) -> Mapping[str, bytes]:
    """Every root that a signature of the school may lead to, by its hash."""
    return {
        fingerprint(root): x509.load_der_x509_certificate(root).public_bytes(Encoding.PEM)
        for root in sorted({*trust.roots, *trust.school}, key=fingerprint)
    }
