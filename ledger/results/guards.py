"""Guards that several rules share: who may act, about whom, and what is approved already."""

from collections.abc import Collection, Sequence
from typing import Any

from ledger.authority import only_for
from ledger.results import refusals
from ledger.results.records import ClassRecords
from ledger.results.state import Approval, Results, TermApproval
from ledger.results.terms import Term
from ledger.vocabulary import Author, PupilId, Role


def only_who_leads(records: ClassRecords, by: Author) -> None:
    """Refuse everybody but the homeroom teacher of the class and the school's head."""
    only_for(by, Role.HOMEROOM_TEACHER, Role.VICE_PRINCIPAL, Role.PRINCIPAL)
    if by.role is Role.HOMEROOM_TEACHER and by.person != records.group.homeroom_teacher:
        raise refusals.NotHomeroomOfThisClass(class_group=records.class_group)


def listed_once(records: ClassRecords, pupils: Sequence[PupilId]) -> None:
    """Refuse who was never on the class list, and who is named twice."""
    if strangers := set(pupils) - records.group.places.keys():
        raise refusals.PupilNotOnClassList(
            pupils=sorted(strangers), class_group=records.class_group
        )
    if len(set(pupils)) < len(pupils):
        twice = {pupil for pupil in pupils if pupils.count(pupil) > 1}
        raise refusals.PupilNamedTwice(pupils=sorted(twice))


def not_approved(
    results: Results,
    terms: Collection[Term],
    pupils: Collection[PupilId],
    by: Author,
    reason: str | None,
) -> None:
    """Refuse what approved results of these pupils rest on.

    The principal may still mend it, telling why: else a slip found later could never be put right.
    Whoever came after the approval is in none, and can be written down.
    """
    if by.role is Role.PRINCIPAL and reason is not None:
        return
    for term in terms:
        approval = results.approved(term)
        if approval and approved_among(approval, pupils):
            raise refusals.ResultsAreApproved(term=term, **decided(approval))


def approved_among(approval: TermApproval, pupils: Collection[PupilId]) -> bool:
    return any(of_pupil.pupil in pupils for of_pupil in approval.fact.results)


def decided(approval: Approval[Any]) -> dict[str, object]:
    """Who approved it and when, for a refusal."""
    return {"by": approval.by.person, "role": approval.by.role, "at": approval.at}
