"""File a dossier: make its paper, let it be signed by each in turn, archive it."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4, uuid5

from ledger.credentials.facts import SigningWay
from ledger.dossiers import commands
from ledger.dossiers import refusals as rules
from ledger.dossiers.state import Dossier, DossierStatus
from ledger.refusal import CommandIdReused, Refused
from ledger.vocabulary import Author, CommandId, CorrectionId, Role
from projections.corrections import CorrectionView
from web.desk import Desk
from web.dossiers.attached import attachments_of
from web.dossiers.contents import gather
from web.dossiers.document import draw
from web.dossiers.files import dossier_of, keep, newest_file
from web.dossiers.turns import Turn, about_next
from web.papers.typesetting import TypesettingFailed
from web.refusals import DossierNotDrawn, SignedFileUnfit

if TYPE_CHECKING:
    from web.signing.port import Signer

_LOG: Final = logging.getLogger("grade-ledger")
# Each number that was taken meanwhile is another biên bản that got through.
_TRIES: Final = 20


def draft(desk: Desk, view: CorrectionView, by: Author, *, reason: str | None = None) -> Dossier:
    """Make the biên bản of an executed correction; with a reason, make it anew.

    Without a reason, one that is there already stays. Raises what `gather` does, DossierNotDrawn,
    and the refusals of the rules.
    """
    for _ in range(_TRIES):
        before = dossier_of(desk, view.school_year, view.correction_id)
        if before and reason is None:
            return before
        # Who asks twice at the same time gets one paper, not two.
        command_id = uuid4() if before else uuid5(view.correction_id, "draft-dossier")
        try:
            return _draft(desk, view, by, CommandId(command_id), reason if before else None)
        except (rules.NumberNotNext, CommandIdReused):
            continue
    raise rules.NumberNotNext


def draft_after_executing(desk: Desk, correction_id: CorrectionId, by: Author) -> None:
    """Make the biên bản once the marks are corrected; where it fails, they stay corrected.

    Why it failed is told on the page of the dossier, where it can be made later.
    """
    view = desk.corrections.find(correction_id)
    if view is None or view.executed_at is None:
        return
    try:
        draft(desk, view, by)
    except (Refused, OSError):
        _LOG.warning("no biên bản was made of correction %s yet", correction_id, exc_info=True)


def sign(desk: Desk, dossier: Dossier, signer: "Signer", by: Author, role: Role) -> Dossier:
    """Let the next signer sign; raises SigningFailed, CertificateUnfit and what the rules refuse.

    Who has signed there already is asked for nothing.
    """
    turn = Turn(desk, dossier, by, role)
    if turn.is_over:
        return dossier
    turn.must_be_now()
    signed = signer.sign(turn.file, turn.asked(signer.way))
    return turn.keep(signed, turn.checked(signed, signer.certificate()), signer.way)


def take_upload(desk: Desk, dossier: Dossier, uploaded: bytes, by: Author, role: Role) -> Dossier:
    """Take a file that its next signer signed elsewhere; raises SignedFileUnfit.

    Any certificate that the person is bound to will do; raises CertificateNotEnrolled for none.
    """
    turn = Turn(desk, dossier, by, role)
    if turn.is_over:
        return dossier
    turn.must_be_now()
    foreign: Refused = rules.CertificateNotEnrolled()
    for one in desk.ledger.credentials().certificates_of(by.person):
        try:
            found = turn.checked(uploaded, one.sha256)
        except SignedFileUnfit as unfit:
            if unfit.details["why"] != "wrong-certificate":
                raise
            foreign = unfit
        else:
            return turn.keep(uploaded, found, SigningWay.UPLOADED)
    raise foreign


def archive(desk: Desk, dossier: Dossier, by: Author) -> Dossier:
    """Put in what proves all signatures for decades; raises ArchivingFailed and what rules refuse.

    What is archived was checked as if it were read on the last day on which it is to hold.
    """
    from web.signing import archiving

    _must_be_complete(dossier)
    return _keep_archived(desk, dossier, by, archiving.archive)


def renew(desk: Desk, dossier: Dossier, by: Author) -> Dossier:
    """Prove an archive anew before its proof ends; raises ArchivingFailed.

    Raises DossierIsArchived where the new proof would end no later.
    """
    from web.signing import archiving

    return _keep_archived(desk, dossier, by, archiving.renew)


def archive_if_complete(desk: Desk, dossier: Dossier, by: Author) -> Dossier:
    """Archive what is signed and corrected on paper; where that fails, it is asked for later."""
    if dossier.status is not DossierStatus.COMPLETE:
        return dossier
    try:
        return archive(desk, dossier, by)
    except (Refused, OSError):
        _LOG.warning("dossier %s is not archived yet", dossier.correction_id, exc_info=True)
        return dossier


def _draft(
    desk: Desk, view: CorrectionView, by: Author, command_id: CommandId, reason: str | None
) -> Dossier:
    from web.signing.fields import with_fields

    record = gather(desk, view.correction_id, at=desk.clock())
    try:
        drawn = draw(record, attachments_of(desk, record))
    except TypesettingFailed as failed:
        _LOG.exception("the biên bản of correction %s cannot be typeset", view.correction_id)
        raise DossierNotDrawn from failed
    about: dict[str, Any] = {
        "command_id": command_id,
        "by": by,
        "at": record.made_at,
        "school_year": view.school_year,
        "correction_id": view.correction_id,
        "sheet": view.sheet_id,
        "number": record.number,
        "position": record.head.position,
        "root": record.head.root,
        "reason": reason,
    }
    pdf = with_fields(drawn.pdf, drawn.boxes)
    return keep(desk, pdf, lambda new: commands.DraftDossier(revision=new, **about))


def _keep_archived(
    desk: Desk, dossier: Dossier, by: Author, proven: Callable[..., bytes]
) -> Dossier:
    from web.signing.archiving import holds_until
    from web.signing.means import timestamper_of, trust_of

    at, trust = desk.clock(), trust_of(desk)
    archived = proven(newest_file(desk, dossier), trust, timestamper_of(desk), at=at)
    until = holds_until(archived, trust, at=at)
    about = {**about_next(desk, dossier, by), "holds_until": until}
    return keep(desk, archived, lambda new: commands.ArchiveDossier(revision=new, **about))


def _must_be_complete(dossier: Dossier) -> None:
    """Refuse before anybody is asked for proofs, as the rules will in the end."""
    if dossier.archived:
        raise rules.DossierIsArchived
    if dossier.next_signer:
        waiting = dossier.drafted.signers[len(dossier.signatures) :]
        raise rules.SignaturesAreMissing(roles=[one.role for one in waiting])
    if dossier.uncorrected:
        raise rules.PapersNotCorrected(papers=list(dossier.uncorrected))
