"""Who may make, sign, archive and dispose of a dossier, and when."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from ledger.authority import only_for
from ledger.dossiers import commands, facts, keeping, refusals
from ledger.dossiers.facts import PaperKind, Signer
from ledger.dossiers.state import Dossier, Dossiers, Said
from ledger.line import Fact
from ledger.reader import Reader
from ledger.school.calendar import local_day
from ledger.school.refusals import NoSuchClass
from ledger.school.school import School
from ledger.sheet.correction import Correction, CorrectionStatus
from ledger.sheet.refusals import NoSuchCorrection
from ledger.sheet.state import Sheet
from ledger.vocabulary import CorrectionId, PersonId, Role, SheetId

# Who may have a biên bản made: whoever has a part in it, and the office.
_DRAFTS: Final = (
    *(Role.SUBJECT_TEACHER, Role.ADMINISTRATOR, Role.SECRETARY),
    *(Role.VICE_PRINCIPAL, Role.PRINCIPAL, Role.SYSTEM),
)
_OFFICE: Final = (Role.ADMINISTRATOR, Role.SECRETARY)
_LEADERS: Final = (Role.VICE_PRINCIPAL, Role.PRINCIPAL)


def draft_dossier(
    command: commands.DraftDossier, dossiers: Dossiers, reader: Reader
) -> list[facts.AnyDossierFact]:
    only_for(command.by, *_DRAFTS)
    sheet, correction = _executed(command.sheet, command.correction_id, reader)
    before = dossiers.of.get(command.correction_id)
    if before:
        if before.revision == command.revision:
            return []
        _may_be_made_anew(command, before)
    expected = before.drafted.number if before else dossiers.next_number
    if command.number != expected:
        raise refusals.NumberNotNext(number=expected)
    drafted = facts.DossierDrafted(
        **command.model_dump(exclude={"command_id", "by", "at", "school_year"}),
        signers=signers_of(sheet, correction, reader, local_day(command.at)),
        papers=papers_of(correction),
    )
    return [drafted]


def _executed(
    sheet_id: SheetId, correction_id: CorrectionId, reader: Reader
) -> tuple[Sheet, Correction]:
    sheet = reader.sheets([sheet_id])[sheet_id]
    correction = sheet.corrections.get(correction_id)
    if correction is None:
        raise NoSuchCorrection
    if correction.status is not CorrectionStatus.EXECUTED:
        raise refusals.CorrectionNotExecuted
    return sheet, correction


def _may_be_made_anew(command: commands.DraftDossier, before: Dossier) -> None:
    """Before the first signature whoever may make it; after it the principal only, and says why."""
    _still_open(before)
    decides = command.by.role is Role.PRINCIPAL and command.reason
    if before.signatures and not decides:
        raise refusals.DraftIsSigned


def papers_of(correction: Correction) -> tuple[PaperKind, ...]:
    """What has to be corrected by hand: only what is found wrong late stands on paper already."""
    return tuple(PaperKind) if correction.late else ()  # Điều 11.2b


def signers_of(
    sheet: Sheet, correction: Correction, reader: Reader, today: date
) -> tuple[Signer, ...]:
    """Who has to sign a biên bản that is made today, in this order; raises SignerIsMissing."""
    assert sheet.opened is not None, "a correction stands on an open sheet"
    roles = reader.year(sheet.opened.school_year).policy.signers
    return tuple(_signer(role, sheet, correction, reader.school(), today) for role in roles)


def _signer(
    role: Role, sheet: Sheet, correction: Correction, school: School, today: date
) -> Signer:
    """Who signs as what: who took that step, or who has the role now if that person has left."""
    took_part: Mapping[Role, PersonId | None] = {
        Role.SUBJECT_TEACHER: correction.teacher,
        Role.ADMINISTRATOR: correction.administrator,
        Role.PRINCIPAL: correction.approved_by,
        Role.HOMEROOM_TEACHER: sheet.homeroom_teacher,
    }
    instead = school.members(role, today)
    if role is Role.SUBJECT_TEACHER:
        instead = [person for person in instead if person in sheet.teachers]
    for person in (took_part.get(role), *instead):
        if person and school.roles_of(person, today):
            return Signer(role=role, person=person)
    raise refusals.SignerIsMissing(role=role)


def sign_dossier(
    command: commands.SignDossier, dossiers: Dossiers, reader: Reader
) -> list[facts.AnyDossierFact]:
    """The signature itself was checked before; here is whether it may be given."""
    dossier = _dossier(command.correction_id, dossiers)
    _still_open(dossier)
    signer = next((one for one in dossier.drafted.signers if one.role is command.role), None)
    if signer is None or signer.person != command.by.person:
        raise refusals.NotYourSignature(person=signer.person if signer else None)
    if any(one.fact.revision == command.revision for one in dossier.signatures):
        return []
    if dossier.next_signer != signer:
        raise refusals.NotYourTurnToSign(
            role=dossier.next_signer.role if dossier.next_signer else None
        )
    _continues(command, dossier)
    _own_certificate(command, reader)
    return [facts.DossierSigned(**command.model_dump(exclude=_OF_COMMANDS))]


def _continues(command: commands.SignDossier | commands.ArchiveDossier, dossier: Dossier) -> None:
    if command.previous != dossier.revision.sha256:
        raise refusals.RevisionMovedOn
    if command.revision.size <= dossier.revision.size:
        raise refusals.RevisionDoesNotGrow


def _own_certificate(command: commands.SignDossier, reader: Reader) -> None:
    known = reader.credentials().certificates.get(command.certificate)
    if known is None or known.person != command.by.person or known.withdrawn_at is not None:
        raise refusals.CertificateNotEnrolled
    if not known.valid_from <= command.at <= known.valid_until:
        raise refusals.CertificateOutOfDate(
            valid_from=known.valid_from, valid_until=known.valid_until
        )


def correct_paper(
    command: commands.CorrectPaper, dossiers: Dossiers, _reader: Reader
) -> list[facts.AnyDossierFact]:
    only_for(command.by, Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER, *_OFFICE, *_LEADERS)
    dossier = _dossier(command.correction_id, dossiers)
    _still_open(dossier)
    if command.paper not in dossier.drafted.papers:
        raise refusals.PaperNotDemanded(paper=command.paper)
    if command.paper in dossier.papers and dossier.papers[command.paper].reason == command.note:
        return []
    corrected = facts.PaperCorrected(
        correction_id=command.correction_id, paper=command.paper, note=command.note
    )
    return [corrected]


def archive_dossier(
    command: commands.ArchiveDossier, dossiers: Dossiers, _reader: Reader
) -> list[facts.AnyDossierFact]:
    only_for(command.by, *_DRAFTS, Role.HOMEROOM_TEACHER)
    dossier = _dossier(command.correction_id, dossiers)
    if dossier.archived and dossier.archived.revision == command.revision:
        return []
    # An archive is renewed before its proof ends, and only by one that holds longer.
    renews = dossier.archived and command.holds_until > dossier.archived.holds_until
    if dossier.disposed or not renews:
        _still_open(dossier)
    if dossier.next_signer:
        waiting = dossier.drafted.signers[len(dossier.signatures) :]
        raise refusals.SignaturesAreMissing(roles=[one.role for one in waiting])
    if dossier.uncorrected:
        raise refusals.PapersNotCorrected(papers=list(dossier.uncorrected))
    _continues(command, dossier)
    return [facts.DossierArchived(**command.model_dump(exclude=_OF_COMMANDS))]


def issue_paper(
    command: commands.IssuePaper, _dossiers: Dossiers, reader: Reader
) -> list[facts.AnyDossierFact]:
    only_for(command.by, Role.HOMEROOM_TEACHER, *_OFFICE, *_LEADERS)
    if command.class_group not in reader.year(command.school_year).classes:
        raise NoSuchClass(class_group=command.class_group)
    if command.issued_on > local_day(command.at):
        raise refusals.PaperIssuedTomorrow
    return [facts.PaperIssued(**command.model_dump(exclude=_OF_COMMANDS))]


def set_keeping(
    command: commands.SetKeeping, dossiers: Dossiers, _reader: Reader
) -> list[facts.AnyDossierFact]:
    only_for(command.by, Role.PRINCIPAL)
    if command.keeping == dossiers.keeping:
        return []
    return [facts.KeepingSet(keeping=command.keeping)]


def propose_disposal(
    command: commands.ProposeDisposal, dossiers: Dossiers, reader: Reader
) -> list[facts.AnyDossierFact]:
    only_for(command.by, *_OFFICE)
    dossier = _dossier(command.correction_id, dossiers)
    _time_is_over(command, dossier, dossiers, reader)
    if dossier.disposal:
        return []
    proposed = facts.DisposalProposed(correction_id=command.correction_id, reason=command.reason)
    return [proposed]


def decline_disposal(
    command: commands.DeclineDisposal, dossiers: Dossiers, _reader: Reader
) -> list[facts.AnyDossierFact]:
    only_for(command.by, Role.PRINCIPAL)
    _proposed(_dossier(command.correction_id, dossiers))
    declined = facts.DisposalDeclined(correction_id=command.correction_id, reason=command.reason)
    return [declined]


def dispose(
    command: commands.DisposeOfDossier, dossiers: Dossiers, reader: Reader
) -> list[facts.AnyDossierFact]:
    """The principal decides; whoever proposed it is somebody else, so it takes two."""
    only_for(command.by, Role.PRINCIPAL)
    dossier = _dossier(command.correction_id, dossiers)
    correction = _time_is_over(command, dossier, dossiers, reader)
    if _proposed(dossier).by.person == command.by.person:
        raise refusals.DisposalNeedsAnother
    own = {dossier.revision.sha256, *(file.sha256 for file in correction.evidence)}
    if not set(command.files) <= own:
        raise refusals.FilesStillNeeded
    files = tuple(sorted(set(command.files)))
    return [facts.DossierDisposed(correction_id=command.correction_id, files=files)]


def _time_is_over(
    command: commands.DossierCommand, dossier: Dossier, dossiers: Dossiers, reader: Reader
) -> Correction:
    if dossier.disposed:
        raise _is_disposed(dossier)
    if not dossier.archived:
        raise refusals.DossierNotArchived
    _, correction = _executed(dossier.drafted.sheet, dossier.correction_id, reader)
    keeping.may_be_disposed(correction, dossiers.keeping, reader, local_day(command.at))
    return correction


def _proposed(dossier: Dossier) -> Said:
    if dossier.disposal is None:
        raise refusals.DisposalNotProposed
    return dossier.disposal


def _dossier(correction_id: CorrectionId, dossiers: Dossiers) -> Dossier:
    dossier = dossiers.of.get(correction_id)
    if dossier is None:
        raise refusals.NoSuchDossier
    return dossier


def _still_open(dossier: Dossier) -> None:
    if dossier.disposed:
        raise _is_disposed(dossier)
    if dossier.archived:
        raise refusals.DossierIsArchived


def _is_disposed(dossier: Dossier) -> refusals.DossierIsDisposed:
    assert dossier.disposed_by is not None, "a disposal has its author"
    by, at, _ = dossier.disposed_by
    return refusals.DossierIsDisposed(by=by.person, at=at)


_OF_COMMANDS: Final = {"command_id", "by", "at", "school_year"}

DOSSIER_RULES: Final[Mapping[type[commands.DossierCommand], Callable[..., list[Any]]]] = (
    MappingProxyType(
        {
            commands.DraftDossier: draft_dossier,
            commands.SignDossier: sign_dossier,
            commands.CorrectPaper: correct_paper,
            commands.ArchiveDossier: archive_dossier,
            commands.IssuePaper: issue_paper,
            commands.SetKeeping: set_keeping,
            commands.ProposeDisposal: propose_disposal,
            commands.DeclineDisposal: decline_disposal,
            commands.DisposeOfDossier: dispose,
        }
    )
)


def decide_dossier(
    command: commands.DossierCommand, dossiers: Dossiers, reader: Reader
) -> Sequence[Fact]:
    """The facts that the command makes, [] where it is so already; raises `Refused`."""
    return DOSSIER_RULES[type(command)](command, dossiers, reader)
