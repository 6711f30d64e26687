"""Thông tư 22/2021/TT-BGDĐT: averages, levels, conduct, promotion and awards.

Marks and averages are Decimals with one place; None means that a result does not exist (yet).
Subjects are named by their codes; an exempt subject is simply not in a mapping.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Final

from ledger.circulars.outcomes import (
    Passed,
    Promotion,
    Standing,
    StudyLevel,
    below_or_not_passed,
    decide_promotion,
    without,
)
from ledger.circulars.regular import regular_marks
from ledger.circulars.rounding import weighted_average
from ledger.circulars.single_subject import DEFAULT_SINGLE_SUBJECT, SingleSubject


class Level(StrEnum):
    """The four levels of conduct (rèn luyện) and of study (học tập), best first.

    Compare `rank`: a StrEnum's own `<` compares the words as text.
    """

    GOOD = "Tốt"
    FAIR = "Khá"
    PASSED = "Đạt"
    NOT_PASSED = "Chưa đạt"

    @property
    def rank(self) -> int:
        """0 for Chưa đạt up to 3 for Tốt."""
        return _WORST_FIRST.index(self)


_WORST_FIRST: Final = tuple(reversed(Level))


class Award(StrEnum):
    """The titles of a school year (Điều 15); there is none for a semester."""

    EXCELLENT = "Học sinh Xuất sắc"
    GOOD = "Học sinh Giỏi"


@dataclass(frozen=True, slots=True)
class Standard:
    """What a level of study asks (Điều 9.2).

    No average below `floor`, at least `MANY_SUBJECTS` averages from `good` up, and at most
    `comments_not_passed` comment subjects Chưa đạt.
    """

    level: Level
    floor: Decimal
    good: Decimal
    comments_not_passed: int


STANDARDS: Final = (
    Standard(Level.GOOD, Decimal("6.5"), Decimal("8.0"), 0),
    Standard(Level.FAIR, Decimal("5.0"), Decimal("6.5"), 0),
    Standard(Level.PASSED, Decimal("3.5"), Decimal("5.0"), 1),
)
PASSING: Final = frozenset({Level.GOOD, Level.FAIR, Level.PASSED})  # Điều 12.1a and b
MANY_SUBJECTS: Final = 6  # "ít nhất 06 môn học": six of eight, and still six when one is exempt
EXCELLENT_AVERAGE: Final = Decimal("9.0")  # Điều 15
REASSESSED_BELOW: Final = Decimal("5.0")  # Điều 14

# Not checked against the printed text, therefore constants with a name: absences are counted on
# the plan of one session a day (Điều 12.1c), and the numbers of regular marks are those of Điều 6.
DAYS_ABSENT_ALLOWED: Final = 45
REGULAR_STEPS: Final = ((35, 2), (70, 3))  # up to so many lessons a year, so many marks; then 4

# Điều 8: a table and no average. Semester II: the year, by semester I from Tốt to Chưa đạt.
_CONDUCT_YEAR: Final = {
    Level.GOOD: (Level.GOOD, Level.GOOD, Level.FAIR, Level.FAIR),
    Level.FAIR: (Level.FAIR, Level.FAIR, Level.FAIR, Level.PASSED),
    Level.PASSED: (Level.FAIR, Level.PASSED, Level.PASSED, Level.PASSED),
    Level.NOT_PASSED: (Level.NOT_PASSED,) * 4,
}


def regular_assessments(lessons_per_year: int) -> int:
    """Return how many regular marks a semester has (Điều 6), by the lessons of a year."""
    return regular_marks(lessons_per_year, REGULAR_STEPS)


def semester_average(
    regular: Sequence[Decimal | None], midterm: Decimal | None, final: Decimal | None
) -> Decimal | None:
    """ĐTBmhk (Điều 9.1b): (sum of regular + 2 x midterm + 3 x final) / (their number + 5)."""
    return weighted_average([(1, regular), (2, [midterm]), (3, [final])])


def year_average(semester_1: Decimal | None, semester_2: Decimal | None) -> Decimal | None:
    """ĐTBmcn (Điều 9.1b) of a subject taught in both semesters, from their rounded averages.

    Rounding only at the end gives another result in one case out of six. For a subject of one
    semester ask `circular.year_result`.
    """
    return weighted_average([(1, [semester_1]), (2, [semester_2])])


def comment_semester(assessments: Sequence[Passed]) -> Passed:
    """Whether every assessment of a comment subject is Đạt (9.1a); None while one is missing."""
    if not assessments or None in assessments:
        return None
    return all(assessments)


def comment_year(semester_1: Passed, semester_2: Passed) -> Passed:
    """Return the year's result of a comment subject (Điều 9.1a): that of semester II alone."""
    del semester_1
    return semester_2


def study_level(
    scored: Mapping[str, Decimal | None],
    comment: Mapping[str, Passed],
    *,
    policy: SingleSubject = DEFAULT_SINGLE_SUBJECT,
) -> StudyLevel[Level] | None:
    """Return the level of study of a semester or a year (Điều 9.2, 9.3).

    None when it does not exist: a subject without its result, or no scored subject at all.
    """
    averages = {code: average for code, average in scored.items() if average is not None}
    passed = {code: result for code, result in comment.items() if result is not None}
    if not averages or len(averages) < len(scored) or len(passed) < len(comment):
        return None
    met = (standard.level for standard in STANDARDS if _meets(standard, averages, passed))
    base = next(met, Level.NOT_PASSED)
    subject = _to_blame(base, averages, passed, policy)
    # "Điều chỉnh lên mức liền kề": one level above the one obtained, not above the one missed.
    level = base if subject is None else _WORST_FIRST[base.rank + 1]
    return StudyLevel(level, base, subject)


def _meets(
    standard: Standard,
    scored: Mapping[str, Decimal],
    comment: Mapping[str, bool],
    imagined: int = 0,
) -> bool:
    averages = scored.values()
    good = sum(average >= standard.good for average in averages) + imagined
    not_passed = sum(not passed for passed in comment.values())
    return (
        all(average >= standard.floor for average in averages)
        and good >= MANY_SUBJECTS
        and not_passed <= standard.comments_not_passed
    )


def _to_blame(
    base: Level,
    scored: Mapping[str, Decimal],
    comment: Mapping[str, bool],
    policy: SingleSubject,
) -> str | None:
    """Find the one subject, scored or comment, that cost two levels or more (Điều 9.3)."""
    # That is Tốt or Khá, "mức quy định tại điểm a, điểm b khoản 2": no level is two below Đạt.
    missed = [standard for standard in STANDARDS if standard.level.rank - base.rank >= 2]
    for standard in missed:
        for subject in (*scored, *comment):
            imagined = policy is SingleSubject.IMAGINED_GOOD and subject in scored
            if _meets(standard, without(subject, scored), without(subject, comment), imagined):
                return subject
    return None


def conduct_year(semester_1: str | None, semester_2: str | None) -> Level | None:
    """Return the year's conduct (Điều 8) from both semesters'; None while one is missing."""
    if semester_1 is None or semester_2 is None:
        return None
    return _CONDUCT_YEAR[Level(semester_2)][tuple(Level).index(Level(semester_1))]


def reassessable(
    scored: Mapping[str, Decimal | None],
    comment: Mapping[str, Passed],
    *,
    conduct: str,
    policy: SingleSubject = DEFAULT_SINGLE_SUBJECT,
) -> tuple[str, ...]:
    """Return the subjects to be assessed again in summer (Điều 14), by the results of the year.

    Only for a pupil whose study alone is Chưa đạt: one whose conduct is Chưa đạt as well repeats
    the grade, and one who is Đạt in study with an average of 4.9 needs no re-assessment.
    """
    study = study_level(scored, comment, policy=policy)
    if study is None or study.level is not Level.NOT_PASSED or Level(conduct) is Level.NOT_PASSED:
        return ()
    return below_or_not_passed(scored, comment, REASSESSED_BELOW)


def promotion(
    conduct: str | None,
    study: str | None,
    *,
    days_absent: int,
    conduct_after_summer: str | None = None,
    study_after_summer: str | None = None,
    to_reassess: Sequence[str] = (),
) -> Promotion | None:
    """Decide whether a pupil goes up (Điều 12-14), from the year's levels and what summer changed.

    `study_after_summer` is the level with re-assessed results in place of the year's, for this
    question only; `to_reassess` are the subjects that may still be. None without a year's level.
    """
    if conduct is None or study is None:
        return None
    return decide_promotion(
        Standing.of(Level(conduct), _level(conduct_after_summer), PASSING),
        Standing.of(Level(study), _level(study_after_summer), PASSING),
        absences_pass=days_absent <= DAYS_ABSENT_ALLOWED,
        reassessment_allowed=True,
        to_reassess=tuple(to_reassess),
    )


def _level(text: str | None) -> Level | None:
    return None if text is None else Level(text)


def award(
    conduct: str | None, study: str | None, scored: Mapping[str, Decimal | None]
) -> Award | None:
    """Return the title of the year (Điều 15), from the results before any re-assessment."""
    if conduct != Level.GOOD or study != Level.GOOD:
        return None
    averages = [average for average in scored.values() if average is not None]
    excellent = sum(average >= EXCELLENT_AVERAGE for average in averages)
    return Award.EXCELLENT if excellent >= MANY_SUBJECTS else Award.GOOD


@dataclass(frozen=True)
class TT22:
    """The circular as `ledger.circulars.circular.Circular` asks it."""

    code: str = "tt22"
    policy: SingleSubject = DEFAULT_SINGLE_SUBJECT

    conduct_levels: ClassVar[tuple[StrEnum, ...]] = tuple(Level)
    study_levels: ClassVar[tuple[StrEnum, ...]] = tuple(Level)
    has_overall_average: ClassVar[bool] = False
    has_semester_awards: ClassVar[bool] = False
    judges_conduct_year: ClassVar[bool] = False

    regular_assessments = staticmethod(regular_assessments)
    semester_average = staticmethod(semester_average)
    year_average = staticmethod(year_average)
    comment_semester = staticmethod(comment_semester)
    comment_year = staticmethod(comment_year)
    conduct_year = staticmethod(conduct_year)
    promotion = staticmethod(promotion)
    year_award = staticmethod(award)

    def overall_average(self, scored: Mapping[str, Decimal | None]) -> None:
        """Return None: this circular has no average over subjects."""
        del scored

    def study_level(
        self, scored: Mapping[str, Decimal | None], comment: Mapping[str, Passed]
    ) -> StudyLevel[Level] | None:
        return study_level(scored, comment, policy=self.policy)

    def reassessable(
        self,
        scored: Mapping[str, Decimal | None],
        comment: Mapping[str, Passed],
        *,
        conduct: str,
    ) -> tuple[str, ...]:
        return reassessable(scored, comment, conduct=conduct, policy=self.policy)

    def semester_award(self, conduct: str | None, study: str | None) -> None:
        """Return None: titles are given for a year only (Điều 15)."""
        del conduct, study
