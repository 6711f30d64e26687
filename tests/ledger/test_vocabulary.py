"""The words of a school: what a mark is, which columns a sheet has, what a reason may be."""

import unicodedata
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from ledger.vocabulary import (
    BLANK,
    MARKS,
    Author,
    Column,
    Mark,
    MarkState,
    Reason,
    Role,
    Sha256,
    SubjectKind,
    columns_of,
    sheet_id_of,
)
from tests.school import LAN, MAI


def test_there_are_101_scores_and_seven_other_marks() -> None:
    scores = [mark for mark in MARKS.values() if mark.score is not None]
    assert [mark.score for mark in scores] == [Decimal(n) / 10 for n in range(101)]
    others = {mark.text: mark.state for mark in MARKS.values() if mark.score is None}
    assert others == {
        "": MarkState.BLANK,
        "passed": MarkState.SCORED,
        "not-passed": MarkState.SCORED,
        "zero-by-rule": MarkState.ZERO_BY_RULE,
        "awaiting-make-up": MarkState.AWAITING_MAKE_UP,
        "exempt": MarkState.EXEMPT,
        "not-assessed": MarkState.NOT_ASSESSED,
    }


@pytest.mark.parametrize("mark", MARKS.values(), ids=str)
def test_a_mark_is_one_object_with_one_spelling(mark: Mark) -> None:
    assert Mark.of(mark.text) is mark
    adapter = TypeAdapter(Mark)
    assert adapter.validate_json(adapter.dump_json(mark)) is mark
    if mark.score is not None:
        assert mark.text == f"{mark.score:.1f}"
        assert -mark.score.as_tuple().exponent == 1  # type: ignore[operator]


@pytest.mark.parametrize(
    "text",
    [
        "8",
        "8.50",
        "8.25",
        "10.1",
        "-1.0",
        "08.0",
        "8,5",
        "NaN",
        "blank",
        " ",
        "Passed",
        "đ",
        "11.0",
    ],
)
def test_what_is_no_mark(text: str) -> None:
    with pytest.raises(ValueError, match="no such mark"):
        Mark.of(text)


@pytest.mark.parametrize("value", [8.5, 8, True, None, ["8.5"], {"text": "8.5"}])
def test_a_mark_is_never_a_number_or_nothing(value: object) -> None:
    with pytest.raises((ValidationError, TypeError)):
        TypeAdapter(Mark).validate_python(value)


def test_zero_is_not_blank() -> None:
    zero, by_rule = Mark.of("0.0"), Mark.of("zero-by-rule")
    assert not zero.is_blank
    assert not zero.awaits_a_mark
    assert len({zero, by_rule, BLANK}) == 3
    assert (zero.score, by_rule.score, BLANK.score) == (Decimal("0.0"), None, None)


def test_only_a_blank_and_a_make_up_await_a_mark() -> None:
    awaiting = {mark.text for mark in MARKS.values() if mark.awaits_a_mark}
    assert awaiting == {"", "awaiting-make-up"}


def test_a_subject_holds_marks_of_its_kind() -> None:
    scored = {mark.text for mark in MARKS.values() if mark.fits(SubjectKind.SCORED)}
    comment = {mark.text for mark in MARKS.values() if mark.fits(SubjectKind.COMMENT)}
    assert set(MARKS) - scored == {"passed", "not-passed"}
    assert comment - scored == {"passed", "not-passed"}
    assert scored & comment == {"", "zero-by-rule", "awaiting-make-up", "exempt", "not-assessed"}


def test_columns_stand_in_book_order() -> None:
    assert columns_of(2) == ("regular-1", "regular-2", "midterm", "final")
    assert len(columns_of(9)) == 11
    for count in (0, 10):
        with pytest.raises(ValueError, match="regular columns"):
            columns_of(count)


@pytest.mark.parametrize("name", ["regular-0", "regular-10", "Midterm", "final ", "", "tx1"])
def test_what_is_no_column(name: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Column).validate_python(name)


def test_a_reason_says_something() -> None:
    reason = TypeAdapter(Reason)
    assert reason.validate_python("  Chấm sót câu 4 ") == "Chấm sót câu 4"
    for text in ("", "  ", "ab", " a ", "a" * 501):
        with pytest.raises(ValidationError):
            reason.validate_python(text)


def test_a_reason_is_kept_in_one_spelling() -> None:
    spelled_apart = unicodedata.normalize("NFD", "Chấm sót câu 4")
    assert TypeAdapter(Reason).validate_python(spelled_apart) == "Chấm sót câu 4"


@pytest.mark.parametrize("text", ["a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n"])
def test_what_is_no_hash(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Sha256).validate_python(text)


def test_a_class_subject_and_semester_have_one_sheet() -> None:
    parts = ("2026-2027", 1, "6A1", "toan")
    assert sheet_id_of(*parts) == sheet_id_of(*parts)
    others = {
        sheet_id_of("2027-2028", 1, "6A1", "toan"),
        sheet_id_of("2026-2027", 2, "6A1", "toan"),
        sheet_id_of("2026-2027", 1, "6A2", "toan"),
        sheet_id_of("2026-2027", 1, "6A1", "ngu-van"),
    }
    assert len(others) == 4
    assert sheet_id_of(*parts) not in others
    # Pinned: with another answer every sheet ever opened would be lost.
    assert str(sheet_id_of(*parts)) == "5b53607b-389f-5b89-b142-df69580dcf36"


def test_an_author_is_closed_and_frozen() -> None:
    author = MAI.on_behalf_of(LAN).author
    assert author.role is Role.SECRETARY
    with pytest.raises(ValidationError):
        author.role = Role.PRINCIPAL  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Author.model_validate({**author.model_dump(), "name": "Trần Thị Mai"})


def test_no_mark_is_written_in_letters_that_look_alike_and_differ() -> None:
    assert all(unicodedata.is_normalized("NFC", text) and text.isascii() for text in MARKS)
