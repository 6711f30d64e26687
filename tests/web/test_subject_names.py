"""Subjects are called by name on pages, and known by the names that files give them."""

from itertools import combinations

import pytest

from ledger.school.subjects import PROGRAMME, PROGRAMME_2006, Programme
from web.spreadsheets.spelling import same_subject
from web.wording import SUBJECTS, subject_name


@pytest.mark.parametrize("code", sorted({*PROGRAMME, *PROGRAMME_2006}))
def test_every_subject_of_both_programmes_has_a_name(code: str) -> None:
    assert subject_name(code) != code


def test_a_subject_that_nobody_knows_is_shown_as_it_is() -> None:
    assert subject_name("tieng-cham") == "tieng-cham"


def test_sheets_are_opened_for_the_programme_of_2018_in_the_order_of_the_book() -> None:
    assert list(SUBJECTS) == list(PROGRAMME)
    assert [each.kind for each in SUBJECTS.values()] == [each.kind for each in PROGRAMME.values()]


@pytest.mark.parametrize("programme", [PROGRAMME, PROGRAMME_2006], ids=["2018", "2006"])
def test_no_two_subjects_of_a_programme_are_taken_for_each_other(programme: Programme) -> None:
    names = [subject_name(code) for code in programme]
    assert not [pair for pair in combinations(names, 2) if same_subject(*pair)]


@pytest.mark.parametrize(
    ("code", "in_a_file"),
    [
        ("vat-li", "VẬT LÝ"),
        ("vat-li", "Lý"),
        ("hoa-hoc", "Hoá học"),
        ("sinh-hoc", "Sinh"),
        ("lich-su", "SỬ"),
        ("dia-li", "Địa lý"),
        ("am-nhac", "Nhạc"),
        ("mi-thuat", "Mỹ thuật"),
        ("the-duc", "Thể dục"),
        ("giao-duc-the-chat", "Thể dục"),
        ("lich-su-va-dia-li", "Lịch sử và Địa lý"),
    ],
)
def test_files_may_spell_a_subject_their_own_way(code: str, in_a_file: str) -> None:
    assert same_subject(subject_name(code), in_a_file)


def test_half_a_subject_is_not_the_whole() -> None:
    assert not same_subject(subject_name("lich-su-va-dia-li"), "Lịch sử")
    assert not same_subject(subject_name("khoa-hoc-tu-nhien"), "Vật lí")
