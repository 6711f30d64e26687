"""The schools that the statistics are measured on are what they say, and so is what is planted."""

from collections import Counter
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from ledger.school.calendar import LOCAL_TIME
from ledger.signals.finding import Place, SignalKind
from ledger.vocabulary import PersonId
from projections.anomalies.material import NO_MARK, Material
from projections.screening.table import ScoreTable
from tests.believable_schools import (
    STRENGTHS,
    School,
    believable_school,
    found,
    is_true,
    plant,
)
from tests.believable_schools.exams import (
    LIFTED,
    TOO_HIGH,
    believable_exam,
    believable_rooms,
    copy_answers,
    lift_pupils,
    mark_too_high,
)
from tests.believable_schools.plants.edits import IN_WINDOW
from tests.believable_schools.plants.places import NoPlaceLeft, pick
from tests.believable_schools.truth import DISTRIBUTION_KINDS, EDIT_KINDS

SEED = 4


def new_school() -> School:
    return believable_school(SEED, classes=8, streamed=False, secretary=True)


@cache
def _made() -> School:
    return new_school()


def school() -> School:
    """A school of a test's own; they are all the same."""
    return _made().copy()


@pytest.fixture(scope="module")
def clean() -> Material:
    return school().material()


def all_marks(material: Material, *kinds: str) -> np.ndarray:
    """The marks of all columns of some kinds, in points."""
    those = [
        tenths[tenths != NO_MARK]
        for sheet in material.sheets
        for column, tenths in sheet.columns.items()
        if column.partition("-")[0] in kinds
    ]
    return np.concatenate(those) / 10


def differing(one: Material, other: Material) -> set[str]:
    """What two materials differ in: columns of sheets, and the lists by name."""
    found: set[str] = set()
    for sheet, twin in zip(one.sheets, other.sheets, strict=True):
        assert sheet.pupils == twin.pupils
        found |= {
            f"{sheet.sheet_id} {column}"
            for column, tenths in sheet.columns.items()
            if not np.array_equal(tenths, twin.columns[column])
        }
    names = {field.name for field in fields(Material)} - {"sheets", "position"}
    return found | {name for name in names if getattr(one, name) != getattr(other, name)}


def test_the_same_seed_makes_the_same_school(clean: Material) -> None:
    assert not differing(clean, new_school().material())
    other = believable_school(SEED + 1, classes=8).material()
    assert other.sheets[0].pupils != clean.sheets[0].pupils


def test_marks_lie_as_they_are_said_to(clean: Material) -> None:
    tests, regular = all_marks(clean, "midterm", "final"), all_marks(clean, "regular")
    assert 6.2 < tests.mean() < 7.4
    assert 0.1 < regular.mean() - tests.mean() < 0.9
    assert regular.std() < tests.std()
    assert tests.max() == 10
    assert tests.min() >= 0
    # Whole and half points are far more than the fifth that they would be of tenths.
    assert np.mean(regular * 2 % 1 == 0) > 0.45
    every = np.concatenate([tenths for one in clean.sheets for tenths in one.columns.values()])
    assert 0.004 < np.mean(every == NO_MARK) < 0.03


def test_pupils_who_are_good_in_one_subject_are_rather_good_in_others(clean: Material) -> None:
    means = {
        (sheet.class_group, sheet.subject): {
            pupil: np.mean([tenths[row] for tenths in sheet.columns.values()])
            for row, pupil in enumerate(sheet.pupils)
        }
        for sheet in clean.sheets
        if sheet.semester == 1
    }
    pairs = [
        (mark, means[group, "ngu-van"][pupil])
        for (group, subject), marks in means.items()
        if subject == "toan"
        for pupil, mark in marks.items()
    ]
    assert 0.3 < np.corrcoef(np.array(pairs).T)[0, 1] < 0.8


def test_changes_end_at_the_marks_that_stand_and_follow_one_another(clean: Material) -> None:
    marks = {
        (sheet.sheet_id, pupil, column): int(tenths[row])
        for sheet in clean.sheets
        for column, tenths in sheet.columns.items()
        for row, pupil in enumerate(sheet.pupils)
    }
    scored = [one for one in clean.changes if (one.sheet_id, one.pupil, one.column) in marks]
    last = {(one.sheet_id, one.pupil, one.column): one.after for one in scored}
    assert all(marks[cell] == after for cell, after in last.items())
    entered = sum(one.count for one in clean.entries)
    assert 0.004 < len(clean.changes) / entered < 0.03
    assert all(one.position < two.position for one, two in pairwise(clean.changes))
    assert all(one.before != one.after for one in clean.changes)
    assert {one.lock_state for one in clean.changes if one.window} == {"unlocked"}


def test_teachers_mistype_unlike_one_another_and_the_secretary_acts_for_them(
    clean: Material,
) -> None:
    changed = Counter(one.responsible for one in clean.changes)
    entered: Counter[PersonId] = Counter()
    for one in clean.entries:
        entered[one.on_behalf_of or one.person] += one.count
    expected = {who: count * len(clean.changes) / entered.total() for who, count in entered.items()}
    spread = sum(float(changed[who] - mean) ** 2 / mean for who, mean in expected.items())
    assert spread > 2 * len(expected)
    secretary = {one.person for one in clean.entries if one.on_behalf_of}
    assert len(secretary) == 1
    assert {one.column for one in clean.entries if one.on_behalf_of} == {"midterm", "final"}


def test_what_is_not_due_is_not_entered() -> None:
    moment = datetime(2025, 12, 1, tzinfo=LOCAL_TIME)
    half = believable_school(SEED, classes=8, until=moment).material()
    assert all(one.at <= moment for one in half.changes)
    assert all(one.at <= moment for one in half.requests)
    finals = [sheet.columns["final"] for sheet in half.sheets]
    assert all((tenths == NO_MARK).all() for tenths in finals)
    assert any((sheet.columns["midterm"] != NO_MARK).any() for sheet in half.sheets)


@pytest.mark.parametrize("kind", SignalKind)
def test_a_plant_changes_what_it_says_and_nothing_else(clean: Material, kind: SignalKind) -> None:
    planted_school = school()
    planted = plant(planted_school, kind, "obvious", np.random.default_rng(1))
    moved = differing(clean, planted_school.material())
    lists = {name for name in moved if " " not in name}
    places = {name.partition(" ")[0] for name in moved - lists}
    assert moved
    assert places <= {str(sheet) for sheet in planted.sheets}
    if kind in DISTRIBUTION_KINDS:
        columns = {name.partition(" ")[2] for name in moved - lists}
        assert columns <= planted.columns
        # What was mended in such a column now ends at its new marks.
        assert lists <= {"changes"}
    elif kind is SignalKind.CORRECTION_ASKED_AGAIN:
        assert lists == {"requests"}
    elif kind is SignalKind.ATTEMPTS_REFUSED:
        assert lists == {"attempts"}
    else:
        assert lists == {"changes"}


def test_strengths_grow() -> None:
    counts = []
    for strength in STRENGTHS:
        one = school()
        before = len(one.changes)
        plant(one, SignalKind.CHANGED_IN_WINDOW, strength, np.random.default_rng(1))
        counts.append(len(one.changes) - before)
    assert counts == list(IN_WINDOW.values())


def test_what_is_planted_in_a_copy_is_not_in_the_school(clean: Material) -> None:
    one = school()
    for kind in SignalKind:
        plant(one, kind, "obvious", np.random.default_rng(1))
    assert not differing(clean, _made().material())


def test_nothing_is_planted_twice_in_a_place() -> None:
    crowded = school()
    rng = np.random.default_rng(1)
    with suppress(NoPlaceLeft):
        for kind in EDIT_KINDS * 20:
            plant(crowded, kind, "faint", rng)
    sheets = Counter(sheet for one in crowded.planted for sheet in one.sheets)
    people = Counter(one.person for one in crowded.planted)
    del people[crowded.staffing.administrator]
    assert set(sheets.values()) == {1}
    assert set(people.values()) == {1}
    with pytest.raises(NoPlaceLeft):
        pick(rng, [])


class Told:
    def __init__(self, kind: SignalKind, place: Place) -> None:
        self.kind, self.place = kind, place


def test_a_signal_is_right_where_it_names_the_sheet_or_who_did_it() -> None:
    one = school()
    planted = plant(one, SignalKind.ONE_DIRECTION, "obvious", np.random.default_rng(1))
    places = one.material().places
    sheet = next(iter(planted.sheets))
    stands = places[sheet]
    of_class = Place(semester=stands.semester, class_group=stands.class_group)
    elsewhere = next(other for other in places if other not in planted.sheets)
    right = (Place(sheet=sheet), Place(person=planted.person), of_class)
    wrong = (Place(sheet=elsewhere, person=planted.person), Place(), Place(semester=1))
    assert all(is_true(place, [planted], places) for place in right)
    assert not any(is_true(place, [planted], places) for place in wrong)
    named = Told(SignalKind.LIFTS_RESULTS, Place(sheet=sheet))
    other_kind = Told(SignalKind.ATTEMPTS_REFUSED, Place(sheet=sheet))
    assert found(planted, [other_kind, named], places)
    assert not found(planted, [other_kind], places)


def means_of(table: ScoreTable) -> np.ndarray:
    return np.array(
        [np.nanmean(table.scores[table.group_of == g]) for g in range(len(table.groups))]
    )


def test_an_examination_is_the_same_each_time_and_its_groups_differ_widely() -> None:
    exam, again = (believable_exam(SEED, largest=2_000) for _ in range(2))
    table = exam.table()
    assert np.array_equal(table.scores, again.table().scores, equal_nan=True)
    assert len(table.groups) == 60
    assert np.ptp(means_of(table)) > 0.7
    taken = np.mean(~np.isnan(table.scores), axis=0)
    assert (taken[:3] > 0.95).all()
    assert ((taken[3:] > 0.2) & (taken[3:] < 0.8)).all()


@pytest.mark.parametrize("strength", STRENGTHS)
def test_lifted_pupils_are_of_one_group_and_end_at_the_top(strength: str) -> None:
    before, exam = (believable_exam(SEED, largest=6_000) for _ in range(2))
    name = lift_pupils(exam, strength, np.random.default_rng(1))
    moved = np.nan_to_num(exam.scores) != np.nan_to_num(before.scores)
    rows = moved.any(axis=1)
    assert {exam.groups[group] for group in exam.group_of[rows]} == {name} == set(exam.planted)
    size = int((exam.group_of == exam.groups.index(name)).sum())
    assert 0.6 * LIFTED[strength] * size / 5_500 < rows.sum() <= 300
    lifts = (exam.scores - before.scores)[moved]
    assert lifts.min() >= 2
    assert exam.scores[moved].max() <= 9.8
    assert (moved.sum(axis=1)[rows] <= 4).all()


def test_a_group_is_marked_too_high_in_one_subject() -> None:
    before, exam = (believable_exam(SEED, largest=1_000) for _ in range(2))
    name = mark_too_high(exam, "hesitate", np.random.default_rng(1))
    moved = np.nan_to_num(exam.scores - before.scores)
    assert set(exam.group_of[moved.any(axis=1)]) == {exam.groups.index(name)}
    assert np.allclose(moved[moved != 0], TOO_HIGH["hesitate"])
    assert moved.any(axis=0).sum() == 1


def test_a_room_hands_in_what_its_best_wrote() -> None:
    before, exam = (believable_rooms(SEED) for _ in range(2))
    name = copy_answers(exam, "obvious", np.random.default_rng(1))
    moved = exam.scores != before.scores
    assert {exam.groups[group] for group in exam.group_of[moved.any(axis=1)]} == {name}
    assert moved.any(axis=0).sum() == 2
    assert (exam.scores >= before.scores).all()
