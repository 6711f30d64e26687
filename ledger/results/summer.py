"""What the summer changes: subjects assessed again, conduct after training, who goes up then."""

from datetime import date
from typing import Final

from ledger.authority import only_for
from ledger.circulars.circular import SummerResults, YearResults, promotion_of
from ledger.circulars.outcomes import Outcome
from ledger.reader import Reader
from ledger.results import commands, facts, refusals
from ledger.results.computing import promotion_result
from ledger.results.guards import decided, listed_once, only_who_leads
from ledger.results.recording import level_of_circular
from ledger.results.records import ClassRecords, circular_named, gather
from ledger.results.state import Results, TermApproval
from ledger.results.subjects import comments_of, scored_of
from ledger.results.terms import Term
from ledger.school.calendar import local_day
from ledger.vocabulary import MarkState, PupilId, Role

# What is still open after the year, and what summer may turn into a promotion.
OPEN_OUTCOMES: Final = frozenset(
    {Outcome.REASSESSMENT_IN_SUMMER, Outcome.CONDUCT_TRAINING_IN_SUMMER}
)


def last_summer_day(school_year: str) -> date:
    """The day before 31 August: what summer changes is complete by then (regulation, 11.1d)."""
    return date(int(school_year.partition("-")[2]), 8, 30)


def record_reassessment(
    command: commands.RecordReassessment, results: Results, reader: Reader
) -> list[facts.AnyResultsFact]:
    records = gather(reader, command.school_year, command.class_group)
    only_who_leads(records, command.by)
    listed_once(records, [command.pupil])
    of_pupil = _approved_year(results, command.pupil)
    open_subjects = of_pupil.promotion.subjects if of_pupil.promotion else ()
    if command.subject not in open_subjects:
        raise refusals.NotOpenToReassessment(
            pupils=[command.pupil], subject=command.subject, subjects=list(open_subjects)
        )
    (of_subject,) = (each for each in of_pupil.subjects if each.subject == command.subject)
    scored = command.result.state is MarkState.SCORED
    if not scored or not command.result.fits(of_subject.kind):
        raise refusals.ResultDoesNotFitSubject(subject=command.subject, kind=of_subject.kind)
    if results.reassessed.get(command.pupil, {}).get(command.subject) == command.result:
        return []
    _summer_is_open(results, command)
    reassessed = facts.SubjectReassessed(
        school_year=command.school_year,
        class_group=command.class_group,
        pupil=command.pupil,
        subject=command.subject,
        result=command.result,
    )
    return [reassessed]


def reassess_conduct(
    command: commands.ReassessConduct, results: Results, reader: Reader
) -> list[facts.AnyResultsFact]:
    records = gather(reader, command.school_year, command.class_group)
    only_who_leads(records, command.by)
    listed_once(records, [command.pupil])
    level_of_circular(records, command.level)
    of_pupil = _approved_year(results, command.pupil)
    outcome = of_pupil.promotion.outcome if of_pupil.promotion else None
    if outcome is not Outcome.CONDUCT_TRAINING_IN_SUMMER:
        raise refusals.NotInConductTraining(pupils=[command.pupil])
    if results.conduct_after_summer.get(command.pupil) == command.level:
        return []
    _summer_is_open(results, command)
    reassessed = facts.ConductReassessed(
        school_year=command.school_year,
        class_group=command.class_group,
        pupil=command.pupil,
        level=command.level,
    )
    return [reassessed]


def approve_after_summer(
    command: commands.ApprovePromotionAfterSummer, results: Results, reader: Reader
) -> list[facts.AnyResultsFact]:
    """Of the pupils whose promotion the year left open; the others have theirs since then."""
    only_for(command.by, Role.PRINCIPAL)
    records = gather(reader, command.school_year, command.class_group)
    approval = _year_approval(results)
    undecided = [
        of_pupil.pupil
        for of_pupil in waiting_for_summer(approval)
        if after_summer(records, approval, of_pupil, over=False).promotion.outcome in OPEN_OUTCOMES
    ]
    if undecided and not command.leaving_absent:
        raise refusals.SummerIsNotComplete(pupils=undecided)
    pupils = tuple(
        after_summer(records, approval, of_pupil, over=True)
        for of_pupil in waiting_for_summer(approval)
    )
    before = results.approved_after_summer()
    if before:
        if (before.fact.pupils, before.fact.year_revision) == (pupils, approval.fact.revision):
            return []
        if command.reason is None:
            raise refusals.RevisionNeedsAReason(**decided(before))
    approved = facts.PromotionAfterSummerApproved(
        school_year=command.school_year,
        class_group=command.class_group,
        revision=before.fact.revision + 1 if before else 1,
        year_revision=approval.fact.revision,
        pupils=pupils,
        reason=command.reason,
    )
    return [approved]


def waiting_for_summer(approval: TermApproval) -> list[facts.PupilResults]:
    """The pupils whose promotion the approved results of the year left to the summer."""
    return [
        of_pupil
        for of_pupil in approval.fact.results
        if of_pupil.promotion and of_pupil.promotion.outcome in OPEN_OUTCOMES
    ]


def after_summer(
    records: ClassRecords, approval: TermApproval, of_pupil: facts.PupilResults, *, over: bool
) -> facts.PupilAfterSummer:
    """What summer has made of a pupil; `over` says that nothing more will come.

    New results stand in for the year's here and nowhere else (TT22 Điều 14), by the rules that the
    year was approved under.
    """
    circular = circular_named(approval.fact.circular, approval.fact.policy)
    subjects = _reassessed(records.own, of_pupil)
    new = {each.subject: each for each in subjects}
    all_subjects = [new.get(each.subject, each) for each in of_pupil.subjects]
    study = circular.study_level(scored_of(all_subjects), comments_of(all_subjects))
    conduct = records.own.conduct_after_summer.get(of_pupil.pupil)
    year = YearResults(
        scored_of(of_pupil.subjects),
        comments_of(of_pupil.subjects),
        of_pupil.conduct,
        of_pupil.days_absent,
    )
    scored = {code: mark for code, mark in scored_of(subjects).items() if mark is not None}
    passed = {code: mark for code, mark in comments_of(subjects).items() if mark is not None}
    summer = SummerResults(scored, passed, conduct, over)
    decision = promotion_result(promotion_of(circular, year, summer))
    assert decision is not None, "asked of pupils whose year has every result"
    return facts.PupilAfterSummer(
        pupil=of_pupil.pupil,
        subjects=subjects,
        study=study.level.value if study else None,
        conduct=conduct or of_pupil.conduct,
        promotion=decision,
    )


def _reassessed(results: Results, of_pupil: facts.PupilResults) -> tuple[facts.SubjectResult, ...]:
    """The new results; one that a later revision of the year has made needless is left out."""
    open_subjects = of_pupil.promotion.subjects if of_pupil.promotion else ()
    new = results.reassessed.get(of_pupil.pupil, {})
    return tuple(
        each.model_copy(update={"result": new[each.subject]})
        for each in of_pupil.subjects
        if each.subject in new and each.subject in open_subjects
    )


def _year_approval(results: Results) -> TermApproval:
    approval = results.approved(Term.YEAR)
    if approval is None:
        raise refusals.YearIsNotApproved
    return approval


def _approved_year(results: Results, pupil: PupilId) -> facts.PupilResults:
    _year_approval(results)
    of_pupil = results.approved_of(Term.YEAR, pupil)
    if of_pupil is None:
        raise refusals.PupilNotOnClassList(pupils=[pupil])
    return of_pupil


def _summer_is_open(
    results: Results, command: commands.RecordReassessment | commands.ReassessConduct
) -> None:
    """Refuse what comes after the approval, and from 31 August on.

    A year that was approved anew meanwhile may have left something else to the summer.
    """
    approval, year = results.approved_after_summer(), _year_approval(results)
    if approval and approval.fact.year_revision == year.fact.revision:
        raise refusals.SummerIsApproved(**decided(approval))
    last_day = last_summer_day(command.school_year)
    if local_day(command.at) > last_day:
        raise refusals.SummerIsOver(last_day=last_day)
