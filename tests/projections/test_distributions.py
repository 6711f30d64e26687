"""Distributions are counted as a replay counts them, now and at any point of the past."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pytest
from sqlalchemy import Engine, event

from ledger.circulars.choosing import circular_for
from ledger.points import AtPosition
from ledger.results.subjects import semester_result
from ledger.sheet.state import replay
from ledger.vocabulary import MARKS, Mark, MarkState, SheetId, SubjectKind
from projections.distributions.counts import AVERAGE, MarkCounts, SheetPlace
from projections.distributions.past import PastDistributions
from projections.distributions.read import Distributions
from tests.projections.school import SECRETARY, TEACHER, School, a_busy_term

YEARS = ("2025-2026", "2026-2027")
FULL = {"regular-1": "8.0", "regular-2": "7.0"}


@pytest.fixture
def school(engine: Engine) -> School:
    return School(engine)


def places_of(school: School) -> list[SheetPlace]:
    school.projections.catch_up()
    found = Distributions(school.engine)
    return [place for school_year in YEARS for place in found.sheets(school_year, 1)]


def recounted(school: School, place: SheetPlace, column: str) -> Counter[Mark]:
    sheet = replay(school.ledger.lines(place.sheet_id))
    if column == AVERAGE:
        circular = circular_for(place.school_year, place.grade)
        return Counter(semester_result(circular, sheet, pupil) for pupil in sheet.pupils)
    return Counter(sheet.cell((pupil, column)).mark for pupil in sheet.pupils)


def finish(school: School, sheet_id: SheetId, number: int, **periodic: str) -> None:
    """Give a pupil every mark of the semester."""
    for column, mark in {**FULL, **periodic}.items():
        school.enter(sheet_id, column, {number: mark})


@pytest.mark.parametrize("column", ["regular-1", "midterm", "final", AVERAGE])
def test_a_busy_term_is_counted_as_a_replay_counts_it(school: School, column: str) -> None:
    maths, *_ = a_busy_term(school)
    finish(school, maths, 4, midterm="zero-by-rule", final="5.5")
    places = places_of(school)
    expected = {place.sheet_id: recounted(school, place, column) for place in places}
    then = PastDistributions(school.ledger.as_of(AtPosition(school.recorder.head().position)))
    for source in (Distributions(school.engine), then):
        found = source.by_sheet(places, column)
        assert {sheet_id: dict(counts.marks) for sheet_id, counts in found.items()} == expected
    if column == AVERAGE:
        assert expected[maths][MARKS["4.5"]] == 1, "(8 + 7 + 2 x 0 + 3 x 5,5) / 7 = 4,5"


def test_columns_are_counted_over_all_sheets_in_the_order_of_the_book(school: School) -> None:
    a_busy_term(school)
    places = places_of(school)
    then = PastDistributions(school.ledger.as_of(AtPosition(school.recorder.head().position)))
    now = Distributions(school.engine).by_column(places)
    assert next(iter(now)) == "regular-1"
    assert list(now)[-2:] == ["midterm", "final"]
    assert _plain(now) == _plain(then.by_column(places))
    assert (
        now["midterm"].marks
        == MarkCounts.together(
            Distributions(school.engine).by_sheet(places, "midterm").values()
        ).marks
    )


def _plain(counts: Mapping[str, MarkCounts]) -> dict[str, dict[Mark, int]]:
    return {column: dict(one.marks) for column, one in counts.items()}


def test_a_point_of_the_past_knows_nothing_of_later_marks_and_pupils(school: School) -> None:
    maths = school.open("6A1", "toan", deadlines=())
    school.enter(maths, "midterm", {1: "4.0"})
    then = PastDistributions(school.ledger.as_of(AtPosition(school.recorder.head().position)))
    school.enter(maths, "midterm", {1: "5.0", 2: "9.0"})
    places = places_of(school)
    assert then.by_sheet(places, "midterm")[maths].scores == {40: 1}
    assert Distributions(school.engine).by_sheet(places, "midterm")[maths].scores == {50: 1, 90: 1}
    before = PastDistributions(school.ledger.as_of(AtPosition(0)))
    assert before.by_sheet(places, "midterm") == {}
    assert before.by_sheet(places, AVERAGE)[maths].given == 0


def test_a_nought_is_a_mark_and_what_is_no_work_of_the_pupil_is_told_beside(
    school: School,
) -> None:
    maths = school.open("6A1", "toan", deadlines=())
    school.enter(maths, "midterm", {1: "0.0", 2: "zero-by-rule", 3: "awaiting-make-up"})
    (counts,) = Distributions(school.engine).by_sheet(places_of(school), "midterm").values()
    assert (counts.scores, counts.given) == ({0: 1}, 1)
    left_out = dict(counts.left_out)
    left_out.pop(MarkState.BLANK, None)
    assert left_out == {MarkState.ZERO_BY_RULE: 1, MarkState.AWAITING_MAKE_UP: 1}


def test_a_subject_with_comments_is_counted_by_passed_and_not(school: School) -> None:
    music = school.open("6A2", "am-nhac", kind=SubjectKind.COMMENT)
    school.enter(music, "regular-1", {1: "passed", 2: "not-passed"})
    (counts,) = Distributions(school.engine).by_sheet(places_of(school), "regular-1").values()
    assert (counts.passed, counts.not_passed, counts.scores) == (1, 1, {})


def test_a_place_has_the_teachers_of_today(school: School) -> None:
    maths, *_ = a_busy_term(school)
    (place,) = [one for one in places_of(school) if one.sheet_id == maths]
    assert place.teachers == (TEACHER, SECRETARY)
    assert (place.grade, place.class_group, place.homeroom_teacher) == (6, "6A1", SECRETARY)


def test_a_question_takes_as_many_statements_for_one_sheet_as_for_all(school: School) -> None:
    a_busy_term(school)
    places, counted = places_of(school), Counter[str]()
    found = Distributions(school.engine)

    def asked(some: Iterable[SheetPlace]) -> int:
        counted.clear()
        for column in ("midterm", AVERAGE):
            found.by_sheet(some, column)
        found.by_column(some)
        return counted["statements"]

    event.listen(school.engine, "before_cursor_execute", lambda *_: counted.update(["statements"]))
    assert asked(places[:1]) == asked(places)
