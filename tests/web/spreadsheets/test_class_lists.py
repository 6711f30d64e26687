"""Class lists beside the year: who is new, who joins, what differs, and what is wrong."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from ledger.people import Gender, Pupil
from ledger.school.facts import SemesterFrame, YearPlanned
from ledger.school.policy import SEED_REGULATION
from ledger.school.year import ClassOfYear, ClassPlace, Year
from ledger.vocabulary import PupilId
from tests.web.spreadsheets.workbooks import (
    PUPILS,
    Draw,
    class_list,
    ha_noi,
    sector_list,
    simple_list,
    table,
    workbook,
)
from web.spreadsheets.class_lists import ClassesNow, ClassListsPreview, ListStanding
from web.spreadsheets.layouts import candidates, read_table
from web.spreadsheets.reader import read_workbook
from web.spreadsheets.reading_class_lists import class_lists_preview

SUMMER = date(2026, 8, 20)
FRAMES = (
    SemesterFrame(first=date(2026, 9, 7), last=date(2027, 1, 10)),
    SemesterFrame(first=date(2027, 1, 18), last=date(2027, 5, 25)),
)
PLANNED = YearPlanned(school_year="2026-2027", semesters=FRAMES, policy=SEED_REGULATION)
BORN = date(2015, 8, 5)


def known(number: int, family_name: str, given_name: str, **more: object) -> Pupil:
    return Pupil.model_validate(
        {
            "pupil_id": PupilId(UUID(int=number)),
            "code": f"010000000{number}",
            "family_name": family_name,
            "given_name": given_name,
            **more,
        }
    )


def year(classes: Mapping[str, list[Pupil]] | None = None) -> Year:
    """A planned year; the classes have these lists."""
    groups = {
        name: ClassOfYear(
            grade=int(name[0]),
            places={pupil.pupil_id: ClassPlace(n, SUMMER) for n, pupil in enumerate(pupils, 1)},
        )
        for name, pupils in (classes or {"6A1": []}).items()
    }
    return Year(planned=PLANNED, classes=groups)


def now(of: Year, *pupils: Pupil) -> ClassesNow:
    return ClassesNow(of, {pupil.code: pupil for pupil in pupils})


EMPTY = now(year())


def preview(
    *draws: Draw, now: ClassesNow = EMPTY, wanted: str = "", names: tuple[str, ...] = ("Sheet1",)
) -> ClassListsPreview:
    found = candidates(read_workbook(workbook(*draws, names=names)), with_scores=False)
    return class_lists_preview([read_table(each) for each in found], now, wanted=wanted)


def problems_of(shown: ClassListsPreview) -> list[tuple[str, str]]:
    assert all(problem.sentence for problem in (*shown.errors, *shown.warnings))
    return [(problem.code, problem.cell) for problem in shown.errors]


def given_names(shown: ClassListsPreview) -> dict[str, list[str]]:
    return {
        each.class_group: [pupil.given_name for pupil in each.pupils] for each in shown.plan.classes
    }


@pytest.mark.parametrize("draw", [class_list(), ha_noi()])
def test_a_first_list_is_all_new_with_birth_dates(draw: Draw) -> None:
    shown = preview(draw)
    assert shown.counts == {ListStanding.NEW: 3}
    assert [pupil.birth_date for pupil in shown.plan.classes[0].pupils] == [BORN] * 3


def test_a_file_that_names_no_class_is_about_the_class_that_is_wanted() -> None:
    assert problems_of(preview(simple_list()))[0] == ("class-missing", "C2")
    assert given_names(preview(simple_list(), wanted="6A1")) == {"6A1": ["An", "Bảo", "Chi"]}


def test_a_worksheet_is_named_by_its_class() -> None:
    other = simple_list((("0100000007", "Vũ Minh", "Khôi"),))
    shown = preview(
        simple_list(), other, now=now(year({"6A1": [], "6A2": []})), names=("6A1", "6A2")
    )
    assert given_names(shown) == {"6A1": ["An", "Bảo", "Chi"], "6A2": ["Khôi"]}
    assert shown.new_classes == []


MANY = sector_list(
    [
        ("6A2", "0100000004", "Lê Văn Đức", "42221", "Nam", "Kinh", "", "Đang học"),
        ("6A1", "0100000005", "Trần Thị Ân", "05/08/2015", "Nữ", "Tày", "Khiếm thị", "Đang học"),
        ("6A2", "0100000006", "Bùi Thị An", "2015-08-05", "Nữ", "Kinh", "Không", "Đang học"),
        ("7B", "0100000007", "Đỗ Hoàng Dũng", "05-08-2015", "Nam", "", "", "Chuyển trường"),
    ]
)


def test_one_file_has_many_classes_each_in_vietnamese_order() -> None:
    shown = preview(MANY)
    assert not shown.errors
    assert given_names(shown) == {"6A2": ["An", "Đức"], "6A1": ["Ân"]}
    assert shown.new_classes == ["6A2", "7B"]
    pupils = [pupil for each in shown.plan.classes for pupil in each.pupils]
    assert {pupil.birth_date for pupil in pupils} == {BORN}


def test_what_reports_count_by_is_taken_and_nothing_else() -> None:
    shown = preview(MANY)
    an_with_circumflex = shown.plan.classes[1].pupils[0]
    assert an_with_circumflex.gender is Gender.FEMALE
    assert an_with_circumflex.ethnicity == "Tày"
    assert an_with_circumflex.has_disability
    assert shown.unread == ("Nơi sinh", "Nghề nghiệp cha")
    assert "An Biên" not in shown.plan.model_dump_json()
    assert "Công nhân" not in shown.plan.model_dump_json()


def test_who_does_not_attend_is_left_out_and_named() -> None:
    shown = preview(MANY)
    left_out = [row for row in shown.rows if row.standing is ListStanding.LEFT_OUT]
    assert [row.name for row in left_out] == ["Đỗ Hoàng Dũng"]
    assert left_out[0].problem
    assert "Chuyển trường" in left_out[0].problem.sentence


def test_known_pupils_newcomers_and_missing_ones_are_told_apart() -> None:
    here, elsewhere = known(1, "Nguyễn Hoài", "An"), known(2, "Trần Quốc", "Bảo")
    missing = known(9, "Đinh Gia", "Phát")
    shown = preview(class_list(), now=now(year({"6A1": [here, missing]}), here, elsewhere, missing))
    assert [row.standing for row in shown.rows] == ["listed", "joins", "new"]
    assert shown.classes[0].missing == (missing,)
    assert shown.can_be_confirmed


def test_what_the_directory_says_otherwise_is_a_difference_with_its_cell() -> None:
    other = known(1, "Nguyễn Hoài", "Anh", birth_date=date(2015, 8, 6), gender=Gender.MALE)
    shown = preview(class_list(), now=now(year(), other))
    (difference,) = shown.differences
    assert (difference.code, difference.cell) == ("0100000001", "C5")
    assert [(one.what, one.known, one.found) for one in difference.differs] == [
        ("name", "Nguyễn Hoài Anh", "Nguyễn Hoài An"),
        ("birth-date", "06/08/2015", "05/08/2015"),
    ]


def test_another_spelling_of_the_same_sound_and_what_is_not_known_yet_do_not_differ() -> None:
    same = known(3, "Lý Thị", "Hòa")
    draw = sector_list([("6A1", same.code, "Lí Thị Hoà", "05/08/2015", "Nữ")])
    assert not preview(draw, now=now(year(), same)).differences


def test_a_pupil_of_another_class_is_not_moved_by_a_file() -> None:
    an = known(1, "Nguyễn Hoài", "An")
    shown = preview(class_list(), now=now(year({"6A1": [], "6A2": [an]}), an))
    assert problems_of(shown) == [("pupil-in-other-class", "B5")]
    assert "trang chuyển lớp" in shown.errors[0].sentence
    assert not shown.can_be_confirmed


def test_who_left_the_class_is_not_brought_back_by_a_file() -> None:
    an = known(1, "Nguyễn Hoài", "An")
    left = ClassOfYear(grade=6, places={an.pupil_id: ClassPlace(1, SUMMER, until=SUMMER)})
    shown = preview(class_list(), now=now(replace(year(), classes={"6A1": left}), an))
    assert shown.counts == {ListStanding.NEW: 2, ListStanding.LEFT_OUT: 1}
    assert given_names(shown) == {"6A1": ["Bảo", "Chi"]}


def test_a_code_that_lost_its_zeros_is_found_and_a_new_one_is_asked_about() -> None:
    an = known(1, "Nguyễn Hoài", "An")
    rows = [
        ("6A1", *pupil)
        for pupil in (("0100000001", "Nguyễn Hoài An", ""), ("0200000001", "Vũ Minh Khôi", ""))
    ]
    shown = preview(sector_list(rows, numeric_codes=True), now=now(year(), an))
    assert [(row.standing, row.code) for row in shown.rows] == [
        ("joins", "0100000001"),
        ("new", "200000001"),
    ]
    assert [problem.code for problem in shown.warnings] == ["codes-are-numbers"]


def test_a_code_in_two_classes_of_a_file_stops_it_and_both_places_are_told() -> None:
    shown = preview(class_list(), class_list(PUPILS[:1]), names=("một", "hai"))
    assert problems_of(shown) == [("code-twice", "hai!B5")]
    assert "một!B5" in shown.errors[0].sentence


@pytest.mark.parametrize(
    ("draw", "code", "cell"),
    [
        (class_list((*PUPILS, PUPILS[0])), "code-twice", "B8"),
        (class_list((("1" * 21, "Vũ Minh", "Khôi"),)), "code-too-long", "B5"),
        (class_list((("0100000001", "", "Khôi"),)), "name-unreadable", "C5"),
        (class_list(title="DANH SÁCH HỌC SINH LỚP 6A2"), "row-of-other-class", "W5"),
        (class_list(title="LỚP 6A1 NĂM HỌC 2025-2026"), "list-of-other-year", "A1"),
        (
            sector_list([("Chờ xếp lớp", "0100000001", "Vũ Minh Khôi", "")]),
            "class-unreadable",
            "B2",
        ),
        (
            sector_list([("6A1", "0100000001", "Vũ Minh Khôi", "", "X")]),
            "gender-unreadable",
            "F2",
        ),
        (
            sector_list([("6A1", "0100000001", "Vũ Minh Khôi", "tháng 8")]),
            "birth-date-unreadable",
            "E2",
        ),
    ],
)
def test_one_wrong_cell_and_nothing_can_be_confirmed(draw: Draw, code: str, cell: str) -> None:
    shown = preview(draw)
    assert problems_of(shown)[0] == (code, cell)
    assert not shown.can_be_confirmed


def test_a_file_about_another_class_than_the_wanted_one_is_stopped() -> None:
    assert problems_of(preview(class_list(), wanted="6A2"))[0] == ("list-of-other-class", "W5")


def test_no_class_has_more_than_a_hundred_pupils() -> None:
    crowd = [(f"{number:010}", "Vũ Minh", "Khôi") for number in range(101)]
    assert problems_of(preview(class_list(crowd))) == [("class-too-large", "")]


def test_the_code_column_is_the_one_the_directory_knows() -> None:
    citizen = known(1, "Nguyễn Hoài", "An").model_copy(update={"code": "031215000000"})
    shown = preview(class_list(), now=now(year(), citizen))
    assert shown.rows[0].standing is ListStanding.JOINS


def test_the_row_that_shows_how_to_fill_in_is_nobody() -> None:
    head = ("STT", "Mã học sinh", "Họ và tên", "Lớp")
    draw = table(head, ("Ví dụ", "1", "Nguyễn Văn A", "6A1"), (1, "2", "Vũ Minh Khôi", "6A1"))
    assert given_names(preview(draw)) == {"6A1": ["Khôi"]}
