"""Which circular a year and a grade fall under."""

import pytest

from ledger.circulars.choosing import CIRCULARS, circular_for


@pytest.mark.parametrize(
    ("school_year", "codes"),
    [  # by grade, from 6 to 12
        ("2011-2012", "tt58 tt58 tt58 tt58 tt58 tt58 tt58"),
        ("2019-2020", "tt58 tt58 tt58 tt58 tt58 tt58 tt58"),
        ("2020-2021", "tt58-tt26 tt58-tt26 tt58-tt26 tt58-tt26 tt58-tt26 tt58-tt26 tt58-tt26"),
        ("2021-2022", "tt22 tt58-tt26 tt58-tt26 tt58-tt26 tt58-tt26 tt58-tt26 tt58-tt26"),
        ("2022-2023", "tt22 tt22 tt58-tt26 tt58-tt26 tt22 tt58-tt26 tt58-tt26"),
        ("2023-2024", "tt22 tt22 tt22 tt58-tt26 tt22 tt22 tt58-tt26"),
        ("2024-2025", "tt22 tt22 tt22 tt22 tt22 tt22 tt22"),
        ("2026-2027", "tt22 tt22 tt22 tt22 tt22 tt22 tt22"),
        ("2099-2100", "tt22 tt22 tt22 tt22 tt22 tt22 tt22"),
    ],
)
def test_a_year_and_a_grade_have_one_circular(school_year: str, codes: str) -> None:
    assert [circular_for(school_year, grade).code for grade in range(6, 13)] == codes.split()


@pytest.mark.parametrize(
    "school_year",
    [
        *("2010-2011", "1999-2000", "2026", "2026-2028", "2027-2026", "26-27", ""),
        *("2026–2027", " 2026-2027", "2026-2027\n", "２０２６-２０２７"),
    ],
)
def test_a_year_that_is_none_is_refused(school_year: str) -> None:
    with pytest.raises(ValueError, match=r"school year|no circular"):
        circular_for(school_year, 6)


@pytest.mark.parametrize("grade", [0, 5, 13])
def test_a_grade_that_is_none_is_refused(grade: int) -> None:
    with pytest.raises(ValueError, match="no such grade"):
        circular_for("2026-2027", grade)


def test_codes_are_permanent() -> None:
    assert {code: circular.code for code, circular in CIRCULARS.items()} == {
        "tt58": "tt58",
        "tt58-tt26": "tt58-tt26",
        "tt22": "tt22",
    }
