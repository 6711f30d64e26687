"""Lớp của tôi: the sheets a person works on, with how far each is filled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ledger.vocabulary import Role
from projections.gradebook import SheetCard
from web.access.identity import SignedIn, User
from web.access.permissions import LOCKS, SEES_ALL
from web.desk import Desk, DeskDep
from web.rendering import render

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Progress:
    """A sheet in the list: how much is filled, and the next deadline still to come."""

    card: SheetCard
    percent: int
    next_deadline: datetime | None
    next_column: str | None
    locked: int


@router.get("/lop")
def show_my_classes(request: Request, desk: DeskDep, user: User) -> Response:
    """The own sheets, then those of the own class; all of them for who leads the school."""
    taught, led = [], []
    if Role.SUBJECT_TEACHER in user.roles:
        taught = desk.gradebook.sheets(teacher=user.person)
    if Role.HOMEROOM_TEACHER in user.roles:
        led = desk.gradebook.sheets(homeroom_teacher=user.person)
    everything = desk.gradebook.sheets() if user.may_act_as(*SEES_ALL) else []
    moment = desk.clock()
    return render(
        request,
        "classes/list.html",
        taught=_progress(taught, moment),
        led=_progress(led, moment),
        by_class=[
            (group, _progress(cards, moment))
            for group, cards in groupby(everything, key=lambda card: card.class_group)
        ],
        leads_school=user.may_act_as(*LOCKS),
        names=desk.names(),
    )


def visible_cards(desk: Desk, user: SignedIn) -> list[SheetCard]:
    """Every sheet that the person may see, each once."""
    if user.may_act_as(*SEES_ALL):
        return desk.gradebook.sheets()
    cards = []
    if Role.SUBJECT_TEACHER in user.roles:
        cards += desk.gradebook.sheets(teacher=user.person)
    if Role.HOMEROOM_TEACHER in user.roles:
        cards += desk.gradebook.sheets(homeroom_teacher=user.person)
    return list({card.sheet_id: card for card in cards}.values())


def _progress(cards: Iterable[SheetCard], moment: datetime) -> list[Progress]:
    return [_progress_of(card, moment) for card in cards]


def _progress_of(card: SheetCard, moment: datetime) -> Progress:
    places = card.pupil_count * len(card.columns)
    coming = [
        (view.deadline, view.column)
        for view in card.columns
        if view.deadline and view.deadline >= moment and not view.is_closed
    ]
    deadline, column = min(coming, default=(None, None))
    return Progress(
        card=card,
        percent=sum(card.filled.values()) * 100 // places if places else 0,
        next_deadline=deadline,
        next_column=column,
        locked=len(card.locked_at(moment)),
    )
