"""Marks as a class would get them: by what each pupil can do, how hard the test is, and chance."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Final

from ledger.people import Pupil
from ledger.sheet.state import Place
from ledger.vocabulary import MARKS, MIDTERM, Mark, MarkState, SubjectKind
from web.demo.school import SEED, SheetPlan

_PASSED: Final = MARKS["passed"]
_NOT_PASSED: Final = MARKS["not-passed"]
ABSENT: Final = MARKS[MarkState.AWAITING_MAKE_UP]
ZERO_BY_RULE: Final = MARKS[MarkState.ZERO_BY_RULE]
_EXEMPT: Final = MARKS[MarkState.EXEMPT]
_NOT_ASSESSED: Final = MARKS[MarkState.NOT_ASSESSED]

# What makes a subject's marks a little better or worse than the pupils are.
_EASE: Final[Mapping[str, float]] = {
    "toan": -0.5,
    "ngoai-ngu-1": -0.4,
    "khoa-hoc-tu-nhien": -0.2,
    "gdcd": 0.6,
    "cong-nghe": 0.5,
    "tin-hoc": 0.7,
}


def chance_for(what: str) -> Random:
    """Chance of its own for each part of the story, so that one part never moves another."""
    return Random(f"{SEED}/{what}")  # noqa: S311  (a story, no secret)


def score(value: float) -> Mark:
    """The mark nearest to a value, within 0 and 10."""
    exact = Decimal(str(min(max(value, 0.0), 10.0)))
    return Mark.of(str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP)))


def higher(mark: Mark, by: str) -> Mark:
    """The score that many points above (below, for a negative text), within 0 and 10."""
    assert mark.score is not None, "only scores are raised"
    return score(float(mark.score + Decimal(by)))


def ability(pupil: Pupil) -> float:
    """How well a pupil does on the whole, about 3 to 9.8."""
    return min(max(chance_for(f"ability/{pupil.pupil_id}").gauss(6.9, 1.35), 2.5), 9.7)


def special_mark(sheet: SheetPlan, pupil: Pupil) -> Mark | None:
    """The one thing a pupil's cells of a subject ever hold, for the few of whom that is so."""
    number = int(pupil.code[-4:])
    if sheet.subject == "giao-duc-the-chat" and number in {207, 911, 1303}:
        return _EXEMPT
    if sheet.subject in {"ngoai-ngu-1", "toan"} and number in {118, 1022}:
        return _NOT_ASSESSED  # a pupil with a disability, by the personal plan (TT22 Điều 11)
    return None


def column_marks(
    sheet: SheetPlan, column: str, chance: Random, *, day: date, ease: float = 0.0
) -> dict[Place, Mark]:
    """A mark for each pupil in the class that day, in one column; nobody is absent."""
    return {
        (pupil.pupil_id, column): special_mark(sheet, pupil)
        or pupils_mark(sheet, pupil, chance, ease)
        for pupil in sheet.class_plan.present(day)
    }


def pupils_mark(sheet: SheetPlan, pupil: Pupil, chance: Random, ease: float = 0.0) -> Mark:
    """One mark of a subject, as the pupil would get it."""
    if sheet.kind is SubjectKind.COMMENT:
        return _PASSED if chance.random() < 0.97 else _NOT_PASSED
    value = ability(pupil) + _EASE.get(sheet.subject, 0.0) + ease + chance.gauss(0.0, 0.8)
    # Papers are marked in quarters, and 7,25 goes into the book as 7,3.
    return score(round(value * 4) / 4)


def with_absences(marks: Mapping[Place, Mark], chance: Random) -> dict[Place, Mark]:
    """The same marks of a periodic test, but now and then a pupil awaits a make-up test."""
    return {
        place: ABSENT
        if place[1] == MIDTERM and mark.state is MarkState.SCORED and chance.random() < 0.012
        else mark
        for place, mark in marks.items()
    }
