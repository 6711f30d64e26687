"""Files about a restricted pupil: marks go on being entered, and nothing that is kept is told."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from ledger.privacy.commands import RestrictPersonalData
from ledger.vocabulary import CommandId
from tests.school import AN, KHOA, LAN, NOW, SHEET
from tests.web.spreadsheets.school import YEAR, school
from tests.web.spreadsheets.workbooks import PUPILS, class_list, sector_list, vnedu, workbook
from web.desk import Desk
from web.settings import Settings
from web.spreadsheets.class_list_import import (
    confirm_class_lists,
    has_differences,
    preview_class_lists,
)
from web.spreadsheets.importing import preview_scores

HIDDEN = "Học sinh đã hạn chế xử lí #000101"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a school whose An is restricted, with a birth date of her own."""
    desk = school(Settings.in_folder(tmp_path))
    (an,) = desk.people.pupils([AN]).values()
    desk.people.change_pupils([an.model_copy(update={"birth_date": date(2014, 1, 1)})])
    asked = {"command_id": CommandId(uuid4()), "by": KHOA.author, "at": NOW}
    desk.handle(RestrictPersonalData.model_validate({**asked, "pupil": AN, "reason": "Đơn xin"}))
    yield desk
    desk.engine.dispose()


def test_marks_are_matched_by_the_code_and_the_name_as_ever(desk: Desk) -> None:
    preview = preview_scores(desk, LAN.author, sheet_id=SHEET, content=workbook(vnedu()))
    assert not preview.errors
    assert AN in {entry.pupil for entry in preview.entries}


def test_a_file_that_misses_or_misnames_the_pupil_is_not_told_the_name(desk: Desk) -> None:
    others = workbook(vnedu(pupils=PUPILS[1:]))
    (missing,) = preview_scores(desk, LAN.author, sheet_id=SHEET, content=others).warnings
    assert missing.details["names"] == HIDDEN
    another = workbook(vnedu(pupils=((PUPILS[0][0], "Đỗ Thị", "Sen"), *PUPILS[1:])))
    (note,) = (
        row.note
        for row in preview_scores(desk, LAN.author, sheet_id=SHEET, content=another).rows
        if row.note
    )
    assert note.details["expected"] == HIDDEN


def test_a_class_list_tells_no_difference_and_changes_nothing(desk: Desk) -> None:
    code, family, given = PUPILS[0]
    row = ("6A1", code, f"{family} {given} Nhiên", "05/08/2015", "Nữ", "Tày")
    content = workbook(sector_list([row]))
    preview = preview_class_lists(desk, school_year=YEAR, content=content)
    assert not preview.errors
    assert not preview.differences
    assert not has_differences(desk, preview.plan)
    before = desk.people.pupils([AN])
    confirm_class_lists(
        desk, KHOA.author, plan=preview.plan, take=(code,), command_id=CommandId(uuid4())
    )
    assert desk.people.pupils([AN]) == before


def test_a_class_list_without_the_pupil_tells_the_tag_alone(desk: Desk) -> None:
    content = workbook(class_list(PUPILS[1:]))
    preview = preview_class_lists(desk, school_year=YEAR, content=content)
    (group,) = preview.classes
    assert [pupil.full_name for pupil in group.missing] == [HIDDEN]
