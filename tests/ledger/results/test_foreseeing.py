"""What a correction would change, told before anybody approves it."""

from datetime import date

from ledger.circulars.outcomes import Outcome
from ledger.results.comparing import Difference, Part
from ledger.results.facts import PromotionResult, StudyResult
from ledger.results.foreseeing import consequences, consequences_of
from ledger.results.terms import Term
from ledger.school.facts import PupilChangedClass
from ledger.vocabulary import Mark, sheet_id_of
from tests.ledger.results.scenario import Book, Frame, all_marks, complete
from tests.ledger.results.summers import after_tests, approved, weak_year
from tests.school import AN, KHOA

FRAME = Frame()
TERMS = (Term.SEMESTER_1, Term.SEMESTER_2, Term.YEAR)


def foreseen(book: Book, semester: int, subject: str, **texts: str) -> list[Difference]:
    """With these marks of An in a subject's columns, dashes as _."""
    changes = {(AN, column.replace("_", "-")): Mark.of(text) for column, text in texts.items()}
    return consequences(book.records(), book.sheet_id(semester, "6A1", subject), changes)


def shown(differences: list[Difference]) -> list[tuple[str, str, str, str]]:
    return [
        (each.term.value, each.part.value, str(each.before), str(each.after))
        for each in differences
    ]


def test_a_better_mark_is_followed_from_the_semester_to_the_title() -> None:
    marks = all_marks(FRAME, "9.0", toan="8.5", ngu_van="8.5", gdcd="8.9")
    book = complete(marks=marks).approved(*TERMS)
    # (8.9 + 8.9 + 17.8 + 30) / 7 = 9.37 is 9.4; (8.9 + 2 x 9.4) / 3 = 9.23 is 9.2.
    assert shown(foreseen(book, 2, "gdcd", final="10.0")) == [
        ("semester-2", "subject", "8.9", "9.4"),
        ("year", "subject", "8.9", "9.2"),
        ("year", "award", "Học sinh Giỏi", "Học sinh Xuất sắc"),
    ]


def test_a_lower_mark_may_cost_the_level_and_the_promotion() -> None:
    marks = all_marks(FRAME, "5.0", toan="4.0", ngu_van="4.0")
    book = complete(marks=marks).approved(*TERMS)
    found = foreseen(book, 2, "gdcd", final="0.0", midterm="0.0")
    by_part = {(each.term, each.part): each for each in found}
    level = by_part[Term.YEAR, Part.STUDY]
    assert level.before == StudyResult(level="Đạt", base="Đạt")
    assert level.after == StudyResult(level="Chưa đạt", base="Chưa đạt")
    promotion = by_part[Term.YEAR, Part.PROMOTION]
    assert promotion.before == PromotionResult(outcome=Outcome.PROMOTED)
    assert isinstance(promotion.after, PromotionResult)
    assert promotion.after.outcome is Outcome.REASSESSMENT_IN_SUMMER


def test_the_same_mark_changes_nothing_and_a_0_is_a_mark() -> None:
    book = complete().approved(*TERMS)
    assert foreseen(book, 1, "toan", final="8.0") == []
    # (8 + 8 + 16 + 0) / 7 = 4.57
    first = foreseen(book, 1, "toan", final="0.0")[0]
    assert (str(first.before), str(first.after)) == ("8.0", "4.6")


def test_before_any_approval_the_marks_of_now_are_what_stands() -> None:
    assert shown(foreseen(complete(), 1, "toan", final="9.0")) == [
        ("semester-1", "subject", "8.0", "8.4"),
        ("year", "subject", "8.0", "8.1"),
    ]


def test_a_sheet_of_another_class_changes_nothing_here() -> None:
    other = sheet_id_of("2026-2027", 1, "6A2", "toan")
    assert consequences(complete().records(), other, {(AN, "final"): Mark.of("0.0")}) == []


def test_a_correction_may_change_what_the_summer_decided() -> None:
    book = approved(after_tests(weak_year(), toan="0.0", gdcd="5.0", nghe_thuat="passed"))
    found = [
        difference
        for difference in foreseen(
            book, 2, "toan", regular_1="8.0", regular_2="8.0", midterm="8.0", final="8.0"
        )
        if difference.part is Part.PROMOTION_AFTER_SUMMER
    ]
    (changed,) = found
    assert isinstance(changed.before, PromotionResult)
    assert isinstance(changed.after, PromotionResult)
    assert changed.before.outcome is Outcome.NOT_PROMOTED
    assert changed.after.outcome in {Outcome.PROMOTED, Outcome.PROMOTED_AFTER_SUMMER}


def test_consequences_follow_a_pupil_into_the_class_of_today() -> None:
    moved = PupilChangedClass(
        pupil=AN,
        from_class="6A1",
        to_class="6A2",
        number=1,
        since=date(2027, 2, 1),
        reason="Theo đơn",
    )
    book = complete().marks(2, AN, all_marks(FRAME), "6A2").year_went_on(KHOA.wrote(moved))
    changes = {(AN, "final"): Mark.of("9.0")}
    found = consequences_of(book, book.sheet_id(1, "6A1", "toan"), changes)
    assert [(each.term, each.part) for each in found] == [
        (Term.SEMESTER_1, Part.SUBJECT),
        (Term.YEAR, Part.SUBJECT),
    ]
    never = sheet_id_of("2026-2027", 1, "6A1", "khong-co")
    assert consequences_of(book, never, changes) == []
