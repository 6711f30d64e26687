"""What the marks of a class make of its pupils, against expectations worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.circulars.outcomes import Outcome, Shortfall
from ledger.results.computing import class_results
from ledger.results.facts import PromotionResult, PupilResults, StudyResult
from ledger.results.terms import Term
from ledger.school.facts import (
    PupilChangedClass,
    PupilLeftSchool,
    PupilTransferredIn,
    TransferredMark,
)
from ledger.vocabulary import BLANK, Mark, PupilId
from tests.ledger.results.scenario import (
    GRADE_9_OF_2023,
    Book,
    Frame,
    Marks,
    all_marks,
    complete,
)
from tests.school import AN, BAO, CHI, DIEP, KHOA

FRAME = Frame()
ART = "nghe-thuat"


def results(book: Book, term: Term, pupil: PupilId = AN) -> PupilResults:
    (found,) = (each for each in class_results(book.records(), term) if each.pupil == pupil)
    return found


def subject(book: Book, term: Term, code: str, pupil: PupilId = AN) -> str:
    of_pupil = results(book, term, pupil)
    (found,) = (each.result for each in of_pupil.subjects if each.subject == code)
    return found.text


def in_maths(semester: int, regular: tuple[str, str], midterm: str, final: str) -> Book:
    texts = dict(zip(("regular-1", "regular-2"), regular, strict=True))
    return complete().column_marks(
        semester, AN, "toan", {**texts, "midterm": midterm, "final": final}
    )


@pytest.mark.parametrize(
    ("regular", "midterm", "final", "average"),
    [
        (("8.0", "9.0"), "7.0", "8.5", "8.1"),  # (8 + 9 + 14 + 25.5) / 7 = 8.07
        (("0.0", "9.0"), "7.0", "8.5", "6.9"),  # a 0 is a mark: 48.5 / 7 = 6.93
        (("8.0", "9.0"), "zero-by-rule", "8.5", "6.1"),  # 42.5 / 7 = 6.07
        (("8.0", "9.0"), "awaiting-make-up", "8.5", ""),
        (("8.0", ""), "7.0", "8.5", ""),  # nothing is divided by what happens to be there
        (("8.0", "9.0"), "7.0", "", ""),
        (("8.0", "not-assessed"), "7.0", "8.5", "7.9"),  # (8 + 14 + 25.5) / 6 = 7.92
        (("8.0", "9.0"), "exempt", "8.5", ""),
        (("8.0", "9.0"), "7.0", "exempt", "exempt"),
        (("not-assessed", "not-assessed"), "not-assessed", "not-assessed", "not-assessed"),
    ],
)
def test_a_semesters_average_keeps_the_six_states_apart(
    regular: tuple[str, str], midterm: str, final: str, average: str
) -> None:
    book = in_maths(1, regular, midterm, final)
    assert subject(book, Term.SEMESTER_1, "toan") == average


@pytest.mark.parametrize(
    ("texts", "result"),
    [
        (("passed", "passed", "passed", "passed"), "passed"),
        (("passed", "not-passed", "passed", "passed"), "not-passed"),
        (("passed", "passed", "zero-by-rule", "passed"), "not-passed"),
        (("passed", "passed", "awaiting-make-up", "passed"), ""),
        (("passed", "exempt", "passed", "passed"), "passed"),
        (("passed", "passed", "passed", "exempt"), "exempt"),
    ],
)
def test_a_comment_subject_needs_every_assessment_passed(
    texts: tuple[str, str, str, str], result: str
) -> None:
    columns = dict(zip(("regular-1", "regular-2", "midterm", "final"), texts, strict=True))
    book = complete().column_marks(1, AN, ART, columns)
    assert subject(book, Term.SEMESTER_1, ART) == result


def test_the_year_is_made_of_rounded_semesters_the_second_twice() -> None:
    # (8 + 8 + 2 x 8 + 3 x 7.9) / 7 = 7.96 is 8.0; (8.0 + 2 x 6.0) / 3 = 6.67 is 6.7.
    book = in_maths(1, ("8.0", "8.0"), "8.0", "7.9").marks(2, AN, {"toan": "6.0"})
    assert subject(book, Term.YEAR, "toan") == "6.7"


def test_a_comment_subject_has_semester_two_for_its_year() -> None:
    assert subject(complete().marks(1, AN, {ART: "not-passed"}), Term.YEAR, ART) == "passed"
    assert subject(complete().marks(2, AN, {ART: "not-passed"}), Term.YEAR, ART) == "not-passed"


@pytest.mark.parametrize(
    ("first", "second", "year"),
    [
        ("exempt", "6.0", "6.0"),
        ("6.0", "exempt", "6.0"),
        ("exempt", "exempt", "exempt"),
        ("exempt", "", ""),
        ("", "6.0", ""),
    ],
)
def test_who_is_exempt_in_one_semester_has_the_others_result(
    first: str, second: str, year: str
) -> None:
    book = complete().marks(1, AN, {"toan": first}).marks(2, AN, {"toan": second})
    assert subject(book, Term.YEAR, "toan") == year


@pytest.mark.parametrize("only", [1, 2])
def test_a_subject_of_one_semester_has_its_result_for_the_year(only: int) -> None:
    frame = Frame(one_semester={"tin-hoc": only})
    book = complete(frame, all_marks(frame, tin_hoc="5.5"))
    assert subject(book, Term.YEAR, "tin-hoc") == "5.5"
    (other,) = {Term.SEMESTER_1, Term.SEMESTER_2} - {Term(f"semester-{only}")}
    assert "tin-hoc" not in {each.subject for each in results(book, other).subjects}


def test_a_good_year_has_a_title_and_goes_up() -> None:
    of_year = results(complete(absent=4), Term.YEAR)
    assert of_year.study == StudyResult(level="Tốt", base="Tốt")
    assert (of_year.conduct, of_year.days_absent) == ("Tốt", 4)
    assert of_year.award == "Học sinh Giỏi"
    assert of_year.promotion == PromotionResult(outcome=Outcome.PROMOTED)
    assert of_year.overall_average is None
    excellent = complete(marks=all_marks(FRAME, "9.0"))
    assert results(excellent, Term.YEAR).award == "Học sinh Xuất sắc"


def test_a_semester_has_neither_title_nor_promotion_under_tt22() -> None:
    of_semester = results(complete(), Term.SEMESTER_1)
    assert of_semester.study == StudyResult(level="Tốt", base="Tốt")
    assert (of_semester.award, of_semester.promotion) == (None, None)


def test_one_subject_alone_lifts_the_level_and_is_named() -> None:
    of_year = results(complete(marks=all_marks(FRAME, toan="4.9")), Term.YEAR)
    assert of_year.study == StudyResult(level="Khá", base="Đạt", adjusted_for="toan")


@pytest.mark.parametrize(
    ("policy", "level"), [("other-subjects.1", "Đạt"), ("imagined-good.1", "Khá")]
)
def test_the_schools_choice_decides_where_the_circular_does_not(policy: str, level: str) -> None:
    frame = Frame(policy=policy)
    marks = all_marks(frame, toan="4.9", ngu_van="7.0", gdcd="7.0")
    of_year = results(complete(frame, marks), Term.YEAR)
    assert of_year.study is not None
    assert of_year.study.level == level


def test_the_years_conduct_is_the_table_of_the_circular() -> None:
    book = complete().conduct(Term.SEMESTER_1, "Tốt").conduct(Term.SEMESTER_2, "Đạt")
    assert results(book, Term.YEAR).conduct == "Khá"


def test_forty_five_days_absent_are_allowed_and_one_more_is_not() -> None:
    def outcome(more: int) -> PromotionResult | None:
        return results(
            complete(absent=more).attended(Term.SEMESTER_2, absent=22), Term.YEAR
        ).promotion

    assert outcome(23) == PromotionResult(outcome=Outcome.PROMOTED)
    assert outcome(24) == PromotionResult(
        outcome=Outcome.NOT_PROMOTED, reasons=(Shortfall.ABSENCES,)
    )


def test_a_weak_year_leaves_its_low_subjects_to_the_summer() -> None:
    of_year = results(complete(marks=all_marks(FRAME, "6.0", toan="3.4", gdcd="4.9")), Term.YEAR)
    assert of_year.study == StudyResult(level="Chưa đạt", base="Chưa đạt")
    assert of_year.promotion == PromotionResult(
        outcome=Outcome.REASSESSMENT_IN_SUMMER,
        reasons=(Shortfall.STUDY,),
        subjects=("toan", "gdcd"),
    )


def test_a_pupil_who_is_assessed_in_nothing_has_no_level() -> None:
    book = complete(marks=dict.fromkeys(FRAME.subjects, "not-assessed"))
    of_year = results(book, Term.YEAR)
    assert (of_year.study, of_year.promotion, of_year.award) == (None, None, None)
    assert {each.result for each in of_year.subjects} == {Mark.of("not-assessed")}


def test_what_is_not_there_yet_is_blank_and_not_nought() -> None:
    of_year = results(Book(), Term.YEAR)
    assert {each.result for each in of_year.subjects} == {BLANK}
    assert (of_year.study, of_year.conduct, of_year.promotion) == (None, None, None)


# Pupils who come, go and move.


def changes_class(day: date) -> PupilChangedClass:
    return PupilChangedClass(
        pupil=AN, from_class="6A1", to_class="6A2", number=1, since=day, reason="Theo đơn"
    )


def test_semester_one_comes_from_the_class_where_the_pupil_was() -> None:
    book = (
        complete()
        .marks(2, AN, all_marks(FRAME, "5.0"), "6A2")
        .conduct(Term.SEMESTER_2, "Khá", "6A2")
        .year_went_on(KHOA.wrote(changes_class(date(2027, 2, 1))))
    )
    (of_year,) = class_results(book.records("6A2"), Term.YEAR)
    maths = next(each.result for each in of_year.subjects if each.subject == "toan")
    assert maths == Mark.of("6.0")  # (8 + 2 x 5) / 3
    assert of_year.conduct == "Khá"
    assert [each.pupil for each in class_results(book.records(), Term.SEMESTER_1)] == [AN]
    assert class_results(book.records(), Term.YEAR) == ()
    assert class_results(book.records("6A2"), Term.SEMESTER_1) == ()


def test_absences_of_both_classes_are_counted_together() -> None:
    book = (
        complete(absent=3)
        .attended(Term.SEMESTER_2, absent=2, class_group="6A2")
        .year_went_on(KHOA.wrote(changes_class(date(2027, 2, 1))))
    )
    (of_year,) = class_results(book.records("6A2"), Term.YEAR)
    assert of_year.days_absent == 5


def test_a_move_within_a_semester_takes_the_new_classs_marks() -> None:
    book = (
        complete()
        .marks(1, AN, all_marks(FRAME, "5.0"), "6A2")
        .year_went_on(KHOA.wrote(changes_class(date(2026, 11, 2))))
    )
    (of_semester,) = class_results(book.records("6A2"), Term.SEMESTER_1)
    assert {each.result.text for each in of_semester.subjects} == {"5.0", "passed"}
    assert class_results(book.records(), Term.SEMESTER_1) == ()


@pytest.mark.parametrize(
    ("day", "terms"),
    [
        (date(2026, 12, 1), []),
        (date(2027, 1, 10), [Term.SEMESTER_1]),
        (date(2027, 3, 1), [Term.SEMESTER_1]),
        (date(2027, 5, 25), list(Term)),
        (date(2027, 6, 1), list(Term)),
    ],
)
def test_who_left_is_in_no_results_of_terms_that_ended_later(day: date, terms: list[Term]) -> None:
    left = PupilLeftSchool(pupil=AN, class_group="6A1", until=day, reason="Chuyển trường")
    book = complete().year_went_on(KHOA.wrote(left))
    assert [term for term in Term if class_results(book.records(), term)] == terms


def test_a_transferred_pupil_has_brought_the_first_semester_along() -> None:
    mark = TransferredMark(subject="toan", semester=1, column="final", mark=Mark.of("5.0"))
    arrived = PupilTransferredIn(
        pupil=DIEP,
        class_group="6A1",
        number=2,
        since=date(2027, 2, 1),
        reason="Trường THCS Sao Mai",
        marks=(mark,),
    )
    book = (
        complete()
        .year_went_on(KHOA.wrote(arrived))
        .marks(1, DIEP, all_marks(FRAME, "5.0"))
        .marks(2, DIEP, all_marks(FRAME, "8.0"))
    )
    assert subject(book, Term.YEAR, "toan", DIEP) == "7.0"
    assert [each.pupil for each in class_results(book.records(), Term.SEMESTER_1)] == [AN]


# A class 9 of 2023-2024, still under TT58 with TT26.

ARTS = ("am-nhac", "mi-thuat")


def of_2023(**marks: Marks) -> Book:
    book = complete(GRADE_9_OF_2023, all_marks(GRADE_9_OF_2023, "8.0"))
    for name, pupil in {"an": AN, "bao": BAO, "chi": CHI}.items():
        for semester in (1, 2):
            book = book.marks(semester, pupil, marks.get(name, {}))
    return book


def test_grade_9_of_2023_has_an_overall_average_and_titles_for_semesters() -> None:
    of_semester = results(of_2023(), Term.SEMESTER_1)
    assert of_semester.overall_average == Decimal("8.0")
    assert of_semester.study == StudyResult(level="Giỏi", base="Giỏi")
    assert of_semester.award == "Học sinh giỏi"


def test_a_class_9_of_2023_worked_out_by_hand() -> None:
    """Ten subjects with marks: Chi's other nine are 7.0 and maths 3.4, so 66.4 / 10 = 6.6."""
    sevens = all_marks(GRADE_9_OF_2023, "7.0", toan="3.4")
    weak = all_marks(GRADE_9_OF_2023, "5.0", toan="4.0", vat_li="3.0")
    book = of_2023(bao=weak, chi=sevens)
    an, bao, chi = class_results(book.records(), Term.YEAR)
    assert (an.overall_average, an.award) == (Decimal("8.0"), "Học sinh giỏi")
    assert an.promotion == PromotionResult(outcome=Outcome.PROMOTED)
    # Khá but for maths: from Yếu up to Trung bình (Điều 13.6c), so no title of Khá.
    assert chi.overall_average == Decimal("6.6")
    assert chi.study == StudyResult(level="Trung bình", base="Yếu", adjusted_for="toan")
    assert (chi.award, chi.conduct) == (None, "Tốt")
    # (8 x 5 + 4 + 3) / 10 = 4.7: Yếu, and may choose from what is below 5.0.
    assert bao.overall_average == Decimal("4.7")
    assert bao.study == StudyResult(level="Yếu", base="Yếu")
    assert bao.promotion == PromotionResult(
        outcome=Outcome.REASSESSMENT_IN_SUMMER,
        reasons=(Shortfall.STUDY,),
        subjects=("toan", "vat-li"),
    )


def test_under_tt58_two_thirds_of_the_tests_with_the_last_are_enough() -> None:
    texts = {"regular-1": "not-passed", "regular-2": "passed", "midterm": "passed"}
    for art in ARTS:
        passed = of_2023().column_marks(2, AN, art, {**texts, "final": "passed"})
        failed = of_2023().column_marks(2, AN, art, {**texts, "final": "not-passed"})
        assert subject(passed, Term.YEAR, art) == "passed"
        assert subject(failed, Term.YEAR, art) == "not-passed"


def test_under_tt58_the_years_conduct_is_what_was_judged() -> None:
    book = of_2023().conduct(Term.YEAR, "Khá")
    assert results(book, Term.YEAR).conduct == "Khá"
    assert results(book, Term.SEMESTER_2).conduct == "Tốt"
