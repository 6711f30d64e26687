"""Tổng hợp: the results of a class in a term, approved or as they are now."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger.results.comparing import Difference, differences
from ledger.results.completeness import missing
from ledger.results.computing import class_results
from ledger.results.facts import PupilResults
from ledger.results.records import ClassRecords
from ledger.results.state import TermApproval
from ledger.results.terms import Term
from ledger.vocabulary import PupilId, SubjectKind
from web.results.gaps import Gaps, gaps_of


@dataclass(frozen=True, slots=True)
class Summary:
    """The table, where it comes from, and what stands between it and an approval.

    `gaps` is None for a point of the past, where nothing can be approved.
    """

    term: Term
    approval: TermApproval | None
    results: Sequence[PupilResults]
    numbers: Mapping[PupilId, int]
    subjects: Sequence[str]
    has_overall_average: bool
    changed: Sequence[Difference]
    gaps: Gaps | None
    circular: str

    @property
    def may_be_approved(self) -> bool:
        """Whether nothing is missing, and something is not approved yet."""
        complete = self.gaps is not None and not self.gaps.count
        return complete and (self.approval is None or bool(self.changed))

    @property
    def totals(self) -> Mapping[str, Mapping[str, int]]:
        """How many pupils have each level, award and outcome."""
        return {
            "study": _counted(each.study.level if each.study else None for each in self.results),
            "conduct": _counted(each.conduct for each in self.results),
            "award": _counted(each.award for each in self.results),
            "promotion": _counted(
                each.promotion.outcome if each.promotion else None for each in self.results
            ),
        }


def _counted(words: Iterable[str | None]) -> Mapping[str, int]:
    return Counter(word for word in words if word is not None)


def summary_of(records: ClassRecords, term: Term, moment: datetime | None) -> Summary:
    """The approved results where there are some; at a `moment` also what is missing."""
    approval = records.own.approved(term)
    results = approval.fact.results if approval else class_results(records, term)
    return Summary(
        term=term,
        approval=approval,
        results=results,
        numbers={pupil: place.number for pupil, place in records.group.places.items()},
        subjects=_subjects(records, results, term),
        has_overall_average=any(each.overall_average is not None for each in results),
        changed=differences(records, term),
        gaps=gaps_of(records, missing(records, term, moment)) if moment else None,
        circular=approval.fact.circular if approval else records.circular.code,
    )


def _subjects(records: ClassRecords, results: Sequence[PupilResults], term: Term) -> Sequence[str]:
    """The subjects with marks before those with comments, each in the order of the plan."""
    kinds = {each.subject: each.kind for of_pupil in results for each in of_pupil.subjects}
    if not results:
        kinds = {planned.subject: planned.kind for planned in records.planned(term)}
    return sorted(kinds, key=lambda subject: kinds[subject] is not SubjectKind.SCORED)
