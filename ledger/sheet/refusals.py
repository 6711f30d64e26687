"""Every way a score sheet says no, in order of precedence; the codes are permanent.

A person is told the first reason that holds: who you are, then the state of the sheet, then the
column, then the cells, then the correction. So nobody learns of a pending correction on a sheet
that is not theirs. The sentences for people are elsewhere, found by `code`.
"""

from ledger.refusal import Refused, Standing

# Who you are.


class SheetNotOpen(Refused):
    """There is no such sheet."""

    code = "sheet-not-open"
    standing = Standing.NO_SUCH_THING


class NotYourSheet(Refused):
    """The person does not teach this sheet, or is not the homeroom teacher of its class."""

    code = "not-your-sheet"
    standing = Standing.NOT_YOUR_PLACE
    kept = True


class SecretaryNeedsATeacher(Refused):
    """A secretary enters only on behalf of a teacher of the sheet."""

    code = "secretary-needs-a-teacher"
    standing = Standing.NOT_YOUR_PLACE
    kept = True


class SecretaryEntersPeriodicTestsOnly(Refused):
    """Regular marks are entered by the teacher alone (regulation, Điều 8.1)."""

    code = "secretary-enters-periodic-tests-only"
    standing = Standing.NOT_YOUR_PLACE
    kept = True


# The sheet and its people.


class SheetAlreadyOpen(Refused):
    """The sheet was opened before."""

    code = "sheet-already-open"


class SheetNeedsATeacher(Refused):
    """A sheet has at least one teacher."""

    code = "sheet-needs-a-teacher"


class PupilsNumberedTwice(Refused):
    """Two pupils share a number, or one pupil is listed twice."""

    code = "pupils-numbered-twice"


class NoSuchColumn(Refused):
    """The sheet has no such column."""

    code = "no-such-column"
    standing = Standing.NO_SUCH_THING


# The state of the column.


class SheetIsLocked(Refused):
    """The sheet, or the column by itself, is locked: by whom, when, why and until when."""

    code = "sheet-is-locked"
    kept = True


class DeadlineHasPassed(Refused):
    """The deadline of the column has passed, so it counts as locked."""

    code = "deadline-has-passed"
    kept = True


class ColumnIsClosed(Refused):
    """The column was closed by its teacher: its marks are official."""

    code = "column-is-closed"
    kept = True


class ColumnIsOpen(Refused):
    """The column is not closed."""

    code = "column-is-open"


class GraceIsOver(Refused):
    """The time in which the teacher may reopen a column alone is over."""

    code = "grace-is-over"


class NothingIsLocked(Refused):
    """There is no lock to open, nor an unlock to prolong."""

    code = "nothing-is-locked"


class UnlockMustEndLater(Refused):
    """An unlock ends at a moment still to come."""

    code = "unlock-must-end-later"


# The cells.


class PupilNotOnSheet(Refused):
    """A pupil named is not on the sheet."""

    code = "pupil-not-on-sheet"
    standing = Standing.NO_SUCH_THING


class PupilHasLeft(Refused):
    """A pupil named has left the class."""

    code = "pupil-has-left"


class CellNamedTwice(Refused):
    """One cell stands twice in the batch."""

    code = "cell-named-twice"


class MarkDoesNotFitSubject(Refused):
    """A score in a comment subject, or Đạt / Chưa đạt in a scored one."""

    code = "mark-does-not-fit-subject"


class ZeroByRuleIsForPeriodicTests(Refused):
    """The 0 for an absence exists for periodic tests alone (TT22 Điều 7)."""

    code = "zero-by-rule-is-for-periodic-tests"


class CellsMovedOn(Refused):
    """Somebody else changed a cell since it was read; each is told with what stands there now."""

    code = "cells-moved-on"


class CellsHoldMarks(Refused):
    """A mark brought from elsewhere fills an empty cell only."""

    code = "cells-hold-marks"


class EntriesAwaitConfirmation(Refused):
    """Marks entered on a teacher's behalf are not confirmed yet."""

    code = "entries-await-confirmation"


class ColumnHasBlanks(Refused):
    """Pupils without a mark in the column to be closed."""

    code = "column-has-blanks"


# The correction.


class MarkIsNotOfficial(Refused):
    """A draft needs no correction: it is changed in the grid."""

    code = "mark-is-not-official"


class NothingToCorrect(Refused):
    """The mark asked for is the mark that stands."""

    code = "nothing-to-correct"


class CellIsInACorrection(Refused):
    """Another open correction holds the cell."""

    code = "cell-is-in-a-correction"


class EvidenceIsMissing(Refused):
    """The request lacks evidence, or a kind that the school demands."""

    code = "evidence-is-missing"


class NoSuchCorrection(Refused):
    """The sheet has no such correction."""

    code = "no-such-correction"
    standing = Standing.NO_SUCH_THING


class CorrectionIdReused(Refused):
    """The correction id was used before."""

    code = "correction-id-reused"


class NotYourRequest(Refused):
    """Only who asked may withdraw, or answer what was asked back."""

    code = "not-your-request"
    standing = Standing.NOT_YOUR_PLACE
    kept = True


class CorrectionIsVoid(Refused):
    """A mark it had frozen moved meanwhile."""

    code = "correction-is-void"


class CorrectionIsSettled(Refused):
    """The correction was refused, withdrawn or executed."""

    code = "correction-is-settled"


class RequesterMayNotConfirm(Refused):
    """Who asked may not confirm; when the homeroom teacher asked, the vice-principal confirms."""

    code = "requester-may-not-confirm"
    standing = Standing.NOT_YOUR_PLACE
    kept = True


class RequesterMayNotApprove(Refused):
    """Who asked may not approve."""

    code = "requester-may-not-approve"
    standing = Standing.NOT_YOUR_PLACE
    kept = True


class AwaitsConfirmation(Refused):
    """The homeroom teacher has not confirmed yet."""

    code = "awaits-confirmation"


class AwaitsApproval(Refused):
    """The principal has not approved yet."""

    code = "awaits-approval"


class AlreadyApproved(Refused):
    """The principal has approved; it can be executed or withdrawn, not refused."""

    code = "already-approved"


class CorrectionAwaitsAnswer(Refused):
    """Something was asked back: it is the requester's turn, and nothing is decided before."""

    code = "correction-awaits-answer"


class NothingWasAsked(Refused):
    """There is no open question to answer."""

    code = "nothing-was-asked"


class ApprovalIsStale(Refused):
    """What was shown is not what would be approved now; `added` counts the files since."""

    code = "approval-is-stale"


class ExecutorsMustDiffer(Refused):
    """Who executes as administrator neither asked, nor approved, nor acts as the teacher too."""

    code = "executors-must-differ"
    standing = Standing.NOT_YOUR_PLACE
    kept = True
