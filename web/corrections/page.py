"""A correction as its page shows it: the timeline of its steps and whose turn it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.sheet.grounds import Evidence
from ledger.vocabulary import BLANK, Role
from projections.corrections import CorrectionView, Turn
from projections.history import HistoryFilter
from web.access.identity import SignedIn
from web.access.permissions import may_see_correction
from web.desk import Desk
from web.marks import shown_mark
from web.names import Names
from web.wording import column_name, role_name
from web.wording import corrections as words


@dataclass(frozen=True, slots=True)
class TakenStep:
    """One step of the past: who, as what, what was done, when, and what was said or added."""

    who: str
    role: str
    what: str
    at: datetime
    look: str = ""
    said: str = ""
    evidence: tuple[Evidence, ...] = ()


def number_of(correction: CorrectionView) -> str:
    """The number that people quote: "ĐN-0042"."""
    return f"ĐN-{correction.number:04d}"


def timeline(desk: Desk, correction: CorrectionView, names: Names) -> list[TakenStep]:
    """The steps taken, in the order they were taken."""
    asked = _questions(correction, names)
    steps = [*_steps(correction, names), *asked, *_voided(desk, correction, names)]
    return sorted(steps, key=lambda step: step.at)


def _questions(view: CorrectionView, names: Names) -> Iterator[TakenStep]:
    done, teacher = words.STEPS_TAKEN, role_name(Role.SUBJECT_TEACHER)
    for one in view.questions:
        asker, role = names.staff(one.asked_by), role_name(one.asked_role)
        yield TakenStep(asker, role, done["asked-back"], one.asked_at, "warn", one.question)
        if one.answer is not None and one.answered_at is not None:
            yield TakenStep(
                names.staff(view.requested_by),
                teacher,
                done["answered"],
                one.answered_at,
                said=one.answer,
                evidence=one.evidence,
            )


def _voided(desk: Desk, view: CorrectionView, names: Names) -> Iterator[TakenStep]:
    """Who moved a mark that the request had frozen, and from what to what."""
    if view.voided_at is None:
        return
    which = HistoryFilter(
        sheet_id=view.sheet_id,
        pupil=view.voided_pupil,
        column=view.voided_column,
        only_mark_changes=True,
    )
    assert view.voided_pupil is not None, "what is void says which mark moved"
    (moved,) = desk.history.search(which, before=view.voided_position, limit=1)
    yield TakenStep(
        names.staff(view.voided_by),
        role_name(moved.role),
        words.STEPS_TAKEN["voided"],
        view.voided_at,
        "bad",
        words.moved_mark(
            names.pupil(view.voided_pupil),
            column_name(str(moved.column)),
            shown_mark(moved.before or BLANK),
            shown_mark(moved.after or BLANK),
        ),
    )


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
        (view.teacher_agreed_by, teacher, "agreed", view.teacher_agreed_at, "ok"),
        (view.administrator_agreed_by, administrator, "agreed", view.administrator_agreed_at, "ok"),
    )
    for who, role, what, at, look in taken:
        if at is not None:
            done = words.STEPS_TAKEN[what] if what != "approved" else _approved(view, names)
            said = words.why(view.refused_reason or "") if what == "refused" else ""
            title = role_name(role) if role else ""
            yield TakenStep(names.staff(who), title, done, at, look, said)


def _approved(view: CorrectionView, names: Names) -> str:
    principal = view.approved_on_behalf_of
    done = (
        words.approved_for(names.staff(principal)) if principal else words.STEPS_TAKEN["approved"]
    )
    return done + words.APPROVED_WITH.get(view.approved_with or "", "")


def whose_turn(correction: CorrectionView, names: Names) -> str:
    """One sentence: who has to act now, or how it ended."""
    match correction.turn:
        case Turn.REQUESTER:
            return words.waits_for_answer(names.staff(correction.requested_by))
        case Turn.HOMEROOM_TEACHER:
            return words.waits_for_homeroom(names.staff(correction.homeroom_teacher))
        case Turn() as turn:
            return words.WAITS_FOR[turn]
        case None:
            return words.ENDED[correction.status]


def visible_corrections(
    desk: Desk, user: SignedIn, views: Iterable[CorrectionView]
) -> list[CorrectionView]:
    """Those of the corrections that the person may see, their sheets asked for all at once."""
    listed = list(views)
    sheets = desk.gradebook.sheets(sheet_ids={view.sheet_id for view in listed})
    people = {card.sheet_id: card for card in sheets}
    return [view for view in listed if may_see_correction(user, view, people[view.sheet_id])]
