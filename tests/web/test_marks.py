"""Marks as people type and read them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.vocabulary import MARKS, Mark
from web.marks import shown_mark, typed_mark


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("8", "8.0"),
        ("8,5", "8.5"),
        ("8.5", "8.5"),
        ("7 ,5", "7.5"),
        ("7 , 5", "7.5"),
        (" 8,0 ", "8.0"),
        ("\u00a08,0\u00a0", "8.0"),
        ("08", "8.0"),
        ("0", "0.0"),
        ("0,0", "0.0"),
        ("10", "10.0"),
        ("10,0", "10.0"),
        ("Đ", "passed"),
        ("đ", "passed"),
        ("CĐ", "not-passed"),
        ("cđ", "not-passed"),
        ("Đạt", "passed"),
        (unicodedata.normalize("NFD", "Đạt"), "passed"),
        ("Chưa đạt", "not-passed"),
        ("0*", "zero-by-rule"),
        ("v", "awaiting-make-up"),
        ("Vắng", "awaiting-make-up"),
        ("m", "exempt"),
        ("MG", "exempt"),
        ("miễn", "exempt"),
        ("KĐG", "not-assessed"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_what_a_teacher_types(typed: str, stored: str) -> None:
    assert typed_mark(typed) is Mark.of(stored)


@pytest.mark.parametrize(
    "typed",
    [
        *("85", "10,1", "11", "100", "-1", "+8", "8,25", "8.50", "8,", ",5", "8,5,0", "8'5", "1e1"),
        *("D", "d", "CD", "x", "?", "0**", "8 5", "8;5", "٨", "８", "1/2", "NaN", "v8", "null"),
        "2026-08-05",
    ],
)
def test_what_nobody_means_by_a_mark(typed: str) -> None:
    with pytest.raises(ValueError, match="mark"):
        typed_mark(typed)


@pytest.mark.parametrize("mark", MARKS.values(), ids=str)
def test_what_is_shown_may_be_typed(mark: Mark) -> None:
    shown = shown_mark(mark)
    assert typed_mark(shown) is mark
    assert typed_mark(f" {shown.lower()} ") is mark
    assert unicodedata.is_normalized("NFC", shown)


def test_no_two_marks_look_alike() -> None:
    assert len({shown_mark(mark) for mark in MARKS.values()}) == len(MARKS)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("8.0", "8"),
        ("8.5", "8,5"),
        ("10.0", "10"),
        ("0.0", "0"),
        ("passed", "Đ"),
        ("not-passed", "CĐ"),
        ("zero-by-rule", "0*"),
        ("awaiting-make-up", "V"),
        ("exempt", "MG"),
        ("not-assessed", "KĐG"),
        ("", ""),
    ],
)
def test_what_a_teacher_reads(stored: str, shown: str) -> None:
    assert shown_mark(Mark.of(stored)) == shown


@given(st.text(max_size=12))
def test_any_text_is_a_mark_or_a_value_error(text: str) -> None:
    try:
        mark = typed_mark(text)
    except ValueError:
        return
    assert MARKS[mark.text] is mark
