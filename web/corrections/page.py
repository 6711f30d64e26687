"""A correction as its page shows it: the timeline of its steps and whose turn it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.sheet.correction import CorrectionStatus
from ledger.vocabulary import Role
from projections.corrections import CorrectionView
from web.access.identity import SignedIn
from web.access.permissions import may_see_correction
from web.desk import Desk
from web.names import Names
from web.wording import corrections as words
from web.wording import role_name


@dataclass(frozen=True, slots=True)
class TakenStep:
    """One step of the past: who, as what, what was done, when, and why if that was said."""

    who: str
    role: str
    what: str
    at: datetime
    look: str = ""
    reason: str = ""


def number_of(correction: CorrectionView) -> str:
    """The number that people quote: "ĐN-0042"."""
    return f"ĐN-{correction.number:04d}"


def timeline(correction: CorrectionView, names: Names) -> list[TakenStep]:
    """The steps taken, in the order they were taken."""
    return sorted(_steps(correction, names), key=lambda step: step.at)


def _steps(view: CorrectionView, names: Names) -> Iterator[TakenStep]:
    teacher, principal, administrator = (
        Role.SUBJECT_TEACHER,
        Role.PRINCIPAL,
        Role.ADMINISTRATOR,
    )
    taken: tuple[tuple[UUID | None, Role | None, str, datetime | None, str], ...] = (
        (view.requested_by, teacher, "requested", view.requested_at, ""),
        (view.confirmed_by, view.confirmed_role, "confirmed", view.confirmed_at, "ok"),
        (view.approved_by, principal, "approved", view.approved_at, "ok"),
        (view.refused_by, view.refused_role, "refused", view.refused_at, "bad"),
        (view.requested_by, teacher, "withdrawn", view.withdrawn_at, "warn"),
        (view.voided_by, None, "voided", view.voided_at, "bad"),
        (view.teacher_agreed_by, teacher, "agreed", view.teacher_agreed_at, "ok"),
        (view.administrator_agreed_by, administrator, "agreed", view.administrator_agreed_at, "ok"),
    )
    for who, role, what, at, look in taken:
        if at is not None:
            done = words.STEPS_TAKEN[what] if what != "approved" else _approved(view, names)
            reason = view.refused_reason or "" if what == "refused" else ""
            title = role_name(role) if role else ""
            yield TakenStep(names.staff(who), title, done, at, look, reason)


def _approved(view: CorrectionView, names: Names) -> str:
    if view.approved_on_behalf_of is None:
        return words.STEPS_TAKEN["approved"]
    return words.approved_for(names.staff(view.approved_on_behalf_of))


def whose_turn(correction: CorrectionView, names: Names) -> str:
    """One sentence: who has to act now, or how it ended."""
    match correction.status:
        case CorrectionStatus.REQUESTED if correction.requested_by == correction.homeroom_teacher:
            return words.WAITS_FOR_VICE_PRINCIPAL
        case CorrectionStatus.REQUESTED:
            return words.waits_for_homeroom(names.staff(correction.homeroom_teacher))
        case CorrectionStatus.CONFIRMED:
            return words.WAITS_FOR_PRINCIPAL
        case CorrectionStatus.APPROVED if correction.teacher_agreed_at:
            return words.WAITS_FOR_ADMINISTRATOR
        case CorrectionStatus.APPROVED if correction.administrator_agreed_at:
            return words.WAITS_FOR_TEACHER
        case CorrectionStatus.APPROVED:
            return words.WAITS_FOR_BOTH
        case CorrectionStatus.EXECUTED:
            return words.EXECUTED
        case CorrectionStatus.REFUSED:
            return words.REFUSED
        case CorrectionStatus.WITHDRAWN:
            return words.WITHDRAWN
        case CorrectionStatus.VOID:
            return words.VOIDED


def visible_corrections(
    desk: Desk, user: SignedIn, views: Iterable[CorrectionView]
) -> list[CorrectionView]:
    """Those of the corrections that the person may see, their sheets asked for all at once."""
    listed = list(views)
    sheets = desk.gradebook.sheets(sheet_ids={view.sheet_id for view in listed})
    people = {card.sheet_id: card for card in sheets}
    return [view for view in listed if may_see_correction(user, view, people[view.sheet_id])]
