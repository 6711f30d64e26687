"""What every circular can be asked, whichever it is, and what follows from its answers alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Protocol, TypeVar

from ledger.circulars.outcomes import Passed, Promotion, StudyLevel

Result = TypeVar("Result", Decimal, bool)


class Circular(Protocol):
    """One set of rules on assessment, with a permanent code.

    Levels and titles are the law's own Vietnamese words, as StrEnums of the circular; where one is
    asked for, its plain text does as well. None always means that a result does not exist.
    """

    @property
    def code(self) -> str: ...
    @property
    def conduct_levels(self) -> tuple[StrEnum, ...]:
        """Return the levels of conduct, best first."""
        ...

    @property
    def study_levels(self) -> tuple[StrEnum, ...]:
        """Return the levels of study, best first."""
        ...

    @property
    def has_overall_average(self) -> bool:
        """Whether there is an average over all subjects (ĐTBhk, ĐTBcn)."""
        ...

    @property
    def has_semester_awards(self) -> bool: ...
    @property
    def judges_conduct_year(self) -> bool:
        """Whether the year's conduct is a judgement, which `conduct_year` cannot compute."""
        ...

    def regular_assessments(self, lessons_per_year: int) -> int: ...
    def semester_average(
        self, regular: Sequence[Decimal | None], midterm: Decimal | None, final: Decimal | None
    ) -> Decimal | None: ...
    def year_average(
        self, semester_1: Decimal | None, semester_2: Decimal | None
    ) -> Decimal | None: ...
    def comment_semester(self, assessments: Sequence[Passed]) -> Passed:
        """Return the semester's result from all assessments in book order, the final one last."""
        ...

    def comment_year(self, semester_1: Passed, semester_2: Passed) -> Passed: ...
    def overall_average(self, scored: Mapping[str, Decimal | None]) -> Decimal | None: ...
    def study_level(
        self, scored: Mapping[str, Decimal | None], comment: Mapping[str, Passed]
    ) -> StudyLevel[StrEnum] | None: ...
    def conduct_year(self, semester_1: str | None, semester_2: str | None) -> StrEnum | None: ...
    def reassessable(
        self,
        scored: Mapping[str, Decimal | None],
        comment: Mapping[str, Passed],
        *,
        conduct: str,
    ) -> tuple[str, ...]: ...
    def promotion(
        self,
        conduct: str | None,
        study: str | None,
        *,
        days_absent: int,
        conduct_after_summer: str | None = None,
        study_after_summer: str | None = None,
        to_reassess: Sequence[str] = (),
    ) -> Promotion | None: ...
    def semester_award(self, conduct: str | None, study: str | None) -> StrEnum | None: ...
    def year_award(
        self, conduct: str | None, study: str | None, scored: Mapping[str, Decimal | None]
    ) -> StrEnum | None: ...


class Taught(Enum):
    """In which semesters a pupil had a subject: the timetable says, or an exemption for one."""

    BOTH = "both"
    FIRST_ONLY = "first-only"
    SECOND_ONLY = "second-only"


def year_result(
    taught: Taught,
    semester_1: Result | None,
    semester_2: Result | None,
    over_both: Callable[[Result | None, Result | None], Result | None],
) -> Result | None:
    """Return a subject's result of the year; the only semester's result is the year's as well.

    `over_both` is a circular's `year_average` or `comment_year`.
    """
    if taught is Taught.FIRST_ONLY:
        return semester_1
    if taught is Taught.SECOND_ONLY:
        return semester_2
    return over_both(semester_1, semester_2)


@dataclass(frozen=True, slots=True)
class YearResults:
    """A pupil's results of a year.

    `days_absent` counts with leave and without, on the plan of one session a day.
    """

    scored: Mapping[str, Decimal | None]
    comment: Mapping[str, Passed]
    conduct: str | None
    days_absent: int


@dataclass(frozen=True, slots=True)
class SummerResults:
    """What the summer has brought so far: re-assessed subjects and conduct after training.

    `over` says that nothing more will come (the summer ends before 31 August): whoever did not
    turn up stays with the results of the year.
    """

    scored: Mapping[str, Decimal] = field(default_factory=dict)
    comment: Mapping[str, bool] = field(default_factory=dict)
    conduct: str | None = None
    over: bool = False


def promotion_of(
    circular: Circular, year: YearResults, summer: SummerResults | None = None
) -> Promotion | None:
    """Decide a pupil's promotion; None while a result of the year does not exist.

    Re-assessed results stand in for the year's here and nowhere else, in the subjects that were
    open for it: a result that a later correction has made needless changes nothing.
    """
    study = circular.study_level(year.scored, year.comment)
    if study is None or year.conduct is None:
        return None
    summer = summer or SummerResults()
    subjects = circular.reassessable(year.scored, year.comment, conduct=year.conduct)
    left = [code for code in subjects if code not in {*summer.scored, *summer.comment}]
    # Before the first re-assessment nothing is decided, unless nothing can or will come.
    decided = summer.over or len(left) < len(subjects) or not subjects
    after = circular.study_level(
        _replaced(year.scored, summer.scored, subjects),
        _replaced(year.comment, summer.comment, subjects),
    )
    return circular.promotion(
        year.conduct,
        study.level,
        days_absent=year.days_absent,
        conduct_after_summer=summer.conduct or (year.conduct if summer.over else None),
        study_after_summer=after.level if after and decided else None,
        to_reassess=() if summer.over else left,
    )


def _replaced(
    year: Mapping[str, Result | None], summer: Mapping[str, Result], subjects: tuple[str, ...]
) -> Mapping[str, Result | None]:
    return {
        code: summer[code] if code in summer and code in subjects else result
        for code, result in year.items()
    }
