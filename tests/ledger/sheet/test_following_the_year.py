"""What a sheet is asked because the year decided it: numbers, brought marks, the correction day."""

import pytest

from ledger.refusal import NotForYourRole
from ledger.sheet import facts, refusals
from ledger.sheet.grounds import CorrectionRules, LateReason
from ledger.vocabulary import PupilId
from tests.scenario import Past, given
from tests.school import (
    AN,
    BAO,
    BOOK,
    CHI,
    CLOCKWORK,
    DIEP,
    DUC,
    EARLIER,
    EVERYBODY,
    FIX,
    KHOA,
    LAN,
    NGOC,
    OPENED,
    OPENED_FOR_COMMENTS,
    REASON,
    TOMORROW,
    Voice,
    cleared,
    entered,
    opened_with,
    requested,
)

SETS_UP = (KHOA, DUC, NGOC, CLOCKWORK)
OTHERS = [voice for voice in EVERYBODY if voice not in SETS_UP]


def brought(column: str, text: str, pupil: PupilId = AN) -> facts.MarkBrought:
    mark = entered(pupil, column, text)
    return facts.MarkBrought(
        pupil=pupil,
        column=column,
        after=mark.after,
        provenance=facts.Provenance(reason=REASON),
    )


def test_a_newcomer_gets_the_number_of_the_class_list() -> None:
    asked = KHOA.adds_pupil(DIEP).model_copy(update={"number": 9})
    joined = facts.PupilJoinedSheet(pupil=DIEP, number=9)
    given(OPENED).when(asked).then(joined)
    given(OPENED, joined).when(asked).then_nothing_happens()


def test_a_number_is_never_given_to_two() -> None:
    asked = KHOA.adds_pupil(DIEP).model_copy(update={"number": 2})
    given(OPENED).when(asked).then_refused(refusals.PupilsNumberedTwice)
    left = facts.PupilLeftSheet(pupil=BAO)
    given(OPENED, left).when(asked).then_refused(refusals.PupilsNumberedTwice)


def test_who_comes_back_keeps_the_number_of_the_sheet() -> None:
    asked = KHOA.adds_pupil(AN).model_copy(update={"number": 9})
    given(OPENED, facts.PupilLeftSheet(pupil=AN)).when(asked).then(
        facts.PupilJoinedSheet(pupil=AN, number=1)
    )


@pytest.mark.parametrize("voice", SETS_UP, ids=lambda voice: voice.author.role)
def test_brought_marks_fill_empty_cells(voice: Voice) -> None:
    given(OPENED).when(voice.brings(AN, ("regular-1", "0.0"), ("final", "exempt"))).then(
        brought("regular-1", "0.0"), brought("final", "exempt")
    )


def test_a_brought_mark_stands_in_its_cell_with_a_version() -> None:
    sheet = given(OPENED, brought("regular-1", "0.0")).sheet
    assert (sheet.cell((AN, "regular-1")).mark.text, sheet.cell((AN, "regular-1")).version) == (
        "0.0",
        2,
    )
    given(OPENED, brought("regular-1", "0.0")).when(
        LAN.enters((AN, "regular-1", "8.0", 0))
    ).then_refused(refusals.CellsMovedOn)


def test_an_empty_cell_of_the_other_book_brings_nothing() -> None:
    given(OPENED).when(KHOA.brings(AN, ("regular-1", ""), ("midterm", "7.0"))).then(
        brought("midterm", "7.0")
    )
    given(OPENED).when(KHOA.brings(AN, ("regular-1", ""))).then_nothing_happens()


def test_brought_marks_replace_nothing_that_stands_there() -> None:
    told = (OPENED, entered(AN, "regular-1", "0.0"), entered(AN, "midterm", "awaiting-make-up"))
    given(*told).when(
        KHOA.brings(AN, ("regular-1", "8.0"), ("midterm", "8.0"), ("final", "8.0"))
    ).then_refused(refusals.CellsHoldMarks, cells=[(AN, "regular-1"), (AN, "midterm")])
    taken_out = (*told, cleared(AN, "regular-1", "0.0"))
    given(*taken_out).when(KHOA.brings(AN, ("regular-1", "8.0"))).then(brought("regular-1", "8.0"))


@pytest.mark.parametrize(
    "past",
    [
        (OPENED, facts.ColumnClosed(column="midterm")),
        (OPENED, NGOC.wrote(facts.ColumnLocked(column="midterm", reason=REASON))),
        (OPENED, NGOC.wrote(facts.SheetLocked(reason=REASON))),
        (opened_with(deadlines=(facts.Deadline(column="midterm", at=EARLIER),)),),
    ],
    ids=["closed", "column locked", "sheet locked", "past its deadline"],
)
def test_what_protects_the_marks_of_the_sheet_does_not_concern_brought_ones(
    past: tuple[Past, ...],
) -> None:
    given(*past).when(KHOA.brings(AN, ("midterm", "8.0"))).then(brought("midterm", "8.0"))


def test_a_mark_brought_into_a_cell_that_a_correction_holds_ends_that_correction() -> None:
    closed = facts.ColumnClosed(column="midterm")
    told = (OPENED, closed, requested((AN, "midterm", "", "9.0")))
    given(*told).when(KHOA.brings(AN, ("regular-1", "7.0"), ("midterm", "8.0"))).then(
        brought("regular-1", "7.0"),
        brought("midterm", "8.0"),
        facts.CorrectionVoided(correction_id=FIX, pupil=AN, column="midterm"),
    )


def test_a_brought_mark_that_is_official_changes_only_by_a_correction() -> None:
    told = (OPENED, facts.ColumnClosed(column="midterm"), brought("midterm", "8.0"))
    given(*told).when(LAN.enters((AN, "midterm", "9.0", 3))).then_refused(refusals.ColumnIsClosed)
    given(*told).when(LAN.requests((AN, "midterm", "9.0", 3), evidence=(BOOK,))).then(
        requested((AN, "midterm", "8.0", "9.0"))
    )


def test_brought_marks_fit_the_sheet() -> None:
    left = facts.PupilLeftSheet(pupil=CHI)
    for reason, past, asked in (
        (refusals.NoSuchColumn, (OPENED,), KHOA.brings(AN, ("regular-5", "8.0"))),
        (refusals.PupilNotOnSheet, (OPENED,), KHOA.brings(DIEP, ("midterm", "8.0"))),
        (refusals.PupilHasLeft, (OPENED, left), KHOA.brings(CHI, ("midterm", "8.0"))),
        (
            refusals.CellNamedTwice,
            (OPENED,),
            KHOA.brings(AN, ("midterm", "8.0"), ("midterm", "9.0")),
        ),
        (refusals.MarkDoesNotFitSubject, (OPENED,), KHOA.brings(AN, ("midterm", "passed"))),
        (
            refusals.MarkDoesNotFitSubject,
            (OPENED_FOR_COMMENTS,),
            KHOA.brings(AN, ("midterm", "8.0")),
        ),
        (refusals.SheetNotOpen, (), KHOA.brings(AN, ("midterm", "8.0"))),
    ):
        given(*past).when(asked).then_refused(reason)


def test_the_correction_day_is_moved_and_taken_away() -> None:
    moved = facts.CorrectionDayMoved(last_day=TOMORROW)
    given(OPENED).when(KHOA.moves_correction_day(TOMORROW)).then(moved)
    given(OPENED, moved).when(KHOA.moves_correction_day(TOMORROW)).then_nothing_happens()
    given(OPENED).when(KHOA.moves_correction_day(None)).then_nothing_happens()
    given(OPENED, moved).when(KHOA.moves_correction_day(None)).then(
        facts.CorrectionDayMoved(last_day=None)
    )
    given().when(KHOA.moves_correction_day(TOMORROW)).then_refused(refusals.SheetNotOpen)


def test_a_correction_is_late_after_the_moved_day_and_all_other_rules_stay() -> None:
    rules = CorrectionRules(homeroom_confirms=False, last_day=TOMORROW)
    told = (
        opened_with(correction_rules=rules),
        entered(AN, "midterm", "6.5"),
        facts.ColumnClosed(column="midterm"),
    )
    asks = LAN.requests((AN, "midterm", "7.0", 2))
    given(*told).when(asks).then(requested((AN, "midterm", "6.5", "7.0")))
    moved = facts.CorrectionDayMoved(last_day=EARLIER)
    late = requested((AN, "midterm", "6.5", "7.0"), late_because=(LateReason.AFTER_LAST_DAY,))
    given(*told, moved).when(asks).then(late)
    kept = given(*told, moved).sheet.rules
    assert kept == rules.model_copy(update={"last_day": EARLIER})


@pytest.mark.parametrize("voice", OTHERS, ids=lambda voice: voice.author.role)
def test_nobody_else_brings_marks_or_moves_the_correction_day(voice: Voice) -> None:
    for asked in (voice.brings(AN, ("midterm", "8.0")), voice.moves_correction_day(TOMORROW)):
        given(OPENED).when(asked).then_refused(NotForYourRole, role=voice.author.role)
