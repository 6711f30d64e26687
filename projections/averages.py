"""A pupil's result of a subject and semester, computed from a state of the sheet of any moment."""

from decimal import Decimal

from ledger.circulars.choosing import circular_for
from ledger.circulars.circular import Circular
from ledger.sheet.state import Sheet
from ledger.vocabulary import FINAL, MIDTERM, Mark, MarkState, PupilId, SubjectKind

_WITHOUT_RESULT = frozenset({MarkState.EXEMPT, MarkState.NOT_ASSESSED})


def semester_result(sheet: Sheet, pupil: PupilId) -> Decimal | bool | None:
    """The average (TT22 Điều 9.1b), or whether a comment subject is Đạt; None while there is none.

    There is none before every column is filled, where the pupil is exempt or not assessed, and in
    school years whose circular is not known.
    """
    assert sheet.opened is not None, "asked of an open sheet only"
    marks = {column: sheet.cell((pupil, column)).mark for column in sheet.columns}
    if any(mark.state in _WITHOUT_RESULT for mark in marks.values()):
        return None
    try:
        circular = circular_for(sheet.opened.school_year, sheet.opened.grade)
    except ValueError:
        return None
    if sheet.kind is SubjectKind.COMMENT:
        return circular.comment_semester([_passed(mark) for mark in marks.values()])
    return _average(circular, {column: _score(mark) for column, mark in marks.items()})


def _average(circular: Circular, scores: dict[str, Decimal | None]) -> Decimal | None:
    midterm, final = scores.pop(MIDTERM), scores.pop(FINAL)
    return circular.semester_average(list(scores.values()), midterm, final)


def _score(mark: Mark) -> Decimal | None:
    return Decimal(0) if mark.state is MarkState.ZERO_BY_RULE else mark.score


def _passed(mark: Mark) -> bool | None:
    return False if mark.state is MarkState.ZERO_BY_RULE else mark.passed
