"""The summer of a class: who may be assessed again, and what they have reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.circulars.outcomes import Outcome
from ledger.results.commands import ReassessConduct, RecordReassessment, ResultsCommand
from ledger.results.facts import PupilAfterSummer, PupilResults
from ledger.results.records import ClassRecords
from ledger.results.state import SummerApproval
from ledger.results.summer import after_summer, last_summer_day, waiting_for_summer
from ledger.results.terms import Term
from ledger.vocabulary import Mark, PupilId
from web.forms import Typed
from web.marks import typed_mark
from web.year.sent import SentForm


@dataclass(frozen=True, slots=True)
class SummerPupil:
    """A pupil whom the year left to the summer; `now` is what the summer has made so far."""

    year: PupilResults
    reassessed: dict[str, Mark]
    conduct: str
    trains: bool
    now: PupilAfterSummer


@dataclass(frozen=True, slots=True)
class Summer:
    """`approved_year` is False before the year's approval; `over` once an approval holds."""

    approved_year: bool
    pupils: Sequence[SummerPupil]
    levels: Sequence[str]
    approval: SummerApproval | None
    over: bool
    last_day: str


def summer_of(records: ClassRecords) -> Summer:
    year, approval = records.own.approved(Term.YEAR), records.own.approved_after_summer()
    of_year = bool(year and approval and approval.fact.year_revision == year.fact.revision)
    pupils = []
    if year is not None:
        for one in waiting_for_summer(year):
            now = after_summer(records, year, one, over=of_year)
            pupils.append(_summer_pupil(records, one, now))
    return Summer(
        approved_year=year is not None,
        pupils=pupils,
        levels=[level.value for level in records.circular.conduct_levels],
        approval=approval,
        over=of_year,
        last_day=f"{last_summer_day(records.year.school_year):%d/%m/%Y}",
    )


def _summer_pupil(records: ClassRecords, one: PupilResults, now: PupilAfterSummer) -> SummerPupil:
    outcome = one.promotion.outcome if one.promotion else None
    return SummerPupil(
        year=one,
        reassessed=dict(records.own.reassessed.get(one.pupil, {})),
        conduct=records.own.conduct_after_summer.get(one.pupil, ""),
        trains=outcome is Outcome.CONDUCT_TRAINING_IN_SUMMER,
        now=now,
    )


def reassessments(sent: SentForm, asked: dict[str, Any], typed: Typed) -> Iterator[ResultsCommand]:
    """A command for every result that was typed; an untouched one is not sent on."""
    for (pupil, subject), text in sent.touched("mon", parts=2):
        try:
            mark = typed_mark(text)
            yield RecordReassessment(**asked, pupil=_pupil(pupil), subject=subject, result=mark)
        except ValueError:
            typed.wrong(f"mon-{pupil}-{subject}", "not-a-mark")
    for (pupil,), level in sent.touched("ren-luyen", parts=1):
        try:
            yield ReassessConduct(**asked, pupil=_pupil(pupil), level=level)
        except ValueError:
            typed.wrong(f"ren-luyen-{pupil}", "no-level")


def _pupil(text: str) -> PupilId:
    return PupilId(UUID(text))
