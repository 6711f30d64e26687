"""Open the school that the environment names, with the clock that it lives by."""

from collections.abc import Iterator
from contextlib import contextmanager

from ledger.refusal import Refused
from ledger.sheet.refusals import SheetNotOpen
from ledger.vocabulary import SheetId, sheet_id_of
from web.access.accounts import Account
from web.commands.failing import Failed, unusable
from web.commands.foreseen import foreseen
from web.demo.clock import story_clock
from web.demo.creation import is_demo
from web.desk import Desk, open_desk
from web.moments import VIETNAM
from web.settings import Settings
from web.wording import refusal_sentence

_SCHOOL_YEAR_BEGINS = 8  # August: classes come back, and new lists are made


@contextmanager
def opened_school(settings: Settings) -> Iterator[Desk]:
    """The desk of the school, closed afterwards; failures become one sentence."""
    with foreseen():
        desk = open_desk(settings)
        if is_demo(desk):
            desk = desk.living_by(story_clock(desk.ledger.recorder))
        try:
            yield desk
        except Refused as refusal:
            raise Failed(refusal.code, refusal_sentence(refusal, desk.names())) from refusal
        finally:
            desk.engine.dispose()


def school_year_now(desk: Desk) -> str:
    """The school year of the desk's clock: "2026-2027" from August 2026 on."""
    today = desk.clock().astimezone(VIETNAM)
    first = today.year if today.month >= _SCHOOL_YEAR_BEGINS else today.year - 1
    return f"{first}-{first + 1}"


def chosen_sheet(
    desk: Desk,
    *,
    sheet_id: SheetId | None,
    class_group: str | None,
    subject: str | None,
    semester: int | None,
    school_year: str | None,
) -> SheetId:
    """The sheet named by its id, or by class, subject and semester, else a usage error.

    Raises SheetNotOpen where there is no such sheet.
    """
    if sheet_id is None:
        if not (class_group and subject and semester):
            unusable("which-sheet")
        year = school_year or school_year_now(desk)
        sheet_id = sheet_id_of(year, semester, class_group, subject)
    if desk.ledger.sheet(sheet_id).opened is None:
        raise SheetNotOpen
    return sheet_id


def account_named(desk: Desk, username: str) -> Account:
    """The account of this name; `Failed` if there is none."""
    wanted = username.strip().lower()
    for account in desk.accounts.all():
        if account.username == wanted:
            return account
    raise Failed("no-such-account", username=username)
