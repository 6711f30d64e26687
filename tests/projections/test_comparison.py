"""What changed between two states of a sheet: the net of it, by which lines, and who moved."""

from ledger.line import Fact
from ledger.sheet import facts
from ledger.sheet.state import replay
from ledger.vocabulary import BLANK, Mark
from projections.comparison import Comparison, compare, last_made_official
from tests.scenario import Past, lines_of
from tests.school import (
    AN,
    BAO,
    CHI,
    DIEP,
    LAN,
    NGOC,
    OPENED,
    OPENED_FOR_COMMENTS,
    QUYEN,
    REASON,
    VINH,
    changed,
    cleared,
    corrected,
    entered,
    requested,
)

BEFORE: tuple[Fact, ...] = (
    OPENED,
    entered(AN, "midterm", "6.5"),
    entered(BAO, "midterm", "0.0"),
    entered(CHI, "final", "7.0"),
)
LOCKED = facts.SheetLocked(reason=REASON)


def compared(*between: Past, before: tuple[Past, ...] = BEFORE) -> Comparison:
    lines = lines_of([*before, *between])
    start = len(before)
    return compare(replay(lines[:start]), replay(lines), lines[start:])


def net(found: Comparison) -> list[tuple[object, str, str, str]]:
    return [(one.pupil, one.column, one.before.text, one.after.text) for one in found.cells]


def test_nothing_written_is_nothing_changed() -> None:
    assert compared() == Comparison()
    assert compared().finds_nothing


def test_delete_and_re_enter_is_one_net_change_with_both_lines() -> None:
    found = compared(cleared(AN, "midterm", "6.5"), entered(AN, "midterm", "8.5"))
    assert net(found) == [(AN, "midterm", "6.5", "8.5")]
    assert [line.version for line in found.cells[0].lines] == [5, 6]
    assert (found.up, found.down) == (1, 0)


def test_a_mark_that_came_back_is_no_change_and_is_counted() -> None:
    found = compared(changed(AN, "midterm", "6.5", "9.0"), changed(AN, "midterm", "9.0", "6.5"))
    assert (found.cells, found.returned, found.line_count) == ((), 1, 2)
    assert found.finds_nothing


def test_a_zero_is_a_mark_and_a_blank_is_none() -> None:
    found = compared(
        changed(BAO, "midterm", "0.0", "0.5"),
        cleared(CHI, "final", "7.0"),
        entered(AN, "final", "0.0"),
    )
    assert net(found) == [
        (AN, "final", "", "0.0"),
        (BAO, "midterm", "0.0", "0.5"),
        (CHI, "final", "7.0", ""),
    ]
    assert (found.up, found.down) == (1, 0)
    assert found.cells[0].before is BLANK


def test_changes_go_by_number_and_then_by_the_columns_of_the_book() -> None:
    found = compared(
        entered(BAO, "regular-1", "5.0"),
        entered(AN, "final", "5.0"),
        entered(AN, "regular-2", "5.0"),
    )
    places = [(one.pupil, one.column) for one in found.cells]
    assert places == [(AN, "regular-2"), (AN, "final"), (BAO, "regular-1")]


def test_passed_to_not_passed_goes_down_and_exempt_goes_nowhere() -> None:
    passed = entered(AN, "midterm", "passed")
    found = compared(
        changed(AN, "midterm", "passed", "not-passed"),
        entered(BAO, "midterm", "exempt"),
        before=(OPENED_FOR_COMMENTS, passed),
    )
    assert [one.direction for one in found.cells] == [-1, 0]
    assert (found.up, found.down) == (0, 1)


def test_a_correction_is_a_change_and_its_relock_a_line_of_the_columns() -> None:
    asked = requested((AN, "midterm", "6.5", "8.5"))
    found = compared(
        corrected(AN, "midterm", "6.5", "8.5"),
        facts.ColumnRelocked(correction_id=asked.correction_id, column="midterm"),
        before=(*BEFORE, NGOC.wrote(LOCKED), asked),
    )
    assert net(found) == [(AN, "midterm", "6.5", "8.5")]
    assert [line.fact.NAME for line in found.columns] == ["column-relocked"]


def test_who_came_and_went_is_told_once_whatever_happened_between() -> None:
    found = compared(
        facts.PupilJoinedSheet(pupil=DIEP, number=4),
        facts.PupilLeftSheet(pupil=AN),
        facts.PupilLeftSheet(pupil=BAO),
        facts.PupilJoinedSheet(pupil=BAO, number=2),
        facts.TeacherJoinedSheet(teacher=VINH.person),
        facts.TeacherLeftSheet(teacher=LAN.person),
        facts.HomeroomTeacherChanged(teacher=QUYEN.person),
    )
    assert (found.pupils_came, found.pupils_went) == ((DIEP,), (AN,))
    assert (found.teachers_came, found.teachers_went) == ((VINH.person,), (LAN.person,))
    assert found.homeroom_teacher == (OPENED.homeroom_teacher, QUYEN.person)
    assert not found.finds_nothing


def test_a_sheet_opened_between_has_its_marks_new_and_nobody_came() -> None:
    found = compared(*BEFORE, before=())
    assert len(found.cells) == 3
    assert found.cells[0].after == Mark.of("6.5")
    assert (found.pupils_came, found.teachers_came, found.homeroom_teacher) == ((), (), None)


def test_the_last_lock_or_close_is_found_and_an_unlock_is_none() -> None:
    closed = facts.ColumnClosed(column="midterm")
    reopened = facts.ColumnReopened(column="midterm", reason=REASON)
    lines = lines_of([*BEFORE, closed, reopened, entered(AN, "final", "5.0")])
    assert last_made_official(lines) == lines[4]
    assert last_made_official(lines[:4]) is None
    assert last_made_official(lines_of([*BEFORE, closed, LOCKED]))
