"""From the bytes of a file to the ledger, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from ledger.sheet.refusals import CellsMovedOn, SheetIsLocked, SheetNotOpen
from ledger.vocabulary import CommandId, SheetId
from tests.school import BAO, KHOA, LAN, SHEET
from tests.web.spreadsheets.school import school
from tests.web.spreadsheets.workbooks import vnedu, workbook
from web.desk import Desk
from web.settings import Settings
from web.spreadsheets.importing import confirm_scores, preview_scores
from web.spreadsheets.matching import Preview

FILE = workbook(vnedu())


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Give a school with one class and one sheet."""
    desk = school(Settings(database_url, tmp_path))
    yield desk
    desk.engine.dispose()


def previewed(desk: Desk) -> Preview:
    return preview_scores(desk, LAN.author, sheet_id=SHEET, content=FILE)


def confirm(desk: Desk, preview: Preview, command_id: CommandId | None = None) -> int:
    lines = confirm_scores(
        desk,
        LAN.author,
        sheet_id=SHEET,
        entries=preview.entries,
        command_id=command_id or CommandId(uuid4()),
    )
    return len(lines)


def test_what_was_previewed_is_entered_in_one_command(desk: Desk) -> None:
    command_id = CommandId(uuid4())
    preview = previewed(desk)
    assert confirm(desk, preview, command_id) == 10
    assert confirm(desk, preview, command_id) == 10
    assert len(desk.ledger.lines(SHEET)) == 11
    assert previewed(desk).entries == ()


def test_a_mark_changed_meanwhile_is_a_conflict_and_nothing_is_entered(desk: Desk) -> None:
    preview = previewed(desk)
    desk.handle(LAN.enters((BAO, "final", "3.0", 0)))
    with pytest.raises(CellsMovedOn):
        confirm(desk, preview)
    assert list(desk.ledger.sheet(SHEET).cells) == [(BAO, "final")]


def test_what_the_ledger_would_refuse_is_told_in_the_preview(desk: Desk) -> None:
    desk.handle(KHOA.locks())
    preview = previewed(desk)
    assert isinstance(preview.refusal, SheetIsLocked)
    assert not preview.can_be_confirmed


def test_a_sheet_that_is_not_open_takes_no_file(desk: Desk) -> None:
    with pytest.raises(SheetNotOpen):
        preview_scores(desk, LAN.author, sheet_id=SheetId(uuid4()), content=FILE)
