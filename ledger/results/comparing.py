"""How results differ: approved ones from those computed now, or from those with other marks."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from ledger.results.computing import class_results
from ledger.results.facts import PromotionResult, PupilResults, StudyResult
from ledger.results.records import ClassRecords
from ledger.results.terms import Term
from ledger.vocabulary import BLANK, Mark, PupilId

Shown = Mark | Decimal | StudyResult | PromotionResult | str | int | None


class Part(StrEnum):
    """A part of a pupil's results that may differ."""

    LISTED = "listed"
    SUBJECT = "subject"
    OVERALL_AVERAGE = "overall-average"
    STUDY = "study"
    CONDUCT = "conduct"
    DAYS_ABSENT = "days-absent"
    AWARD = "award"
    PROMOTION = "promotion"
    PROMOTION_AFTER_SUMMER = "promotion-after-summer"


class Difference(NamedTuple):
    """One part of one pupil's results before and after; `subject` only where the part is one."""

    pupil: PupilId
    term: Term
    part: Part
    subject: str | None
    before: Shown
    after: Shown


def differences(records: ClassRecords, term: Term) -> list[Difference]:
    """What the approved results of a term say otherwise than the records now; [] without any."""
    approval = records.own.approved(term)
    if approval is None:
        return []
    return compared(approval.fact.results, class_results(records, term), term)


def compared(
    before: Sequence[PupilResults], after: Sequence[PupilResults], term: Term
) -> list[Difference]:
    """The differences of two results of a term, pupil by pupil."""
    old = {of_pupil.pupil: of_pupil for of_pupil in before}
    new = {of_pupil.pupil: of_pupil for of_pupil in after}
    return [
        difference
        for pupil in dict.fromkeys((*old, *new))
        for difference in _of_pupil(pupil, old.get(pupil), new.get(pupil), term)
    ]


def _of_pupil(
    pupil: PupilId, before: PupilResults | None, after: PupilResults | None, term: Term
) -> Iterator[Difference]:
    if before is None or after is None:
        here = [int(results is not None) for results in (before, after)]
        yield Difference(pupil, term, Part.LISTED, None, *here)
        return
    old = {each.subject: each.result for each in before.subjects}
    new = {each.subject: each.result for each in after.subjects}
    for subject in dict.fromkeys((*old, *new)):
        marks = old.get(subject, BLANK), new.get(subject, BLANK)
        if marks[0] != marks[1]:
            yield Difference(pupil, term, Part.SUBJECT, subject, *marks)
    for part in _PARTS:
        name = part.value.replace("-", "_")
        was, is_now = getattr(before, name), getattr(after, name)
        if was != is_now:
            yield Difference(pupil, term, part, None, was, is_now)


_PARTS = (
    Part.OVERALL_AVERAGE,
    Part.STUDY,
    Part.CONDUCT,
    Part.DAYS_ABSENT,
    Part.AWARD,
    Part.PROMOTION,
)
