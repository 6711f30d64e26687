"""Which subjects a grade has in a year, how they are assessed and how many lessons they take."""

import pytest

from ledger.school.subjects import PROGRAMME, PROGRAMME_2006, Programme, programme_for
from ledger.vocabulary import SubjectKind


def by_comment(programme: Programme) -> set[str]:
    return {code for code, each in programme.items() if each.kind is SubjectKind.COMMENT}


def test_the_programme_of_2018_has_eight_subjects_with_marks_and_four_with_comments() -> None:
    assert by_comment(PROGRAMME) == {
        "giao-duc-the-chat",
        "nghe-thuat",
        "hoat-dong-trai-nghiem",
        "giao-duc-dia-phuong",
    }
    assert len(PROGRAMME) == 12


def test_the_programme_before_it_has_comments_for_arts_and_sports_only() -> None:
    assert by_comment(PROGRAMME_2006) == {"am-nhac", "mi-thuat", "the-duc"}
    assert len(PROGRAMME_2006) == 14
    assert [code for code, each in PROGRAMME_2006.items() if each.optional] == ["tin-hoc"]


@pytest.mark.parametrize("programme", [PROGRAMME, PROGRAMME_2006], ids=["2018", "2006"])
def test_a_subject_is_found_by_its_own_code(programme: Programme) -> None:
    assert {code: subject.code for code, subject in programme.items()} == {
        code: code for code in programme
    }


def test_technology_takes_more_lessons_in_the_upper_grades() -> None:
    lessons = [PROGRAMME["cong-nghe"].lessons_in(grade) for grade in (6, 7, 8, 9)]
    assert lessons == [35, 35, 52, 52]


def test_the_lessons_of_a_grade_add_up_to_the_total_of_the_programme_of_2018() -> None:
    totals = [sum(each.lessons_in(grade) for each in PROGRAMME.values()) for grade in (6, 7, 8, 9)]
    assert totals == [1015, 1015, 1032, 1032]


def test_chemistry_began_in_grade_8() -> None:
    assert [PROGRAMME_2006["hoa-hoc"].lessons_in(grade) for grade in (6, 7, 8, 9)] == [0, 0, 70, 70]


@pytest.mark.parametrize("grade", [5, 10])
def test_other_schools_have_other_programmes(grade: int) -> None:
    with pytest.raises(ValueError, match="grades 6 to 9"):
        PROGRAMME["toan"].lessons_in(grade)
    with pytest.raises(ValueError, match="grades 6 to 9"):
        programme_for("2026-2027", grade)


@pytest.mark.parametrize(
    ("grade", "last_year_before", "first_year"),
    [
        (6, "2020-2021", "2021-2022"),
        (7, "2021-2022", "2022-2023"),
        (8, "2022-2023", "2023-2024"),
        (9, "2023-2024", "2024-2025"),
    ],
)
def test_the_programme_of_2018_came_one_grade_a_year(
    grade: int, last_year_before: str, first_year: str
) -> None:
    assert programme_for(last_year_before, grade) is PROGRAMME_2006
    assert programme_for(first_year, grade) is PROGRAMME


def test_a_school_year_that_is_none_has_no_programme() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        programme_for("năm nay", 6)
