"""What every page of a sheet begins with: the sheet, if the person may see it, and who writes."""

from uuid import UUID

from ledger.sheet.refusals import SheetNotOpen
from ledger.vocabulary import Author, PersonId, Role, SheetId
from projections.gradebook import SheetPage
from web.access.identity import SignedIn
from web.access.permissions import may_see_sheet
from web.desk import Desk
from web.grid.entering import NOT_A_MARK, CellOutcome, Outcome
from web.grid.page import hand_of
from web.names import Names
from web.refusals import NotForYourEyes
from web.wording import refusal_sentence
from web.wording.cells import MOVED_ON
from web.wording.cells import NOT_A_MARK as NOT_A_MARK_SENTENCE


def visible_sheet(desk: Desk, user: SignedIn, sheet_id: UUID) -> SheetPage:
    """The sheet as the gradebook has it; raises SheetNotOpen or NotForYourEyes."""
    page = desk.gradebook.sheet(SheetId(sheet_id))
    if page is None:
        raise SheetNotOpen
    if not may_see_sheet(user, page.card):
        raise NotForYourEyes
    return page


def writing_author(
    desk: Desk, user: SignedIn, sheet_id: UUID, *, on_behalf_of: UUID | None
) -> Author:
    """As whom the person enters marks; whether that is allowed, the ledger says."""
    sheet = desk.ledger.sheet(SheetId(sheet_id))
    asked = PersonId(on_behalf_of) if on_behalf_of else None
    if hand := hand_of(user, sorted(sheet.teachers), on_behalf_of=asked):
        return user.acting_as(hand.role, on_behalf_of=hand.on_behalf_of)
    return user.trying_as(Role.SUBJECT_TEACHER, Role.SECRETARY)


def reopening_author(desk: Desk, user: SignedIn, sheet_id: UUID) -> Author:
    """As whom the person reopens a column: the sheet's teacher, else who leads the school."""
    teachers = desk.ledger.sheet(SheetId(sheet_id)).teachers
    if Role.SUBJECT_TEACHER in user.roles and user.person in teachers:
        return user.trying_as(Role.SUBJECT_TEACHER)
    return user.trying_as(Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.SUBJECT_TEACHER)


def cell_message(outcome: CellOutcome, names: Names) -> str | None:
    """The sentence for one cell, which names no other cell."""
    if outcome.outcome is Outcome.SAVED:
        return None
    if outcome.code == NOT_A_MARK:
        return NOT_A_MARK_SENTENCE
    if outcome.outcome is Outcome.CONFLICT:
        return MOVED_ON
    refusal = outcome.refusal
    assert refusal is not None, "a rejected mark has a refusal"
    alone = {"cells": [outcome.typed.place], "pupils": [outcome.typed.pupil]}
    return refusal_sentence(type(refusal)(**{**refusal.details, **alone}), names)
