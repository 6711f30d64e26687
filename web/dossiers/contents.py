"""Gather what a biên bản says: from the lines of the correction, and what the school was then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from types import MappingProxyType
from typing import Final

from pypdf import PdfReader

from ledger.circulars.choosing import circular_for
from ledger.dossiers.refusals import CorrectionNotExecuted
from ledger.dossiers.rules import papers_of, signers_of
from ledger.line import Fact, Line
from ledger.points import AtPosition
from ledger.school.calendar import local_day
from ledger.sheet import facts
from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.grounds import Evidence
from ledger.sheet.refusals import NoSuchCorrection
from ledger.sheet.state import Sheet
from ledger.store.evidence import EvidenceAltered, EvidenceMissing, EvidenceStore
from ledger.vocabulary import CorrectionId, Role
from projections.corrections import CorrectionView
from web.corrections.consequences import before_execution, foresee_at
from web.desk import Desk
from web.dossiers.record import (
    Approval,
    Asked,
    Consequences,
    Corrected,
    Course,
    Exhibit,
    FactLine,
    Head,
    Record,
    Signature,
    Step,
)
from web.names import Names
from web.refusals import EvidenceNotKept, SchoolNotDescribed
from web.wording import bien_ban as words

_ENDINGS: Final = MappingProxyType(
    {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
)


def gather(desk: Desk, correction_id: CorrectionId, *, at: datetime) -> Record:
    """The biên bản of an executed correction, as it is made at this moment.

    Raises NoSuchCorrection, CorrectionNotExecuted, SchoolNotDescribed, SignerIsMissing and
    EvidenceNotKept.
    """
    view = desk.corrections.find(correction_id)
    if view is None:
        raise NoSuchCorrection
    if view.status is not CorrectionStatus.EXECUTED:
        raise CorrectionNotExecuted
    return _Gathering(desk, view, at, desk.names()).record()


@dataclass(frozen=True, slots=True)
class _Gathering:
    """One biên bản being gathered; everything is asked up to the same head of the ledger."""

    desk: Desk
    view: CorrectionView
    at: datetime
    names: Names

    def record(self) -> Record:
        view, ledger = self.view, self.desk.ledger
        described = ledger.school().described_on(local_day(self.at))
        if described is None:
            raise SchoolNotDescribed
        head = ledger.recorder.head()
        sheet = ledger.sheet(view.sheet_id)
        assert sheet.opened is not None, "a correction stands on an open sheet"
        lines = self._lines(head.position)
        dossiers = ledger.dossiers(view.school_year)
        before = dossiers.of.get(view.correction_id)
        return Record(
            number=before.drafted.number if before else dossiers.next_number,
            request_number=view.number,
            made_at=self.at,
            school=described,
            address=self.desk.settings.address,
            correction_id=view.correction_id,
            sheet_id=view.sheet_id,
            school_year=view.school_year,
            semester=view.semester,
            class_group=view.class_group,
            subject=view.subject,
            kind=sheet.kind,
            circular=circular_for(view.school_year, sheet.opened.grade).code,
            cause=view.cause,
            reason=view.reason,
            found_by=view.found_by,
            late_because=view.late_because,
            lines=tuple(self._corrected()),
            evidence=tuple(exhibits(self.desk.evidence, view.evidence)),
            consequences=self._consequences(),
            course=self._course(lines),
            papers=papers_of(sheet.corrections[view.correction_id]),
            keeping=dossiers.keeping,
            signatures=tuple(self._signatures(sheet)),
            head=Head(head.position, head.root.hex()),
            facts=tuple(FactLine(line.position, type(line.fact).NAME) for line in lines),
        )

    def _lines(self, last: int) -> list[Line]:
        """The lines of the correction, up to the head."""
        lines = self.desk.ledger.lines_until(self.view.sheet_id, AtPosition(last))
        return [line for line in lines if self._is_about(line.fact)]

    def _is_about(self, fact: Fact) -> bool:
        return getattr(fact, "correction_id", None) == self.view.correction_id

    def _course(self, lines: Sequence[Line]) -> Course:
        relocked = self._steps(lines, facts.ColumnRelocked)
        confirmed = self._steps(lines, facts.CorrectionConfirmed)
        return Course(
            requested=self._steps(lines, facts.CorrectionRequested)[0],
            questions=tuple(self._questions(lines)),
            confirmed=confirmed[0] if confirmed else None,
            approval=self._approval(lines),
            executed_by=tuple(self._steps(lines, facts.CorrectionExecutionAgreed)),
            executed_at=self._steps(lines, facts.CorrectionExecuted)[0].at,
            relocked_at=relocked[0].at if relocked else None,
        )

    def _steps(self, lines: Sequence[Line], kind: type[Fact]) -> list[Step]:
        return [self._step(line) for line in lines if isinstance(line.fact, kind)]

    def _step(self, line: Line) -> Step:
        by = line.by
        acted_for = by.on_behalf_of if by.role is Role.PRINCIPAL else None
        return Step(
            who=self.names.staff(by.person),
            role=by.role,
            at=line.at,
            position=line.position,
            instead_of=self.names.staff(acted_for) if acted_for else None,
        )

    def _questions(self, lines: Sequence[Line]) -> Iterator[Asked]:
        for line in lines:
            match line.fact:
                case facts.CorrectionAskedBack(question=text):
                    yield Asked(self._step(line), text, is_answer=False)
                case facts.CorrectionAnswered(answer=text):
                    yield Asked(self._step(line), text, is_answer=True)

    def _approval(self, lines: Sequence[Line]) -> Approval:
        for line in lines:
            if isinstance(line.fact, facts.CorrectionApproved):
                return Approval(self._step(line), line.fact.statement, line.fact.attestation)
        raise LookupError(self.view.correction_id)

    def _corrected(self) -> Iterator[Corrected]:
        pupils = {line.pupil for line in self.view.lines}
        details = self.names.details(pupils)
        for line in self.view.lines:
            known = details.get(line.pupil)
            yield Corrected(line, known.code if known else "", self.names.pupil(line.pupil))

    def _consequences(self) -> Consequences:
        """What the marks changed, by the books as they stood just before."""
        foreseen = foresee_at(self.desk, self.view, before_execution(self.desk, self.view))
        resting = [
            words.outdated_results(
                each.class_group,
                None if each.after_summer else each.term,
                words.approved_by(self.names.staff(each.by), each.at),
                changes=each.changes,
            )
            for each in foreseen.resting
        ]
        return Consequences(
            known=foreseen.kept,
            changes=tuple(change for each in foreseen.pupils.values() for change in each),
            names={pupil: self.names.pupil(pupil) for pupil in foreseen.pupils},
            outdated=(*resting, *(words.outdated_paper(each.fact) for each in foreseen.papers)),
        )

    def _signatures(self, sheet: Sheet) -> Iterator[Signature]:
        correction = sheet.corrections[self.view.correction_id]
        school, today = self.desk.ledger.school(), local_day(self.at)
        for signer in signers_of(sheet, correction, self.desk.ledger, today):
            own = school.roles_of(signer.person, today)
            deputy = signer.role is Role.PRINCIPAL and Role.PRINCIPAL not in own
            yield Signature(signer.role, self.names.staff(signer.person), deputy)


def exhibits(store: EvidenceStore, files: Sequence[Evidence]) -> Iterator[Exhibit]:
    """The files with the names that they bear inside; raises EvidenceNotKept."""
    for number, file in enumerate(files, 1):
        name = f"minh-chung-{number:02}.{_ENDINGS[file.media_type]}"
        content = content_of(store, file)
        is_pdf = file.media_type == "application/pdf"
        yield Exhibit(file, name, len(PdfReader(BytesIO(content)).pages) if is_pdf else 1)


def content_of(store: EvidenceStore, file: Evidence) -> bytes:
    """The bytes of a file of evidence, as its hash says; raises EvidenceNotKept."""
    try:
        return store.read(file.sha256)
    except (EvidenceMissing, EvidenceAltered) as gone:
        raise EvidenceNotKept(kind=file.kind, sha256=file.sha256) from gone
