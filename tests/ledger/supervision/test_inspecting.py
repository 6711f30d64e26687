"""The monthly inspection of the book of a class, and its remark."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ledger.refusal import NotForYourRole
from ledger.school.refusals import NoSuchClass, YearNotPlanned
from ledger.school.year import NO_YEAR_YET
from ledger.supervision import facts, refusals
from ledger.supervision.commands import RemarkInspection
from ledger.supervision.rules import months_of
from tests.every_school_fact import YEAR_NAME
from tests.ledger.supervision.story import KNOWN, asks, given
from tests.school import DUC, HOA, KHOA, LAN, LATER, MAI, NGOC, TUAN, Voice

REMARK = "Vào điểm đúng kế hoạch, sĩ số không đổi"
OCTOBER = facts.InspectionRemarked(class_group="6A1", month="2026-10", remark=REMARK)


def remarks(
    voice: Voice, *, class_group: str = "6A1", month: str = "2026-10", remark: str = REMARK
) -> RemarkInspection:
    return asks(voice, RemarkInspection, class_group=class_group, month=month, remark=remark)


@pytest.mark.parametrize("voice", [DUC, NGOC])
def test_vice_principal_and_principal_write_remarks(voice: Voice) -> None:
    given().when(remarks(voice)).then(OCTOBER)


@pytest.mark.parametrize("voice", [LAN, HOA, KHOA, MAI, TUAN])
def test_nobody_else_does(voice: Voice) -> None:
    given().when(remarks(voice)).then_refused(NotForYourRole)


def test_a_past_month_may_still_be_inspected() -> None:
    given().when(remarks(DUC, month="2026-09")).then(
        OCTOBER.model_copy(update={"month": "2026-09"})
    )


def test_the_same_remark_again_is_nothing_new() -> None:
    given(DUC.wrote(OCTOBER)).when(remarks(DUC.at(LATER))).then()


def test_a_second_remark_stands_beside_the_first() -> None:
    other = OCTOBER.model_copy(update={"remark": "Đã vào đủ điểm giữa kì"})
    story = given(DUC.wrote(OCTOBER))
    story.when(remarks(DUC, remark=other.remark)).then(other)
    story.when(remarks(NGOC)).then(OCTOBER)


def test_a_month_begins_in_viet_nam() -> None:
    evening_before = datetime(2026, 10, 31, 16, 59, tzinfo=UTC)
    midnight = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)
    november = remarks(DUC.at(midnight), month="2026-11")
    given().when(november).then(OCTOBER.model_copy(update={"month": "2026-11"}))
    too_early = remarks(DUC.at(evening_before), month="2026-11")
    given().when(too_early).then_refused(refusals.MonthNotBegun, month="2026-11")


@pytest.mark.parametrize("month", ["2026-08", "2027-06"])
def test_a_month_without_a_day_of_the_year_is_refused(month: str) -> None:
    given().when(remarks(DUC, month=month)).then_refused(refusals.MonthOutsideYear, month=month)


def test_a_year_has_the_months_from_its_first_to_its_last_day() -> None:
    months = months_of(KNOWN.years[YEAR_NAME])
    assert (months[0], months[3], months[4], months[-1]) == (
        *("2026-09", "2026-12", "2027-01", "2027-05"),
    )
    assert len(months) == 9


def test_refusals_come_in_order() -> None:
    wrong_in_all = remarks(LAN, class_group="9A9", month="2030-01")
    unplanned = given(known=replace(KNOWN, years={YEAR_NAME: NO_YEAR_YET}))
    unplanned.when(wrong_in_all).then_refused(NotForYourRole)
    wrong = wrong_in_all.model_copy(update={"by": DUC.author})
    unplanned.when(wrong).then_refused(YearNotPlanned, school_year=YEAR_NAME)
    given().when(wrong).then_refused(NoSuchClass, class_group="9A9")
    known_class = wrong.model_copy(update={"class_group": "6A1"})
    given().when(known_class).then_refused(refusals.MonthOutsideYear)
