"""What the lines of the ledger say of one dossier, and whether they are of one mind."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from ledger.credentials.facts import AnyCredentialsFact
from ledger.credentials.state import NO_CREDENTIALS_YET, Credentials, evolve_credentials
from ledger.dossiers.facts import (
    AnyDossierFact,
    DossierArchived,
    DossierDrafted,
    DossierSigned,
    Revision,
)
from ledger.dossiers.state import NO_DOSSIERS_YET, Dossier, evolve_dossiers
from ledger.line import Line
from ledger.sheet.correction import (
    Correction,
    CorrectionStatus,
    StepTaken,
    moved_on,
    requested,
)
from ledger.sheet.facts import CorrectionApproved, CorrectionRequested, MarkCorrected, SheetOpened
from ledger.vocabulary import CorrectionId
from web.dossiers.approval import approval_flaws
from web.dossiers.flaws import Flaw, Found

_OF_CREDENTIALS: Final = get_args(AnyCredentialsFact)
_OF_DOSSIERS: Final = get_args(AnyDossierFact)


class LineMissing(ValueError):
    """Without a line with this fact, the others say nothing of a dossier."""


@dataclass(frozen=True, slots=True)
class Account:
    """One dossier by its lines. `replaced` are the files of drafts that were made anew since.

    `steps` are the lines of the correction and its dossier, in order; `approved` is the line of the
    decision, `decided_on` the correction as it stood before it, `corrected` what was carried out.
    """

    opened: SheetOpened
    steps: tuple[Line, ...]
    correction: Correction
    approved: Line
    decided_on: Correction
    corrected: tuple[MarkCorrected, ...]
    dossier: Dossier
    replaced: tuple[Revision, ...]
    credentials: Credentials


def account_of(
    correction_id: CorrectionId, lines: Sequence[Line], credentials: Credentials | None = None
) -> Account:
    """What the lines say, in the order of the ledger; raises LineMissing.

    The credentials are those of the lines, unless somebody knows them from more.
    """
    mine = [line for line in lines if is_about(line, correction_id)]
    asked = _first(mine, CorrectionRequested)
    approved = _first(mine, CorrectionApproved)
    correction = decided_on = requested(asked.fact, asked)  # type: ignore[arg-type]
    for line in mine:
        decided_on = correction if line is approved else decided_on
        if isinstance(line.fact, StepTaken):
            correction = moved_on(correction, line.fact, line)
    if correction.status is not CorrectionStatus.EXECUTED:
        raise LineMissing("correction-executed")
    _first(mine, DossierDrafted)
    dossier = _dossier(mine)
    opened = _first(
        [line for line in lines if line.stream_id == dossier.drafted.sheet], SheetOpened
    )
    return Account(
        opened=opened.fact,  # type: ignore[arg-type]
        steps=tuple(mine),
        correction=correction,
        approved=approved,
        decided_on=decided_on,
        corrected=tuple(each.fact for each in mine if isinstance(each.fact, MarkCorrected)),
        dossier=dossier,
        replaced=tuple(_replaced(mine, dossier)),
        credentials=_credentials(lines) if credentials is None else credentials,
    )


def is_about(line: Line, correction_id: CorrectionId) -> bool:
    """Whether the line is a step of the correction or of its dossier."""
    return getattr(line.fact, "correction_id", None) == correction_id


def foreign_lines(correction_id: CorrectionId, lines: Iterable[Line]) -> Iterator[Found]:
    """The lines that have no business beside this dossier's."""
    for line in lines:
        around = isinstance(line.fact, (*_OF_CREDENTIALS, SheetOpened))
        if not (around or is_about(line, correction_id)):
            yield Found(Flaw.LINE_FOREIGN, str(line.position), line.fact.NAME)


def disagreements(account: Account) -> Iterator[Found]:
    """Where the lines say things that do not go together; what is still to come, too."""
    asked = {(one.pupil, one.column, one.before, one.after) for one in account.correction.lines}
    done = {(one.pupil, one.column, one.before, one.after) for one in account.corrected}
    if asked != done:
        yield Found(Flaw.MARKS_NOT_CORRECTED, told=f"{len(asked & done)}/{len(asked)}")
    yield from approval_flaws(account.decided_on, account.approved, account.credentials)
    yield from _of_signatures(account)
    dossier = account.dossier
    for waiting in dossier.drafted.signers[len(dossier.signatures) :]:
        yield Found(Flaw.SIGNATURE_AWAITED, waiting.role)
    for paper in dossier.uncorrected:
        yield Found(Flaw.PAPERS_AWAITED, paper)
    if dossier.archived is None:
        yield Found(Flaw.NOT_ARCHIVED)


def _of_signatures(account: Account) -> Iterator[Found]:
    dossier = account.dossier
    before = dossier.drafted.revision
    steps: list[DossierSigned | DossierArchived] = [one.fact for one in dossier.signatures]
    for step in (*steps, *dossier.archives):
        if step.previous != before.sha256 or step.revision.size <= before.size:
            yield Found(Flaw.REVISIONS_BROKEN, step.NAME, step.previous)
        before = step.revision
    for index, signed in enumerate(dossier.signatures):
        expected = dossier.drafted.signers[index] if index < len(dossier.drafted.signers) else None
        signer = (signed.fact.role, signed.by.person)
        if expected is None or (expected.role, expected.person) != signer:
            yield Found(Flaw.SIGNER_OTHER, signed.fact.role)
        enrolled = account.credentials.certificates.get(signed.fact.certificate)
        if (
            enrolled is None
            or enrolled.person != signed.by.person
            or enrolled.since > signed.at
            or not enrolled.is_usable(signed.at)
        ):
            yield Found(Flaw.SIGNER_NOT_ENROLLED, signed.fact.role, signed.fact.certificate)


def _first(lines: Iterable[Line], fact: type) -> Line:
    found = next((line for line in lines if isinstance(line.fact, fact)), None)
    if found is None:
        raise LineMissing(fact.NAME)  # type: ignore[attr-defined]
    return found


def _dossier(lines: Iterable[Line]) -> Dossier:
    """The dossier; a step that lacks the one it follows is told as missing."""
    try:
        dossiers = evolve_dossiers(
            NO_DOSSIERS_YET, (line for line in lines if isinstance(line.fact, _OF_DOSSIERS))
        )
    except KeyError as nothing_before:
        raise LineMissing(DossierDrafted.NAME) from nothing_before
    (dossier,) = dossiers.of.values()
    return dossier


def _replaced(lines: Iterable[Line], dossier: Dossier) -> Iterator[Revision]:
    for line in lines:
        revision = getattr(line.fact, "revision", None)
        if isinstance(revision, Revision) and revision not in dossier.revisions:
            yield revision


def _credentials(lines: Iterable[Line]) -> Credentials:
    try:
        return evolve_credentials(
            NO_CREDENTIALS_YET, (line for line in lines if isinstance(line.fact, _OF_CREDENTIALS))
        )
    except KeyError as nothing_before:
        raise LineMissing("certificate-enrolled") from nothing_before
