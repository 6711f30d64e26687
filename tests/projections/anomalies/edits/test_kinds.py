"""Each kind of edit is found where it is, and not where something ordinary looks like it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from ledger.signals.finding import SignalKind
from ledger.vocabulary import CorrectionId, Role
from projections.anomalies.edits import edit_candidates
from projections.anomalies.edits.averages import Averages, lifted
from projections.anomalies.material import Attempt, Change, Material, Request, SheetMarks
from tests.projections.anomalies.edits.invented import (
    DEADLINE,
    MORNING,
    change,
    person,
    pupil,
    school,
    sheet,
    strongest,
    teacher,
    told_of,
)

Changes = Sequence[Change]

STRONG = 1e-4
NIGHT = MORNING.replace(hour=1)
ROWS = range(15)


def either_way() -> Changes:
    return [change(0, row, 60, 60 + (10 if row % 2 else -10)) for row in ROWS]


def again_and_again() -> Changes:
    steps = [(60, 70), (70, 60), (60, 75), (75, 80)]
    return [
        change(0, row, *step, at=MORNING + timedelta(days=day))
        for row in range(4)
        for day, step in enumerate(steps)
    ]


def cleared() -> Changes:
    return [replace(one, reentered=True) for one in either_way()]


def in_a_window() -> Changes:
    others = [change(number, 37, 60, 70, window=100 + number) for number in range(6, 20)]
    return [*(replace(one, window=77) for one in either_way()), *others]


def on_the_last_day() -> Changes:
    at = DEADLINE - timedelta(hours=5)
    return [replace(one, at=at) for one in either_way()]


def at_night() -> Changes:
    return [replace(one, at=NIGHT) for one in either_way()]


def by_the_administrator() -> Changes:
    admin = person("administrator")
    return [replace(one, person=admin, role=Role.ADMINISTRATOR) for one in either_way()]


def all_up() -> Changes:
    return [change(0, row, 60, 70) for row in ROWS]


def over_thresholds() -> Changes:
    return [
        change(0, row, threshold - 2, threshold)
        for row, threshold in zip(ROWS, [50, 65, 80] * 5, strict=True)
    ]


def over_averages() -> Changes:
    """Final marks were eight tenths less, of pupils whose average is just over a threshold."""
    averages = Averages(_marks_of(0))
    final = dict(zip(_marks_of(0).pupils, _marks_of(0).columns["final"].tolist(), strict=True))
    return [
        change(0, row, final[pupil(0, row)] - 8, final[pupil(0, row)], column="final")
        for row in range(38)
        if lifted(averages.average(pupil(0, row), 3 * 8), averages.average(pupil(0, row)))
    ]


def _marks_of(number: int) -> SheetMarks:
    return school().sheets[number]


FOUND: dict[SignalKind, Callable[[], Changes]] = {
    SignalKind.CHANGED_OFTEN: either_way,
    SignalKind.MARK_CHANGED_AGAIN: again_and_again,
    SignalKind.CLEARED_AND_REENTERED: cleared,
    SignalKind.CHANGED_IN_WINDOW: in_a_window,
    SignalKind.CHANGED_BEFORE_DEADLINE: on_the_last_day,
    SignalKind.CHANGED_AT_ODD_HOURS: at_night,
    SignalKind.CHANGED_BY_ANOTHER: by_the_administrator,
    SignalKind.ONE_DIRECTION: all_up,
    SignalKind.CROSSES_THRESHOLDS: over_thresholds,
    SignalKind.LIFTS_RESULTS: over_averages,
}


@pytest.mark.parametrize("kind", FOUND)
def test_a_kind_is_found_where_it_is(kind: SignalKind) -> None:
    found = strongest(school(more=FOUND[kind]()), kind)
    assert found.p < STRONG
    assert found.place.sheet == sheet(0) or found.place.person in {
        teacher(0),
        person("administrator"),
    }
    assert found.positions


def test_nothing_is_told_of_a_school_that_mends_alike() -> None:
    assert not [one for one in edit_candidates(school()) if one.worth_telling and one.p < 0.05]


def quiet(material: Material, kind: SignalKind) -> bool:
    return all(one.p > STRONG for one in told_of(edit_candidates(material), kind))


def test_many_changes_at_all_hours_are_not_of_the_night() -> None:
    assert quiet(school(more=either_way()), SignalKind.CHANGED_AT_ODD_HOURS)


def test_what_was_entered_at_night_may_be_mended_at_night() -> None:
    same_night = [replace(one, age=timedelta(hours=2)) for one in at_night()]
    assert quiet(school(more=same_night), SignalKind.CHANGED_AT_ODD_HOURS)


def test_who_enters_at_night_may_edit_at_night() -> None:
    material = school(more=at_night()[:6])
    owls = [
        replace(one, at_odd_hours=one.count) if one.person == teacher(0) else one
        for one in material.entries
    ]
    assert quiet(replace(material, entries=owls), SignalKind.CHANGED_AT_ODD_HOURS)


def test_what_was_entered_on_the_last_day_is_mended_on_it() -> None:
    same_day = [replace(one, age=timedelta(hours=2)) for one in on_the_last_day()]
    assert quiet(school(more=same_day), SignalKind.CHANGED_BEFORE_DEADLINE)


def test_a_window_for_a_handful_is_ordinary() -> None:
    assert quiet(
        school(more=[*in_a_window()[:3], *in_a_window()[-14:]]), SignalKind.CHANGED_IN_WINDOW
    )


def test_a_window_that_a_whole_school_used_is_told_of_everybody() -> None:
    everywhere = [
        change(number, row, 60, 70, window=77) for number in range(20) for row in range(12)
    ]
    before = [change(number, 37, 60, 70, window=10 + number) for number in range(20, 30)]
    told = told_of(
        edit_candidates(school(more=[*everywhere, *before])), SignalKind.CHANGED_IN_WINDOW
    )
    sheets = {one.place.sheet for one in told if one.p < STRONG}
    assert sheets >= {sheet(number) for number in range(20)}


def test_a_window_over_many_columns_is_told_as_one_use_too() -> None:
    wide = [
        change(0, row, 60, 70, column=column, window=77)
        for column in ("regular-1", "regular-2", "midterm")
        for row in range(5)
    ]
    told = told_of(edit_candidates(school(more=wide)), SignalKind.CHANGED_IN_WINDOW)
    assert {one.place.sheet for one in told} == {sheet(0), None}


def test_the_secretary_transfers_tests() -> None:
    secretary = [
        replace(one, person=person("secretary"), role=Role.SECRETARY, on_behalf_of=teacher(0))
        for one in either_way()
    ]
    assert quiet(school(more=secretary), SignalKind.CHANGED_BY_ANOTHER)
    regular = [replace(one, column="regular-1") for one in secretary]
    assert not quiet(school(more=regular), SignalKind.CHANGED_BY_ANOTHER)


def test_approved_corrections_are_lawful_whoever_executes_them() -> None:
    approved = [
        replace(one, correction_id=CorrectionId(UUID(int=1))) for one in by_the_administrator()
    ]
    assert not [
        one
        for one in edit_candidates(school(more=approved))
        if one.worth_telling and one.p < STRONG
    ]


def test_many_edits_both_ways_have_no_direction() -> None:
    assert quiet(school(more=either_way()), SignalKind.ONE_DIRECTION)


def test_marks_of_comment_subjects_have_no_direction_in_points() -> None:
    material = school(more=all_up())
    comment = replace(material, sheets=[one for one in material.sheets if one.sheet_id != sheet(0)])
    assert all(
        one.place.sheet != sheet(0)
        for one in told_of(edit_candidates(comment), SignalKind.ONE_DIRECTION)
    )


def _requests(answers: str) -> list[Request]:
    return [
        Request(
            position=1000 + number,
            correction_id=CorrectionId(UUID(int=number)),
            sheet_id=sheet(0),
            person=teacher(0),
            at=MORNING + timedelta(days=3 * number),
            cells=frozenset({(pupil(0, 1), "final")}),
            refused_at=MORNING + timedelta(days=3 * number + 1) if answer == "no" else None,
        )
        for number, answer in enumerate(answers.split())
    ]


def asked_again(answers: str) -> list[float]:
    material = school(requests=_requests(answers))
    told = told_of(edit_candidates(material), SignalKind.CORRECTION_ASKED_AGAIN)
    return [one.p for one in told]


def test_asking_again_after_each_refusal_is_told() -> None:
    assert asked_again("no no no no no") == [pytest.approx(0, abs=STRONG)]


def test_asking_once_more_with_better_evidence_is_not() -> None:
    assert asked_again("no yes") == []


def test_asking_twice_while_nobody_has_refused_is_not() -> None:
    assert asked_again("open open open") == []


def _attempts(times: int, apart: timedelta) -> list[Attempt]:
    return [
        Attempt(
            position=1000 + number,
            sheet_id=sheet(0),
            at=MORNING + number * apart,
            person=teacher(0),
            role=Role.SUBJECT_TEACHER,
            refusal="sheet-is-locked",
        )
        for number in range(times)
    ]


def test_being_refused_on_many_days_is_told() -> None:
    material = school(attempts=_attempts(12, timedelta(days=1)))
    assert strongest(material, SignalKind.ATTEMPTS_REFUSED).p < STRONG


def test_trying_twelve_times_in_a_row_is_one_occasion() -> None:
    material = school(attempts=_attempts(12, timedelta(minutes=2)))
    assert not told_of(edit_candidates(material), SignalKind.ATTEMPTS_REFUSED)
