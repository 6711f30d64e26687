"""The first page: what this person has to do now, with numbers, and where to do it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ledger.sheet.commands import ConfirmEntries
from ledger.sheet.decide import decide
from ledger.sheet.state import Sheet
from ledger.vocabulary import CommandId, Role
from projections.gradebook import SheetCard
from web.access.identity import SignedIn, User
from web.access.permissions import SETS_UP
from web.desk import Desk, DeskDep
from web.dossiers.tasks import dossier_tasks
from web.progress.tasks import supervision_tasks
from web.publishing.overview import sealing_of
from web.rendering import render
from web.routes.corrections import OPEN, waiting_for
from web.signals.tasks import signal_tasks
from web.wording import publishing, supervision_words

router = APIRouter()

_SOON: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class SheetTask:
    """A sheet with something to do in it: how many of what, in which column, until when."""

    card: SheetCard
    column: str
    count: int
    deadline: datetime | None = None


@router.get("/")
def show_tasks(request: Request, desk: DeskDep, user: User) -> Response:
    moment = desk.clock()
    open_corrections = desk.corrections.list(status=OPEN)
    cards = desk.gradebook.sheets(teacher=user.person) if _teaches(user) else []
    own = [view for view in open_corrections if view.requested_by == user.person]
    return render(
        request,
        "home/tasks.html",
        waiting=waiting_for(desk, user, open_corrections),
        own=own,
        to_confirm=list(_to_confirm(desk, user, cards)),
        missing=list(_missing(cards, moment)),
        teaches=bool(cards),
        administers=user.may_act_as(Role.ADMINISTRATOR),
        leads=user.may_act_as(Role.PRINCIPAL, Role.VICE_PRINCIPAL),
        moment=moment,
        dossiers=dossier_tasks(desk, user),
        supervision=supervision_tasks(desk, user),
        signals=signal_tasks(desk, user),
        words=supervision_words,
        erasures=desk.ledger.privacy().waiting if user.may_act_as(Role.PRINCIPAL) else [],
        sealing_words=publishing,
        sealing=sealing_of(desk) if user.may_act_as(*SETS_UP) else None,
    )


def _teaches(user: SignedIn) -> bool:
    return Role.SUBJECT_TEACHER in user.roles


def _to_confirm(desk: Desk, user: SignedIn, cards: list[SheetCard]) -> Iterator[SheetTask]:
    """Columns with marks that the secretary entered, which this teacher is to confirm."""
    for card in cards:
        sheet = desk.ledger.sheet(card.sheet_id)
        waiting = Counter(
            column for (_, column), cell in sheet.cells.items() if cell.unconfirmed_for
        )
        for column in card.column_names:
            if waiting[column] and _may_confirm(desk, user, card, column, sheet):
                yield SheetTask(card, column, waiting[column])


def _may_confirm(desk: Desk, user: SignedIn, card: SheetCard, column: str, sheet: Sheet) -> bool:
    """Whether it is this teacher's turn: the ledger's own rule says so."""
    asked = ConfirmEntries(
        command_id=CommandId(card.sheet_id),
        sheet_id=card.sheet_id,
        by=user.acting_as(Role.SUBJECT_TEACHER),
        at=desk.clock(),
        column=column,
    )
    return bool(decide(asked, sheet))


def _missing(cards: list[SheetCard], moment: datetime) -> Iterator[SheetTask]:
    """Open columns that lack marks and were begun, or whose deadline is near."""
    for card in cards:
        for view in card.columns:
            filled = card.filled.get(view.column, 0)
            count = card.pupil_count - filled
            near = view.deadline is not None and view.deadline - moment < _SOON
            if count > 0 and (filled or near) and not view.official_at(moment):
                yield SheetTask(card, view.column, count, view.deadline)
