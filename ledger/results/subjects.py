"""What a pupil reached in a subject: from the cells of a semester, then over the year."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from ledger.circulars.circular import Circular, Taught, year_result
from ledger.circulars.outcomes import Passed
from ledger.results.facts import SubjectResult
from ledger.results.records import ClassRecords, Membership
from ledger.results.terms import Term
from ledger.school.facts import SubjectPlanned
from ledger.sheet.state import Sheet
from ledger.vocabulary import BLANK, FINAL, MIDTERM, Mark, MarkState, PupilId, SubjectKind

LEFT_OUT: Final = frozenset({MarkState.EXEMPT, MarkState.NOT_ASSESSED})
_ZERO: Final = Decimal("0.0")


def subject_results(
    records: ClassRecords, member: Membership, term: Term
) -> tuple[SubjectResult, ...]:
    """The pupil's results in every subject planned for the term."""
    return tuple(
        subject_result(records, member, term, planned) for planned in records.planned(term)
    )


def subject_result(
    records: ClassRecords, member: Membership, term: Term, planned: SubjectPlanned
) -> SubjectResult:
    """The pupil's result in one subject; of a year, over the semesters it is taught in."""
    marks = []
    kind = planned.kind
    for semester in sorted(set(term.semesters) & set(planned.semesters)):
        sheet = records.sheet(semester, member.class_in[semester], planned.subject)
        kind = sheet.kind if sheet.opened else kind
        marks.append(semester_result(records.circular, sheet, member.pupil))
    result = marks[0] if len(marks) == 1 else _over_both(records.circular, kind, *marks)
    return SubjectResult(subject=planned.subject, kind=kind, result=result)


def semester_result(circular: Circular, sheet: Sheet, pupil: PupilId) -> Mark:
    """A semester's average, or Đạt or Chưa đạt, as a mark; blank while it does not exist.

    Who is exempt from the final assessment has the exemption for a result; any other cell of that
    kind is left out, as content that a pupil with a disability is not assessed in (TT22 Điều 11).
    """
    marks = {column: sheet.cell((pupil, column)).mark for column in sheet.columns}
    return result_of_marks(circular, sheet.kind, marks) if marks else BLANK


def result_of_marks(circular: Circular, kind: SubjectKind, marks: Mapping[str, Mark]) -> Mark:
    """The same from a pupil's marks in every column of the sheet, in book order."""
    if marks[FINAL].state in LEFT_OUT:
        return marks[FINAL]
    kept = {column: mark for column, mark in marks.items() if mark.state not in LEFT_OUT}
    if kind is SubjectKind.COMMENT:
        return passed_mark(circular.comment_semester([_passed(mark) for mark in kept.values()]))
    regular = [_score(mark) for column, mark in kept.items() if column not in {MIDTERM, FINAL}]
    midterm = _score(kept.get(MIDTERM, BLANK))
    return average_mark(circular.semester_average(regular, midterm, _score(kept[FINAL])))


def _over_both(circular: Circular, kind: SubjectKind, first: Mark, second: Mark) -> Mark:
    """The year's result; with an exemption in one semester, the other one's (TT22 Điều 9)."""
    if second.state in LEFT_OUT:
        return first
    taught = Taught.SECOND_ONLY if first.state in LEFT_OUT else Taught.BOTH
    if kind is SubjectKind.COMMENT:
        passed = year_result(taught, first.passed, second.passed, circular.comment_year)
        return passed_mark(passed)
    average = year_result(taught, first.score, second.score, circular.year_average)
    return average_mark(average)


def scored_of(results: Sequence[SubjectResult]) -> Mapping[str, Decimal | None]:
    """The averages of the scored subjects; an exemption is in no mapping."""
    return {each.subject: each.result.score for each in _counting(results, SubjectKind.SCORED)}


def comments_of(results: Sequence[SubjectResult]) -> Mapping[str, Passed]:
    """What was reached in the comment subjects; an exemption is in no mapping."""
    return {each.subject: each.result.passed for each in _counting(results, SubjectKind.COMMENT)}


def _counting(results: Sequence[SubjectResult], kind: SubjectKind) -> list[SubjectResult]:
    return [each for each in results if each.kind is kind and each.result.state not in LEFT_OUT]


def average_mark(average: Decimal | None) -> Mark:
    return BLANK if average is None else Mark.of(f"{average:.1f}")


def passed_mark(passed: Passed) -> Mark:
    return BLANK if passed is None else Mark.of("passed" if passed else "not-passed")


def _score(mark: Mark) -> Decimal | None:
    """A 0 by rule counts as 0; a make-up test still to come is a mark that is missing."""
    return _ZERO if mark.state is MarkState.ZERO_BY_RULE else mark.score


def _passed(mark: Mark) -> Passed:
    """Absent without a make-up test is Chưa đạt (TT22 Điều 7)."""
    return False if mark.state is MarkState.ZERO_BY_RULE else mark.passed
