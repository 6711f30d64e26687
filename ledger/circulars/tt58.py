"""Thông tư 58/2011/TT-BGDĐT, and as Thông tư 26/2020 amended it: the rules of earlier years.

Marks and averages are Decimals with one place; None means that a result does not exist. Subjects
are named by their codes; an exempt subject is simply not in a mapping. Articles are TT58's.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
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
from ledger.circulars.regular import Steps, regular_marks
from ledger.circulars.rounding import weighted_average
from ledger.circulars.single_subject import DEFAULT_SINGLE_SUBJECT, SingleSubject


class Level(StrEnum):
    """The five levels of study (học lực), best first."""

    EXCELLENT = "Giỏi"
    FAIR = "Khá"
    AVERAGE = "Trung bình"
    WEAK = "Yếu"
    POOR = "Kém"


class Conduct(StrEnum):
    """The four levels of conduct (hạnh kiểm), best first."""

    GOOD = "Tốt"
    FAIR = "Khá"
    AVERAGE = "Trung bình"
    WEAK = "Yếu"


class Award(StrEnum):
    """The titles of a semester and of a year (Điều 18)."""

    EXCELLENT = "Học sinh giỏi"
    ADVANCED = "Học sinh tiên tiến"


@dataclass(frozen=True, slots=True)
class Standard:
    """What a level of study asks (Điều 13.1-13.4).

    The overall average and that of one core subject from `overall` up, no average below `floor`,
    every comment subject Đạt. Yếu asks neither for a core subject nor for the comment subjects.
    """

    level: Level
    overall: Decimal
    floor: Decimal
    asks_core_and_comments: bool = True


STANDARDS: Final = (
    Standard(Level.EXCELLENT, Decimal("8.0"), Decimal("6.5")),
    Standard(Level.FAIR, Decimal("6.5"), Decimal("5.0")),
    Standard(Level.AVERAGE, Decimal("5.0"), Decimal("3.5")),
    Standard(Level.WEAK, Decimal("3.5"), Decimal("2.0"), asks_core_and_comments=False),
)

# Điều 13.6: the level that would be reached but for one subject; obtained: adjusted. An average of
# Giỏi is one of Khá too, so that 13.6d also lifts from Kém whoever has the better average.
ADJUSTMENTS: Final[Mapping[Level, Mapping[Level, Level]]] = MappingProxyType(
    {
        Level.EXCELLENT: MappingProxyType({Level.AVERAGE: Level.FAIR, Level.WEAK: Level.AVERAGE}),
        Level.FAIR: MappingProxyType({Level.WEAK: Level.AVERAGE, Level.POOR: Level.WEAK}),
    }
)

CORE_2011: Final = frozenset({"toan", "ngu-van"})
CORE_2020: Final = CORE_2011 | {"ngoai-ngu-1"}  # TT26/2020

PASSING: Final = frozenset({Level.EXCELLENT, Level.FAIR, Level.AVERAGE})  # Điều 15.1
PASSING_CONDUCT: Final = frozenset({Conduct.GOOD, Conduct.FAIR, Conduct.AVERAGE})
REASSESSED_BELOW: Final = Decimal("5.0")  # Điều 16
DAYS_ABSENT_ALLOWED: Final = 45  # Điều 15

# Not checked against the printed text of TT26/2020, therefore constants with a name.
REGULAR_STEPS_2020: Final = ((35, 2), (70, 3))  # lessons a year at most, marks; then 4
# Before, by the week (Điều 8): one lesson, less than three, three; a year was taught in 35 weeks.
REGULAR_STEPS_2011: Final = ((35, 2), (104, 3))


def regular_assessments(lessons_per_year: int) -> int:
    """Return how many regular marks a semester has since TT26/2020, by the lessons of a year."""
    return regular_marks(lessons_per_year, REGULAR_STEPS_2020)


def semester_average(
    regular: Sequence[Decimal | None], midterm: Decimal | None, final: Decimal | None
) -> Decimal | None:
    """ĐTBmhk since TT26/2020: (sum of regular + 2 x midterm + 3 x final) / (their number + 5)."""
    return semester_average_2011(regular, [midterm], final)


def semester_average_2011(
    coefficient_1: Sequence[Decimal | None],
    coefficient_2: Sequence[Decimal | None],
    coefficient_3: Decimal | None,
) -> Decimal | None:
    """ĐTBmhk before (Điều 11.1a): regular tests, any number of tests of a lesson, the term test."""
    return weighted_average([(1, coefficient_1), (2, coefficient_2), (3, [coefficient_3])])


def year_average(semester_1: Decimal | None, semester_2: Decimal | None) -> Decimal | None:
    """ĐTBmcn (Điều 11.1b), from the rounded averages of both semesters."""
    return weighted_average([(1, [semester_1]), (2, [semester_2])])


def comment_semester(assessments: Sequence[Passed]) -> Passed:
    """Whether a comment subject is Đạt (Điều 11.2a): two thirds of the tests and the term test are.

    The term test is the last of `assessments`; None while a test is missing.
    """
    if not assessments or None in assessments:
        return None
    passed = sum(result is True for result in assessments)
    return bool(assessments[-1]) and 3 * passed >= 2 * len(assessments)


def comment_year(semester_1: Passed, semester_2: Passed) -> Passed:
    """Return the year's result of a comment subject (Điều 11.2b): that of semester II alone."""
    del semester_1
    return semester_2


def overall_average(scored: Mapping[str, Decimal | None]) -> Decimal | None:
    """ĐTBhk or ĐTBcn (Điều 11.3): the plain mean of all scored subjects, with one place."""
    return weighted_average([(1, tuple(scored.values()))])


def study_level(
    scored: Mapping[str, Decimal | None],
    comment: Mapping[str, Passed],
    *,
    core: AbstractSet[str] = CORE_2020,
    policy: SingleSubject = DEFAULT_SINGLE_SUBJECT,
) -> StudyLevel[Level] | None:
    """Return the level of study of a semester or a year (Điều 13), None when it does not exist."""
    overall = overall_average(scored)
    averages = {code: average for code, average in scored.items() if average is not None}
    passed = {code: result for code, result in comment.items() if result is not None}
    if overall is None or len(passed) < len(comment):
        return None
    judged = _Judged(overall, averages, passed, core)
    met = (standard.level for standard in STANDARDS if judged.meets(standard))
    base = next(met, Level.POOR)
    for standard in STANDARDS[:2]:
        level = ADJUSTMENTS[standard.level].get(base)
        subject = judged.to_blame(standard, policy)
        if level and subject:
            return StudyLevel(level, base, subject)
    return StudyLevel(base, base)


@dataclass(frozen=True, slots=True)
class _Judged:
    overall: Decimal
    scored: Mapping[str, Decimal]
    comment: Mapping[str, bool]
    core: AbstractSet[str]

    def meets(self, standard: Standard, imagined: str | None = None) -> bool:
        core = (average for code, average in self.scored.items() if code in self.core)
        return (
            self.overall >= standard.overall
            and all(average >= standard.floor for average in self.scored.values())
            and (
                not standard.asks_core_and_comments
                or (
                    all(self.comment.values())
                    and (imagined in self.core or any(mark >= standard.overall for mark in core))
                )
            )
        )

    def to_blame(self, standard: Standard, policy: SingleSubject) -> str | None:
        """Find the one subject without which the standard is met; the overall average stays."""
        for subject in (*self.scored, *self.comment):
            others = _Judged(
                self.overall,
                without(subject, self.scored),
                without(subject, self.comment),
                self.core,
            )
            imagined = subject if policy is SingleSubject.IMAGINED_GOOD else None
            if others.meets(standard, imagined):
                return subject
        return None


def reassessable(
    scored: Mapping[str, Decimal | None],
    comment: Mapping[str, Passed],
    *,
    conduct: str,
    core: AbstractSet[str] = CORE_2020,
    policy: SingleSubject = DEFAULT_SINGLE_SUBJECT,
) -> tuple[str, ...]:
    """Return the subjects of which a pupil may choose some to be tested again (Điều 16).

    Only for study Yếu and conduct from Trung bình up.
    """
    study = study_level(scored, comment, core=core, policy=policy)
    if study is None or study.level is not Level.WEAK or Conduct(conduct) is Conduct.WEAK:
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
    """Decide whether a pupil goes up (Điều 15-17); see `tt22.promotion`.

    A re-tested subject changes the overall average too, and thereby `study_after_summer`.
    """
    if conduct is None or study is None:
        return None
    return decide_promotion(
        Standing.of(
            Conduct(conduct),
            None if conduct_after_summer is None else Conduct(conduct_after_summer),
            PASSING_CONDUCT,
        ),
        Standing.of(
            Level(study),
            None if study_after_summer is None else Level(study_after_summer),
            PASSING,
        ),
        absences_pass=days_absent <= DAYS_ABSENT_ALLOWED,
        reassessment_allowed=Level(study) is Level.WEAK,
        to_reassess=tuple(to_reassess),
    )


def award(conduct: str | None, study: str | None) -> Award | None:
    """Return the title of a semester or a year (Điều 18)."""
    if conduct == Conduct.GOOD and study == Level.EXCELLENT:
        return Award.EXCELLENT
    if conduct in {Conduct.GOOD, Conduct.FAIR} and study in {Level.EXCELLENT, Level.FAIR}:
        return Award.ADVANCED
    return None


@dataclass(frozen=True)
class TT58:
    """The circular as `ledger.circulars.circular.Circular` asks it."""

    code: str
    core: AbstractSet[str]
    regular_steps: Steps
    policy: SingleSubject = DEFAULT_SINGLE_SUBJECT

    conduct_levels: ClassVar[tuple[StrEnum, ...]] = tuple(Conduct)
    study_levels: ClassVar[tuple[StrEnum, ...]] = tuple(Level)
    has_overall_average: ClassVar[bool] = True
    has_semester_awards: ClassVar[bool] = True
    judges_conduct_year: ClassVar[bool] = True

    semester_average = staticmethod(semester_average)
    year_average = staticmethod(year_average)
    comment_semester = staticmethod(comment_semester)
    comment_year = staticmethod(comment_year)
    overall_average = staticmethod(overall_average)
    promotion = staticmethod(promotion)
    semester_award = staticmethod(award)

    def regular_assessments(self, lessons_per_year: int) -> int:
        return regular_marks(lessons_per_year, self.regular_steps)

    def conduct_year(self, semester_1: str | None, semester_2: str | None) -> None:
        """Return None: the homeroom teacher judges it, mainly by semester II (Điều 3)."""
        del semester_1, semester_2

    def study_level(
        self, scored: Mapping[str, Decimal | None], comment: Mapping[str, Passed]
    ) -> StudyLevel[Level] | None:
        return study_level(scored, comment, core=self.core, policy=self.policy)

    def reassessable(
        self,
        scored: Mapping[str, Decimal | None],
        comment: Mapping[str, Passed],
        *,
        conduct: str,
    ) -> tuple[str, ...]:
        return reassessable(scored, comment, conduct=conduct, core=self.core, policy=self.policy)

    def year_award(
        self, conduct: str | None, study: str | None, scored: Mapping[str, Decimal | None]
    ) -> Award | None:
        del scored
        return award(conduct, study)
