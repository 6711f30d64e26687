"""Class lists from a file to the year and its open sheets, on both databases."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from ledger.people import Gender, Pupil
from ledger.refusal import NotForYourRole
from ledger.school import commands
from ledger.school.refusals import PupilInAnotherClass, YearNotPlanned
from ledger.vocabulary import CommandId
from tests.school import AN, BAO, CHI, DIEP, KHOA, LAN, SHEET
from tests.web.spreadsheets import school as schools
from tests.web.spreadsheets.school import YEAR, form_class, listed, tell
from tests.web.spreadsheets.workbooks import PUPILS, class_list, sector_list, workbook
from web.desk import Desk
from web.settings import Settings
from web.spreadsheets.class_list_import import (
    Recorded,
    confirm_class_lists,
    has_differences,
    preview_class_lists,
)
from web.spreadsheets.listed_pupils import ClassListsPlan

NEW_PUPIL = ("0100000004", "Đỗ Hoàng", "Anh")
LIST = workbook(class_list((*PUPILS, NEW_PUPIL)))
ROWS = [
    ("6A2", "0100000011", "Lê Văn Đức", "42221", "Nam", "Kinh"),
    ("6A1", "0100000001", "Nguyễn Hoài An", "05/08/2015", "Nữ", "Tày"),
    ("6A2", "0100000012", "Trần Thị Ân", "", "Nữ", ""),
    ("6A1", "0100000004", "Đỗ Hoàng Anh", "", "Nam", ""),
]

Opened = Callable[[Settings], Desk]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url, tmp_path)


@pytest.fixture
def opened(settings: Settings) -> Iterator[Desk]:
    """Give a school whose first semester is open."""
    desk = schools.school(settings)
    yield desk
    desk.engine.dispose()


@pytest.fixture
def planned(settings: Settings) -> Iterator[Desk]:
    """Give a school whose year has the class 6A1, and no semester open."""
    desk = schools.school_before_the_year(settings)
    form_class(desk, "6A1", [CHI, AN])
    yield desk
    desk.engine.dispose()


def plan_of(desk: Desk, content: bytes) -> ClassListsPlan:
    preview = preview_class_lists(desk, school_year=YEAR, content=content)
    assert not preview.errors
    return preview.plan


def confirm(
    desk: Desk,
    plan: ClassListsPlan,
    *,
    take: tuple[str, ...] = (),
    command_id: CommandId | None = None,
) -> Recorded:
    own_id = command_id or CommandId(uuid4())
    return confirm_class_lists(desk, KHOA.author, plan=plan, take=take, command_id=own_id)


def test_before_the_year_a_list_is_sorted_whole_and_who_was_listed_stays(planned: Desk) -> None:
    assert listed(planned, "6A1") == ["Chi", "An"]
    assert confirm(planned, plan_of(planned, workbook(sector_list(ROWS)))) == (2, 3)
    assert listed(planned, "6A1") == ["An", "Anh", "Chi"]
    assert listed(planned, "6A2") == ["Ân", "Đức"]
    assert planned.ledger.year(YEAR).classes["6A2"].grade == 6


def test_many_classes_are_one_append(planned: Desk) -> None:
    before = planned.ledger.recorder.head().position
    confirm(planned, plan_of(planned, workbook(sector_list(ROWS))))
    lines = planned.ledger.recorder.select_notifications(before + 1, 10)
    assert len(lines) == 3  # a class formed, two lists


def test_after_the_opening_newcomers_go_to_the_end_and_into_the_sheets(opened: Desk) -> None:
    assert confirm(opened, plan_of(opened, LIST)) == (1, 1)
    assert listed(opened, "6A1") == ["An", "Bảo", "Chi", "Anh"]
    newcomer = opened.people.pupils_by_code([NEW_PUPIL[0]])[NEW_PUPIL[0]].pupil_id
    assert opened.ledger.sheet(SHEET).numbers[newcomer] == 4


def test_confirmed_twice_it_happens_once(opened: Desk) -> None:
    plan, command_id = plan_of(opened, LIST), CommandId(uuid4())
    assert confirm(opened, plan, command_id=command_id) == (1, 1)
    assert confirm(opened, plan, command_id=command_id) == (0, 0)
    assert confirm(opened, plan) == (0, 0)
    assert len(listed(opened, "6A1")) == 4


def test_interrupted_before_the_year_knew_it_is_completed_when_confirmed_again(
    opened: Desk,
) -> None:
    plan = plan_of(opened, LIST)
    anh = plan.classes[0].pupils[1]
    assert anh.code == NEW_PUPIL[0]
    opened.people.register_pupils([Pupil(pupil_id=DIEP, **anh.model_dump())])
    assert confirm(opened, plan) == (1, 1)
    assert opened.ledger.sheet(SHEET).numbers[DIEP] == 4


def test_what_is_missing_is_completed_and_what_differs_is_kept_unless_it_is_taken(
    opened: Desk,
) -> None:
    an, bao, _ = opened.people.pupils([AN, BAO, CHI]).values()
    opened.people.change_pupils(
        each.model_copy(update={"given_name": "Ánh", "birth_date": date(2014, 1, 1)})
        for each in (an, bao)
    )
    plan = plan_of(
        opened,
        workbook(sector_list([*ROWS[1:2], ("6A1", "0100000002", "Trần Quốc Bảo", "05/08/2015")])),
    )
    assert has_differences(opened, plan)
    confirm(opened, plan, take=("0100000002",))
    known = opened.people.pupils([AN, BAO])
    assert known[AN].full_name == "Nguyễn Hoài Ánh"
    assert known[AN].birth_date == date(2014, 1, 1)
    assert (known[AN].gender, known[AN].ethnicity) == (Gender.FEMALE, "Tày")
    assert known[BAO].full_name == "Trần Quốc Bảo"
    assert known[BAO].birth_date == date(2015, 8, 5)


def test_who_was_put_into_another_class_meanwhile_stops_it_all(planned: Desk) -> None:
    plan = plan_of(planned, workbook(class_list()))
    form_class(planned, "6A2", [BAO])
    before = planned.ledger.recorder.head().position
    with pytest.raises(PupilInAnotherClass):
        confirm(planned, plan)
    assert planned.ledger.recorder.head().position == before


def test_who_left_is_not_brought_back(opened: Desk) -> None:
    tell(opened, commands.LeaveSchool, pupil=AN, until=schools.FIRST_DAY, reason="Chuyển trường")
    confirm(opened, plan_of(opened, LIST))
    assert listed(opened, "6A1") == ["Bảo", "Chi", "Anh"]
    assert AN in opened.ledger.sheet(SHEET).left


def test_a_teacher_changes_no_class_list_and_nobody_is_registered(opened: Desk) -> None:
    plan = plan_of(opened, LIST)
    with pytest.raises(NotForYourRole):
        confirm_class_lists(opened, LAN.author, plan=plan, take=(), command_id=CommandId(uuid4()))
    assert not opened.people.pupils_by_code([NEW_PUPIL[0]])


def test_a_year_that_is_not_planned_takes_no_file(opened: Desk) -> None:
    with pytest.raises(YearNotPlanned):
        preview_class_lists(opened, school_year="2031-2032", content=LIST)
