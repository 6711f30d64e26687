"""What a circular answers: a level of study, and what becomes of a pupil at the end of a year."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, Self, TypeAlias, TypeVar

Level_co = TypeVar("Level_co", bound=StrEnum, covariant=True)
Result = TypeVar("Result")

# The result of a comment subject: Đạt, Chưa đạt, or none yet.
Passed: TypeAlias = bool | None


@dataclass(frozen=True, slots=True)
class StudyLevel(Generic[Level_co]):
    """A level of study, and how it came about.

    `level` holds after the adjustment for a single subject, `base` before it; `adjusted_for` is
    the code of that subject, or None when nothing was adjusted.
    """

    level: Level_co
    base: Level_co
    adjusted_for: str | None = None


class Outcome(StrEnum):
    """What becomes of a pupil; the codes are permanent."""

    PROMOTED = "promoted"
    PROMOTED_AFTER_SUMMER = "promoted-after-summer"
    REASSESSMENT_IN_SUMMER = "reassessment-in-summer"
    CONDUCT_TRAINING_IN_SUMMER = "conduct-training-in-summer"
    NOT_PROMOTED = "not-promoted"


class Shortfall(StrEnum):
    """Why a pupil was not promoted on the results of the year alone; the codes are permanent."""

    CONDUCT = "conduct-not-passed"
    STUDY = "study-not-passed"
    ABSENCES = "too-many-days-absent"
    CONDUCT_AFTER_SUMMER = "conduct-not-passed-after-summer"
    STUDY_AFTER_SUMMER = "study-not-passed-after-summer"


@dataclass(frozen=True, slots=True)
class Promotion:
    """The outcome, why the year alone did not suffice, and the subjects open for re-assessment."""

    outcome: Outcome
    reasons: tuple[Shortfall, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a result of the year passes, and after the summer (None: nothing decided yet)."""

    year: bool
    after_summer: bool | None

    @classmethod
    def of(cls, year: StrEnum, after_summer: StrEnum | None, passing: Collection[StrEnum]) -> Self:
        return cls(year in passing, None if after_summer is None else after_summer in passing)


def without(subject: str, results: Mapping[str, Result]) -> Mapping[str, Result]:
    return {code: result for code, result in results.items() if code != subject}


def below_or_not_passed(
    scored: Mapping[str, Decimal | None], comment: Mapping[str, Passed], below: Decimal
) -> tuple[str, ...]:
    """Return the scored subjects under `below`, a 0 too, and the comment subjects Chưa đạt."""
    low = [code for code, average in scored.items() if average is not None and average < below]
    return (*low, *(code for code, passed in comment.items() if passed is False))


def decide_promotion(
    conduct: Standing,
    study: Standing,
    *,
    absences_pass: bool,
    reassessment_allowed: bool,
    to_reassess: tuple[str, ...],
) -> Promotion:
    """Decide as TT22 Điều 12-14 and TT58 Điều 15-17 agree.

    The summer mends one thing: conduct or study, never both, and never too many absences.
    """
    met = {
        Shortfall.CONDUCT: conduct.year,
        Shortfall.STUDY: study.year,
        Shortfall.ABSENCES: absences_pass,
    }
    reasons = tuple(reason for reason, passes in met.items() if not passes)
    if not reasons:
        return Promotion(Outcome.PROMOTED)
    if reasons == (Shortfall.CONDUCT,):
        return _after_training(conduct)
    if reasons == (Shortfall.STUDY,) and reassessment_allowed:
        return _after_reassessment(study, to_reassess)
    return Promotion(Outcome.NOT_PROMOTED, reasons)


def _after_training(conduct: Standing) -> Promotion:
    reasons = (Shortfall.CONDUCT,)
    if conduct.after_summer is None:
        return Promotion(Outcome.CONDUCT_TRAINING_IN_SUMMER, reasons)
    if conduct.after_summer:
        return Promotion(Outcome.PROMOTED_AFTER_SUMMER, reasons)
    return Promotion(Outcome.NOT_PROMOTED, (*reasons, Shortfall.CONDUCT_AFTER_SUMMER))


def _after_reassessment(study: Standing, to_reassess: tuple[str, ...]) -> Promotion:
    reasons = (Shortfall.STUDY,)
    if study.after_summer:
        return Promotion(Outcome.PROMOTED_AFTER_SUMMER, reasons)
    if study.after_summer is None or to_reassess:
        return Promotion(Outcome.REASSESSMENT_IN_SUMMER, reasons, to_reassess)
    return Promotion(Outcome.NOT_PROMOTED, (*reasons, Shortfall.STUDY_AFTER_SUMMER))
