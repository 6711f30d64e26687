"""One semester of one sheet in which every fact happens at least once."""

from ledger.line import Line
from ledger.sheet import facts, grounds
from ledger.sheet.attestation import ApprovalMethod, Assertion, Attestation
from ledger.sheet.facts import AttemptRefused
from ledger.vocabulary import Mark, Role
from tests.every_closing_fact import CLOSING
from tests.every_credentials_fact import CREDENTIALS, PASSKEY
from tests.every_dossier_fact import DOSSIERS
from tests.every_lock_fact import LOCKS
from tests.every_privacy_fact import PRIVACY
from tests.every_restart_fact import RESTART
from tests.every_results_fact import RESULTS
from tests.every_school_fact import SCHOOL, YEAR
from tests.every_signal_fact import SIGNALS
from tests.every_supervision_fact import SUPERVISION
from tests.scenario import Past, lines_of
from tests.school import (
    AN,
    ANSWER,
    BAO,
    BOOK,
    CHI,
    DIEP,
    FIX,
    FIX_AGAIN,
    HOA,
    KHOA,
    LAN,
    MAI,
    NEXT_WEEK,
    NGOC,
    PAPER,
    QUESTION,
    QUYEN,
    REASON,
    SHEET,
    TOMORROW,
    VINH,
    changed,
    cleared,
    corrected,
    entered,
    opened_with,
    requested,
)

_RULES = grounds.CorrectionRules(
    last_day=NEXT_WEEK, demanded_evidence=(grounds.EvidenceKind.TEACHER_BOOK,)
)
_DEADLINE = facts.Deadline(column="final", at=NEXT_WEEK)
_SIGNED = Attestation(
    method=ApprovalMethod.PASSKEY,
    assertion=Assertion(
        credential=PASSKEY,
        client_data="eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
        authenticator_data="SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ",
        signature="MEUCIQDlYpz8Zl0kZm8tq0Zb1Yw",
    ),
)
_ASKED = requested((AN, "midterm", "7.0", "8.5"), (BAO, "midterm", "zero-by-rule", "5.0"))

SEMESTER: tuple[Past, ...] = (
    KHOA.wrote(opened_with(deadlines=(_DEADLINE,), correction_rules=_RULES)),
    KHOA.wrote(facts.TeacherJoinedSheet(teacher=VINH.person)),
    KHOA.wrote(facts.TeacherLeftSheet(teacher=VINH.person)),
    KHOA.wrote(facts.HomeroomTeacherChanged(teacher=QUYEN.person)),
    KHOA.wrote(facts.HomeroomTeacherChanged(teacher=HOA.person)),
    KHOA.wrote(facts.PupilJoinedSheet(pupil=DIEP, number=4)),
    KHOA.wrote(facts.PupilLeftSheet(pupil=CHI)),
    NGOC.wrote(facts.DeadlineMoved(deadline=_DEADLINE, reason=REASON)),
    MAI.on_behalf_of(LAN).wrote(entered(AN, "midterm", "6.5")),
    LAN.wrote(facts.EntriesConfirmed(column="midterm")),
    LAN.wrote(changed(AN, "midterm", "6.5", "7.0")),
    LAN.wrote(entered(BAO, "midterm", "zero-by-rule")),
    LAN.wrote(entered(BAO, "regular-1", "0.0")),
    LAN.wrote(cleared(BAO, "regular-1", "0.0")),
    LAN.wrote(facts.ColumnClosed(column="midterm")),
    LAN.wrote(facts.ColumnReopened(column="midterm", reason=REASON)),
    LAN.wrote(facts.ColumnClosed(column="midterm")),
    NGOC.wrote(facts.SheetLocked(reason=REASON)),
    NGOC.wrote(facts.SheetUnlocked(until=TOMORROW, reason=REASON)),
    NGOC.wrote(facts.ColumnLocked(column="midterm", reason=REASON)),
    NGOC.wrote(facts.ColumnUnlocked(column="final", until=TOMORROW, reason=REASON)),
    LAN.wrote(
        _ASKED.model_copy(
            update={"evidence": (BOOK, PAPER), "late_because": (grounds.LateReason.AFTER_LAST_DAY,)}
        )
    ),
    HOA.wrote(facts.CorrectionConfirmed(correction_id=FIX)),
    NGOC.wrote(
        facts.CorrectionApproved(correction_id=FIX, statement="e" * 64, attestation=_SIGNED)
    ),
    LAN.wrote(facts.CorrectionExecutionAgreed(correction_id=FIX)),
    KHOA.wrote(facts.CorrectionExecutionAgreed(correction_id=FIX)),
    KHOA.wrote(corrected(AN, "midterm", "7.0", "8.5")),
    KHOA.wrote(corrected(BAO, "midterm", "zero-by-rule", "5.0")),
    KHOA.wrote(facts.CorrectionExecuted(correction_id=FIX)),
    KHOA.wrote(facts.ColumnRelocked(correction_id=FIX, column="midterm")),
    LAN.wrote(requested((AN, "midterm", "8.5", "9.0"), correction_id=FIX_AGAIN)),
    NGOC.wrote(facts.CorrectionRefused(correction_id=FIX_AGAIN, reason=REASON)),
    LAN.wrote(requested((AN, "midterm", "8.5", "9.0"), correction_id=FIX_AGAIN)),
    LAN.wrote(facts.CorrectionWithdrawn(correction_id=FIX_AGAIN)),
    LAN.wrote(requested((AN, "midterm", "8.5", "9.0"), correction_id=FIX_AGAIN)),
    LAN.wrote(facts.CorrectionVoided(correction_id=FIX_AGAIN, pupil=AN, column="midterm")),
)

ATTEMPT = LAN.acting_as(Role.SUBJECT_TEACHER).wrote(
    AttemptRefused(
        sheet=SHEET,
        command="enter-marks",
        refusal="sheet-is-locked",
        cells=((AN, "midterm"), (BAO, "midterm")),
    )
)
# Kinds that were added later stand behind, so that the golden lines before keep their places.
LATER_KINDS: tuple[Past, ...] = (
    KHOA.wrote(facts.CorrectionDayMoved(last_day=NEXT_WEEK)),
    KHOA.wrote(
        facts.MarkBrought(
            pupil=DIEP,
            column="regular-1",
            after=Mark.of("0.0"),
            provenance=facts.Provenance(reason=REASON),
        )
    ),
)
ASKING: tuple[Past, ...] = (
    NGOC.wrote(facts.CorrectionAskedBack(correction_id=FIX, question=QUESTION)),
    LAN.wrote(facts.CorrectionAnswered(correction_id=FIX, answer=ANSWER, evidence=(PAPER,))),
)
EVERY_FACT: tuple[Past, ...] = (*SEMESTER, ATTEMPT, *LATER_KINDS, *SCHOOL, *YEAR)

# Each room counts its lines from a place of its own, so that a new fact of one room does not move
# the golden lines of another.
EVERY_LINE: tuple[Line, ...] = (
    *lines_of(EVERY_FACT),
    *lines_of(RESULTS, after=1000),
    *lines_of(SUPERVISION, after=2000),
    *lines_of(LOCKS, after=3000),
    *lines_of(PRIVACY, after=4000),
    *lines_of(CLOSING, after=5000),
    *lines_of(RESTART, after=6000),
    *lines_of(DOSSIERS, after=8000),
    *lines_of(CREDENTIALS, after=7000),
    *lines_of(ASKING, after=9000),
    *lines_of(SIGNALS, after=10_000),
)
