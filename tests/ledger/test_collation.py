"""Vietnamese alphabetical order, as class lists have it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ledger.collation import class_list_order, vietnamese_order


def in_order(*words: str) -> bool:
    return sorted(words, key=vietnamese_order) == list(words)


def test_letters_stand_in_the_order_of_the_alphabet() -> None:
    assert in_order("An", "Ăn", "Ân", "Bình", "Cúc", "Dung", "Đức", "Em", "Ên")
    assert in_order("Oanh", "Ôn", "Ơn", "Phúc", "Uyên", "Ưng", "Vy")


def test_tones_decide_between_equal_letters_alone() -> None:
    assert in_order("ma", "mà", "mả", "mã", "má", "mạ")
    assert in_order("Hạ", "Hai", "Hải", "Hái", "Hân")
    assert in_order("Tú", "Tuấn", "Tùng")


def test_d_and_dd_are_two_letters() -> None:
    assert in_order("Dũng", "Dương", "Đan", "Đông", "Giang")


def test_a_shorter_name_comes_first() -> None:
    assert in_order("An", "An Bình", "Anh")


def test_case_and_composition_make_no_difference() -> None:
    name = "Nguyễn Thị Hường"
    for other in (name.upper(), name.lower(), unicodedata.normalize("NFD", name)):
        assert vietnamese_order(other) == vietnamese_order(name)


def test_a_class_list_goes_by_given_name_and_then_by_family_name() -> None:
    pupils = [
        ("Bình", "Lê Văn"),
        ("An", "Vũ Thị"),
        ("Ân", "Bùi"),
        ("An", "Đỗ Gia"),
        ("An", "Dương Gia"),
    ]
    assert sorted(pupils, key=lambda pupil: class_list_order(*pupil)) == [
        ("An", "Dương Gia"),
        ("An", "Đỗ Gia"),
        ("An", "Vũ Thị"),
        ("Ân", "Bùi"),
        ("Bình", "Lê Văn"),
    ]


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_two_texts_have_an_order(one: str, other: str) -> None:
    first, second = vietnamese_order(one), vietnamese_order(other)
    assert (first < second) + (second < first) + (first == second) == 1


def test_a_tone_without_a_letter_is_no_accident() -> None:
    assert vietnamese_order("\u0301") < vietnamese_order("a")
