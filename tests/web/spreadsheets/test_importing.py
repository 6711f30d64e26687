"""From the bytes of a file to the ledger, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from ledger.people import Pupil
from ledger.refusal import NotForYourRole
from ledger.sheet.refusals import CellsMovedOn, SheetIsLocked, SheetNotOpen
from ledger.vocabulary import CommandId, SheetId
from tests.school import AN, BAO, DIEP, KHOA, LAN, SHEET
from tests.web.spreadsheets.school import school
from tests.web.spreadsheets.workbooks import PUPILS, class_list, vnedu, workbook
from web.desk import Desk
from web.settings import Settings
from web.spreadsheets.importing import (
    confirm_class_list,
    confirm_scores,
    preview_class_list,
    preview_scores,
)
from web.spreadsheets.matching import Preview

FILE = workbook(vnedu())
NEW_PUPIL = ("0100000004", "Đỗ Hoàng", "Dũng")
LIST = workbook(class_list((*PUPILS, NEW_PUPIL)))


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


def test_a_class_list_registers_enrols_and_adds_to_the_open_sheets(desk: Desk) -> None:
    preview = preview_class_list(desk, school_year="2026-2027", class_group="6A1", content=LIST)
    told: list[tuple[int, int]] = []
    command_id = CommandId(uuid4())
    for expected in (1, 0):
        joined = confirm_class_list(
            desk,
            KHOA.author,
            plan=preview.plan,
            command_id=command_id,
            progress=lambda done, total: told.append((done, total)),
        )
        assert joined == expected
    newcomer = desk.people.pupils_by_code([NEW_PUPIL[0]])[NEW_PUPIL[0]].pupil_id
    assert desk.ledger.sheet(SHEET).numbers[newcomer] == 4
    assert desk.people.class_list("2026-2027", "6A1")[-1].pupil_id == newcomer
    assert told == [(1, 1), (1, 1)]


def test_a_list_interrupted_before_the_sheets_is_completed_when_confirmed_again(
    desk: Desk,
) -> None:
    preview = preview_class_list(desk, school_year="2026-2027", class_group="6A1", content=LIST)
    dung = Pupil(pupil_id=DIEP, code=NEW_PUPIL[0], family_name="Đỗ", given_name="Dũng")
    desk.people.register_pupils([dung])
    desk.people.enrol("2026-2027", "6A1", [dung.pupil_id])
    confirm_class_list(desk, KHOA.author, plan=preview.plan, command_id=CommandId(uuid4()))
    assert desk.ledger.sheet(SHEET).numbers[dung.pupil_id] == 4


def test_a_teacher_changes_no_class_list(desk: Desk) -> None:
    preview = preview_class_list(desk, school_year="2026-2027", class_group="6A1", content=LIST)
    with pytest.raises(NotForYourRole):
        confirm_class_list(desk, LAN.author, plan=preview.plan, command_id=CommandId(uuid4()))
    assert not desk.people.pupils_by_code([NEW_PUPIL[0]])


def test_nobody_is_brought_back_to_a_sheet_by_a_list(desk: Desk) -> None:
    desk.handle(KHOA.removes_pupil(AN))
    preview = preview_class_list(desk, school_year="2026-2027", class_group="6A1", content=LIST)
    confirm_class_list(desk, KHOA.author, plan=preview.plan, command_id=CommandId(uuid4()))
    assert AN in desk.ledger.sheet(SHEET).left
