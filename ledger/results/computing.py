"""The results of a class as its records make them: the same records give the same results."""

from ledger.circulars.circular import SummerResults, YearResults, promotion_of
from ledger.circulars.outcomes import Promotion
from ledger.results.facts import (
    PromotionResult,
    PupilAbsences,
    PupilResults,
    StudyResult,
    SubjectResult,
)
from ledger.results.records import ClassRecords, Membership
from ledger.results.subjects import comments_of, scored_of, subject_results
from ledger.results.terms import Term, months_of, term_of
from ledger.vocabulary import PupilId


def class_results(records: ClassRecords, term: Term) -> tuple[PupilResults, ...]:
    """The results of every pupil of a class, in the order of the numbers.

    What does not exist yet is blank or None, so that a page may show results as they grow.
    """
    return tuple(pupil_results(records, member, term) for member in records.members(term))


def pupil_results(records: ClassRecords, member: Membership, term: Term) -> PupilResults:
    """One pupil's results of a term."""
    circular = records.circular
    subjects = subject_results(records, member, term)
    scored = scored_of(subjects)
    study = circular.study_level(scored, comments_of(subjects))
    level = study.level.value if study else None
    conduct = conduct_of(records, member, term)
    days_absent = sum(entry.total for entry in absences_of(records, member.pupil, term))
    if term is Term.YEAR:
        award = circular.year_award(conduct, level, scored)
    else:
        award = circular.semester_award(conduct, level)
    return PupilResults(
        pupil=member.pupil,
        subjects=subjects,
        overall_average=circular.overall_average(scored),
        study=None
        if study is None
        else StudyResult(
            level=study.level.value, base=study.base.value, adjusted_for=study.adjusted_for
        ),
        conduct=conduct,
        days_absent=days_absent,
        award=award.value if award else None,
        promotion=promotion(records, subjects, conduct, days_absent) if term is Term.YEAR else None,
    )


def promotion(
    records: ClassRecords,
    subjects: tuple[SubjectResult, ...],
    conduct: str | None,
    days_absent: int,
    summer: SummerResults | None = None,
) -> PromotionResult | None:
    """What becomes of a pupil with these results of the year; None while one does not exist."""
    year = YearResults(scored_of(subjects), comments_of(subjects), conduct, days_absent)
    return promotion_result(promotion_of(records.circular, year, summer))


def promotion_result(decided: Promotion | None) -> PromotionResult | None:
    if decided is None:
        return None
    return PromotionResult(
        outcome=decided.outcome, reasons=decided.reasons, subjects=decided.subjects
    )


def conduct_of(records: ClassRecords, member: Membership, term: Term) -> str | None:
    """The conduct of a term: as it was assessed, or as the circular makes it for the year."""
    if term is not Term.YEAR:
        (semester,) = term.semesters
        return semester_conduct(records, member, semester)
    if records.circular.judges_conduct_year:
        return records.own.conduct.get(Term.YEAR, {}).get(member.pupil)
    first, second = (semester_conduct(records, member, semester) for semester in (1, 2))
    level = records.circular.conduct_year(first, second)
    return level.value if level else None


def semester_conduct(records: ClassRecords, member: Membership, semester: int) -> str | None:
    of_class = records.results[member.class_in[semester]]
    return of_class.conduct.get(term_of(semester), {}).get(member.pupil)


def absences_of(records: ClassRecords, pupil: PupilId, term: Term) -> list[PupilAbsences]:
    """What was recorded in the months of a term, in each class that the pupil was in."""
    months = months_of(records.year, term)
    return [
        absences[pupil]
        for of_class in records.results.values()
        for month, absences in of_class.absences.items()
        if month in months and pupil in absences
    ]
