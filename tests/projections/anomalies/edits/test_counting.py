"""What counts as an edit, and what it came to."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

from ledger.vocabulary import CommandId, CorrectionId, PupilId
from projections.anomalies.edits.counting import Counted, counted, net_of
from projections.anomalies.material import NO_MARK, Change
from tests.projections.anomalies.edits.invented import change, person, pupil, school, sheet

SOON = timedelta(minutes=15)
LATER = timedelta(minutes=16)


def counted_of(*changes: Change) -> Counted:
    material = school(3)
    placed = [replace(one, position=place) for place, one in enumerate(changes, 1)]
    return counted(replace(material, changes=placed))


def test_a_slip_mended_at_once_is_no_edit() -> None:
    assert counted_of(change(0, 1, 50, 55, age=SOON)).edits == ()


def test_a_mark_that_stood_longer_was_edited() -> None:
    assert len(counted_of(change(0, 1, 50, 55, age=LATER)).edits) == 1


def test_nobody_mends_the_slip_of_somebody_else() -> None:
    assert len(counted_of(change(0, 1, 50, 55, age=SOON, person=person("other"))).edits) == 1


def test_a_slip_after_an_edit_is_what_the_edit_came_to() -> None:
    both = counted_of(change(0, 1, 50, 5), change(0, 1, 5, 55, age=SOON))
    assert [(one.before, one.after) for one in both.edits] == [(50, 55)]


def test_an_edit_that_was_taken_back_at_once_is_none() -> None:
    assert counted_of(change(0, 1, 50, 55), change(0, 1, 55, 50, age=SOON)).edits == ()


def test_an_approved_correction_is_no_edit() -> None:
    approved = change(0, 1, 50, 55, correction_id=CorrectionId(UUID(int=1)))
    assert counted_of(approved).edits == ()


def test_a_make_up_test_replaces_nothing() -> None:
    assert counted_of(change(0, 1, NO_MARK, 55)).edits == ()


def test_a_mark_that_came_back_was_reentered_and_not_edited() -> None:
    back = counted_of(change(0, 1, 50, 50, reentered=True))
    assert back.edits == ()
    assert len(back.reentered) == 1


def test_a_column_typed_a_row_off_is_put_right_in_one_act() -> None:
    marks = [50, 70, 65, 90, 35, 80, 60]
    command = CommandId(UUID(int=7))
    slipped = [
        change(0, row, before, after, command_id=command)
        for row, (before, after) in enumerate(pairwise(marks))
    ]
    assert len(counted_of(*slipped).moved) == len(slipped)
    assert counted_of(*slipped).edits == ()
    raised = [replace(one, after=one.before + 5) for one in slipped]
    assert len(counted_of(*raised).edits) == len(raised)


def test_net_is_what_stood_before_the_first_and_after_the_last() -> None:
    edits = [
        change(0, 1, 50, 70),
        change(0, 1, 70, 60),
        change(0, 2, 50, 60),
        change(0, 2, 60, 50),
        change(0, 3, 50, NO_MARK),
    ]
    cell: tuple[object, PupilId, str] = (sheet(0), pupil(0, 1), "midterm")
    assert net_of(edits) == {cell: (50, 60)}
