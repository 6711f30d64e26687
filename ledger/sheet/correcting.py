"""The correction of official marks: request, ask back, decide, execute, lock again."""

from ledger.authority import only_for
from ledger.refusal import NotForYourRole
from ledger.sheet import commands, facts, refusals
from ledger.sheet.approving import evidence_added, statement_of
from ledger.sheet.correction import Correction, CorrectionStatus
from ledger.sheet.guards import (
    known_column,
    named_once,
    only_a_teacher_of,
    pupils_listed,
    zeros_by_rule_fit,
)
from ledger.sheet.lateness import late_reasons
from ledger.sheet.state import Place, Sheet
from ledger.vocabulary import Author, CorrectionId, Role


def request_correction(command: commands.RequestCorrection, sheet: Sheet) -> list[facts.AnyFact]:
    only_a_teacher_of(sheet, command.by)
    for cell in command.cells:
        known_column(sheet, cell.column)
    # Who left the class took the marks along: a wrong one is still to be put right.
    pupils_listed(sheet, (cell.pupil for cell in command.cells))
    _cells_can_be_corrected(command, sheet)
    _evidence_is_complete(command, sheet)
    if command.correction_id in sheet.corrections:
        raise refusals.CorrectionIdReused
    lines = tuple(
        facts.CorrectionLine(
            pupil=cell.pupil,
            column=cell.column,
            before=sheet.cell(_place(cell)).mark,
            after=cell.after,
        )
        for cell in command.cells
    )
    return [
        facts.CorrectionRequested(
            correction_id=command.correction_id,
            lines=lines,
            cause=command.cause,
            reason=command.reason,
            found_by=command.found_by,
            evidence=command.evidence,
            late_because=tuple(
                late_reasons(sheet, [_place(cell) for cell in command.cells], command.at)
            ),
        )
    ]


def _place(cell: commands.CellCorrection) -> Place:
    return (cell.pupil, cell.column)


def _cells_can_be_corrected(command: commands.RequestCorrection, sheet: Sheet) -> None:
    cells = command.cells
    places = [_place(cell) for cell in cells]
    named_once(places)
    if misfits := [_place(cell) for cell in cells if not cell.after.fits(sheet.kind)]:
        raise refusals.MarkDoesNotFitSubject(cells=misfits, kind=sheet.kind)
    zeros_by_rule_fit((place, cell.after) for place, cell in zip(places, cells, strict=True))
    if moved := [
        (*place, sheet.cell(place))
        for place, cell in zip(places, cells, strict=True)
        if sheet.cell(place).version != cell.read_version
    ]:
        raise refusals.CellsMovedOn(cells=moved)
    if drafts := [place for place in places if not sheet.is_official(place[1], command.at)]:
        raise refusals.MarkIsNotOfficial(cells=drafts)
    if same := [_place(cell) for cell in cells if sheet.cell(_place(cell)).mark is cell.after]:
        raise refusals.NothingToCorrect(cells=same)
    if held := [place for place in places if place in sheet.in_correction]:
        raise refusals.CellIsInACorrection(cells=held)


def _evidence_is_complete(command: commands.RequestCorrection, sheet: Sheet) -> None:
    given = {evidence.kind for evidence in command.evidence}
    missing = [kind for kind in sheet.rules.demanded_evidence if kind not in given]
    if missing or not given:
        raise refusals.EvidenceIsMissing(kinds=missing)


def confirm_correction(command: commands.ConfirmCorrection, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, Role.HOMEROOM_TEACHER, Role.VICE_PRINCIPAL)
    _only_own_class(sheet, command.by)
    correction = _open_correction(sheet, command.correction_id)
    if correction.status is not CorrectionStatus.REQUESTED:
        return []
    _may_confirm(command.by, sheet, correction)
    _answered(correction)
    return [facts.CorrectionConfirmed(correction_id=command.correction_id)]


def approve_correction(command: commands.ApproveCorrection, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, Role.PRINCIPAL)
    correction = _open_correction(sheet, command.correction_id)
    if command.by.person == correction.requested_by:
        raise refusals.RequesterMayNotApprove
    if correction.status is CorrectionStatus.APPROVED:
        return []
    if sheet.rules.homeroom_confirms and correction.status is CorrectionStatus.REQUESTED:
        raise refusals.AwaitsConfirmation
    _answered(correction)
    _as_it_was_shown(command, correction)
    approved = facts.CorrectionApproved(
        correction_id=command.correction_id,
        statement=command.statement,
        attestation=command.attestation,
    )
    return [approved]


def _as_it_was_shown(command: commands.ApproveCorrection, correction: Correction) -> None:
    """Refuse to approve anything else than what the principal saw and confirmed."""
    shown, what = command.statement, (command.sheet_id, correction, command.by)
    if shown is not None and shown != statement_of(*what):
        raise refusals.ApprovalIsStale(added=evidence_added(*what, shown))


def refuse_correction(command: commands.RefuseCorrection, sheet: Sheet) -> list[facts.AnyFact]:
    _may_still_refuse(command.by, sheet, command.correction_id)
    return [facts.CorrectionRefused(correction_id=command.correction_id, reason=command.reason)]


def ask_back(command: commands.AskBackCorrection, sheet: Sheet) -> list[facts.AnyFact]:
    """Whoever may refuse may ask instead; one question at a time waits for its answer."""
    _answered(_may_still_refuse(command.by, sheet, command.correction_id))
    asked = facts.CorrectionAskedBack(
        correction_id=command.correction_id, question=command.question
    )
    return [asked]


def answer(command: commands.AnswerCorrection, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, Role.SUBJECT_TEACHER)
    correction = _correction(sheet, command.correction_id)
    _only_own_request(command.by, correction)
    _still_open(correction)
    if not correction.asked_back:
        raise refusals.NothingWasAsked
    answered = facts.CorrectionAnswered(
        correction_id=command.correction_id, answer=command.answer, evidence=command.evidence
    )
    return [answered]


def withdraw_correction(command: commands.WithdrawCorrection, sheet: Sheet) -> list[facts.AnyFact]:
    only_for(command.by, Role.SUBJECT_TEACHER)
    correction = _correction(sheet, command.correction_id)
    _only_own_request(command.by, correction)
    if correction.status is CorrectionStatus.WITHDRAWN:
        return []
    _still_open(correction)
    return [facts.CorrectionWithdrawn(correction_id=command.correction_id)]


def execute_correction(command: commands.ExecuteCorrection, sheet: Sheet) -> list[facts.AnyFact]:
    """The first of teacher and administrator takes part; the second carries it all out."""
    only_for(command.by, Role.SUBJECT_TEACHER, Role.ADMINISTRATOR)
    if command.by.role is Role.SUBJECT_TEACHER:
        only_a_teacher_of(sheet, command.by)
    correction = _open_correction(sheet, command.correction_id)
    if correction.status is not CorrectionStatus.APPROVED:
        raise refusals.AwaitsApproval
    is_administrator = command.by.role is Role.ADMINISTRATOR
    mine, other = correction.teacher, correction.administrator
    if is_administrator:
        mine, other = other, mine
        if command.by.person in {correction.requested_by, correction.approved_by}:
            raise refusals.ExecutorsMustDiffer
    if command.by.person in {other, correction.approved_by}:
        raise refusals.ExecutorsMustDiffer
    if mine is not None:
        return []
    agreed = facts.CorrectionExecutionAgreed(correction_id=command.correction_id)
    return [agreed, *_carry_out(correction)] if other is not None else [agreed]


def _carry_out(correction: Correction) -> list[facts.AnyFact]:
    """Change, close and lock in one append: a locked sheet never stands open."""
    correction_id = correction.correction_id
    columns = dict.fromkeys(line.column for line in correction.lines)
    return [
        *(
            facts.MarkCorrected(correction_id=correction_id, **line.model_dump())
            for line in correction.lines
        ),
        facts.CorrectionExecuted(correction_id=correction_id),
        *(facts.ColumnRelocked(correction_id=correction_id, column=name) for name in columns),
    ]


def _may_still_refuse(by: Author, sheet: Sheet, correction_id: CorrectionId) -> Correction:
    """The principal may refuse until approving; who is asked to confirm, until confirming."""
    only_for(by, Role.PRINCIPAL, Role.HOMEROOM_TEACHER, Role.VICE_PRINCIPAL)
    _only_own_class(sheet, by)
    correction = _open_correction(sheet, correction_id)
    if by.role is not Role.PRINCIPAL:
        _may_confirm(by, sheet, correction)
        if correction.status is CorrectionStatus.CONFIRMED:
            raise refusals.AwaitsApproval
    if correction.status is CorrectionStatus.APPROVED:
        raise refusals.AlreadyApproved
    return correction


def _only_own_class(sheet: Sheet, by: Author) -> None:
    if by.role is Role.HOMEROOM_TEACHER and by.person != sheet.homeroom_teacher:
        raise refusals.NotYourSheet


def _may_confirm(by: Author, sheet: Sheet, correction: Correction) -> None:
    """The homeroom teacher confirms (TT22 Điều 20), the vice-principal for one who asked."""
    if by.person == correction.requested_by:
        raise refusals.RequesterMayNotConfirm
    asked_by_homeroom = correction.requested_by == sheet.homeroom_teacher
    if (by.role is Role.VICE_PRINCIPAL) != asked_by_homeroom:
        raise NotForYourRole(role=by.role, allowed=[Role.HOMEROOM_TEACHER])


def _correction(sheet: Sheet, correction_id: CorrectionId) -> Correction:
    correction = sheet.corrections.get(correction_id)
    if correction is None:
        raise refusals.NoSuchCorrection
    return correction


def _only_own_request(by: Author, correction: Correction) -> None:
    if by.person != correction.requested_by:
        raise refusals.NotYourRequest


def _answered(correction: Correction) -> None:
    if correction.asked_back:
        raise refusals.CorrectionAwaitsAnswer


def _still_open(correction: Correction) -> None:
    if correction.status is CorrectionStatus.VOID:
        raise refusals.CorrectionIsVoid
    if not correction.status.is_open:
        raise refusals.CorrectionIsSettled(status=correction.status)


def _open_correction(sheet: Sheet, correction_id: CorrectionId) -> Correction:
    correction = _correction(sheet, correction_id)
    _still_open(correction)
    return correction
