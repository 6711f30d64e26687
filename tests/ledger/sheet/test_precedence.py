"""Which reason a person is told when there are several: the order, row by row.

Each ladder is one command that is wrong in many ways. Its first row tells the first reason; every
next row has that one wrong mended and all the later ones still in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from ledger.refusal import NotForYourRole, Refused, Standing
from ledger.sheet import facts, refusals
from ledger.sheet.commands import AnyCommand
from ledger.vocabulary import PupilId, Role
from tests.scenario import Past, given
from tests.school import (
    AN,
    BAO,
    CHI,
    DIEP,
    EARLIER,
    FIX,
    FIX_AGAIN,
    HOA,
    KHOA,
    LAN,
    MAI,
    NEXT_WEEK,
    NGOC,
    NOW,
    OPENED,
    PUPILS,
    QUESTION,
    REASON,
    VINH,
    changed,
    entered,
    opened_with,
    requested,
)

Cell = tuple[PupilId, str, str, int]


@dataclass
class Ladder:
    """The rows of one command: the reason told, what had happened, and what was asked."""

    name: str
    rows: list[tuple[type[Refused], tuple[Past, ...], AnyCommand]] = field(default_factory=list)

    def row(self, reason: type[Refused], past: tuple[Past, ...], command: AnyCommand) -> "Ladder":
        self.rows.append((reason, past, command))
        return self


LOCKED = NGOC.wrote(facts.SheetLocked(reason=REASON))
MIDTERM_LOCKED = NGOC.wrote(facts.ColumnLocked(column="midterm", reason=REASON))
VOIDED = facts.CorrectionVoided(correction_id=FIX, pupil=AN, column="midterm")
WITHDRAWN = facts.CorrectionWithdrawn(correction_id=FIX)
APPROVED = NGOC.wrote(facts.CorrectionApproved(correction_id=FIX))
CONFIRMED = HOA.wrote(facts.CorrectionConfirmed(correction_id=FIX))
# The person who asked plays every part that the asker may not play.
ASKED = (OPENED, requested((AN, "midterm", "", "8.5")))
ASKED_BACK = NGOC.wrote(facts.CorrectionAskedBack(correction_id=FIX, question=QUESTION))
QUESTIONED = (*ASKED, ASKED_BACK)
ASKER_IS_HOMEROOM = facts.HomeroomTeacherChanged(teacher=LAN.person)


def entering() -> Ladder:
    deadline = facts.Deadline(column="final", at=EARLIER)
    past = (
        opened_with(deadlines=(deadline,)),
        entered(AN, "regular-1", "6.5"),
        facts.ColumnClosed(column="regular-1"),
        MIDTERM_LOCKED,
        facts.PupilLeftSheet(pupil=CHI),
        entered(AN, "regular-2", "6.5"),
        changed(AN, "regular-2", "6.5", "7.0"),
    )
    wrongs: list[tuple[type[Refused], tuple[Cell, ...]]] = [
        (refusals.NoSuchColumn, ((AN, "regular-9", "8.0", 0),)),
        (refusals.SheetIsLocked, ((AN, "midterm", "8.0", 0),)),
        (refusals.DeadlineHasPassed, ((AN, "final", "8.0", 0),)),
        (refusals.ColumnIsClosed, ((AN, "regular-1", "8.0", 2),)),
        (refusals.PupilNotOnSheet, ((DIEP, "regular-2", "8.0", 0),)),
        (refusals.PupilHasLeft, ((CHI, "regular-2", "8.0", 0),)),
        (refusals.CellNamedTwice, ((BAO, "regular-2", "8.0", 0), (BAO, "regular-2", "9.0", 0))),
        (refusals.MarkDoesNotFitSubject, ((BAO, "regular-3", "passed", 0),)),
        (refusals.ZeroByRuleIsForPeriodicTests, ((BAO, "regular-4", "zero-by-rule", 0),)),
        (refusals.CellsMovedOn, ((AN, "regular-2", "8.0", 6),)),
    ]
    everything = tuple(cell for _, cells in wrongs for cell in cells)
    ladder = Ladder("enter-marks")
    ladder.row(refusals.SheetNotOpen, (), HOA.enters(*everything))
    ladder.row(NotForYourRole, past, HOA.enters(*everything))
    ladder.row(refusals.NotYourSheet, past, VINH.enters(*everything))
    for number, (reason, _) in enumerate(wrongs):
        left = tuple(cell for _, cells in wrongs[number:] for cell in cells)
        ladder.row(reason, past, LAN.enters(*left))
    return ladder


def entering_on_behalf() -> Ladder:
    cells: tuple[Cell, ...] = ((AN, "regular-1", "8.0", 0), (AN, "midterm", "8.0", 0))
    past = (OPENED, LOCKED)
    return (
        Ladder("enter-marks on behalf")
        .row(refusals.SecretaryNeedsATeacher, past, MAI.enters(*cells))
        .row(refusals.SecretaryEntersPeriodicTestsOnly, past, MAI.on_behalf_of(LAN).enters(*cells))
        .row(refusals.SheetIsLocked, past, MAI.on_behalf_of(LAN).enters(cells[1]))
    )


def opening() -> Ladder:
    twice = {"pupils": (PUPILS[0], PUPILS[0])}
    deadline = {"deadlines": (facts.Deadline(column="regular-9", at=NOW),)}
    return (
        Ladder("open-sheet")
        .row(NotForYourRole, (OPENED,), LAN.opens(teachers=(), **twice, **deadline))
        .row(refusals.SheetAlreadyOpen, (OPENED,), KHOA.opens(teachers=(), **twice, **deadline))
        .row(refusals.SheetNeedsATeacher, (), KHOA.opens(teachers=(), **twice, **deadline))
        .row(refusals.PupilsNumberedTwice, (), KHOA.opens(**twice, **deadline))
        .row(refusals.NoSuchColumn, (), KHOA.opens(**deadline))
    )


def closing() -> Ladder:
    awaiting = MAI.on_behalf_of(LAN).wrote(entered(AN, "midterm", "8.0"))
    past = (OPENED, awaiting)
    locked = (*past, MIDTERM_LOCKED)
    return (
        Ladder("close-column")
        .row(refusals.SheetNotOpen, (), HOA.closes("regular-9"))
        .row(NotForYourRole, locked, HOA.closes("regular-9"))
        .row(refusals.NotYourSheet, locked, VINH.closes("regular-9"))
        .row(refusals.NoSuchColumn, locked, LAN.closes("regular-9"))
        .row(refusals.SheetIsLocked, locked, LAN.closes("midterm"))
        .row(refusals.EntriesAwaitConfirmation, past, LAN.closes("midterm"))
        .row(
            refusals.ColumnHasBlanks,
            (*past, facts.EntriesConfirmed(column="midterm")),
            LAN.closes("midterm"),
        )
    )


def reopening() -> Ladder:
    locked = (OPENED, MIDTERM_LOCKED)
    late = LAN.at(NEXT_WEEK)
    return (
        Ladder("reopen-column")
        .row(NotForYourRole, locked, HOA.reopens("regular-9"))
        .row(refusals.NotYourSheet, locked, VINH.reopens("regular-9"))
        .row(refusals.NoSuchColumn, locked, late.reopens("regular-9"))
        .row(refusals.SheetIsLocked, locked, late.reopens("midterm"))
        .row(refusals.ColumnIsOpen, (OPENED,), late.reopens("midterm"))
        .row(
            refusals.GraceIsOver,
            (OPENED, facts.ColumnClosed(column="midterm")),
            late.reopens("midterm"),
        )
    )


def unlocking() -> Ladder:
    return (
        Ladder("unlock-column")
        .row(NotForYourRole, (OPENED,), LAN.unlocks_column("regular-9", EARLIER))
        .row(refusals.NoSuchColumn, (OPENED,), NGOC.unlocks_column("regular-9", EARLIER))
        .row(refusals.NothingIsLocked, (OPENED,), NGOC.unlocks_column("midterm", EARLIER))
        .row(
            refusals.UnlockMustEndLater,
            (OPENED, LOCKED),
            NGOC.unlocks_column("midterm", EARLIER),
        )
    )


def requesting() -> Ladder:
    past = (
        OPENED,
        entered(AN, "midterm", "6.5"),
        entered(BAO, "midterm", "7.0"),
        facts.ColumnClosed(column="midterm"),
        requested((BAO, "midterm", "7.0", "8.0")),
        facts.PupilLeftSheet(pupil=CHI),
    )
    wrongs: list[tuple[type[Refused], tuple[Cell, ...]]] = [
        (refusals.NoSuchColumn, ((AN, "regular-9", "8.0", 0),)),
        (refusals.PupilNotOnSheet, ((DIEP, "final", "8.0", 0),)),
        (refusals.CellNamedTwice, ((BAO, "final", "8.0", 0), (BAO, "final", "8.0", 0))),
        (refusals.MarkDoesNotFitSubject, ((BAO, "regular-3", "passed", 0),)),
        (refusals.ZeroByRuleIsForPeriodicTests, ((BAO, "regular-4", "zero-by-rule", 0),)),
        (refusals.CellsMovedOn, ((AN, "regular-1", "8.0", 7),)),
        (refusals.MarkIsNotOfficial, ((AN, "regular-2", "8.0", 0),)),
        (refusals.NothingToCorrect, ((AN, "midterm", "6.5", 2),)),
        (refusals.CellIsInACorrection, ((BAO, "midterm", "9.0", 3),)),
    ]
    everything = tuple(cell for _, cells in wrongs for cell in cells)
    ladder = Ladder("request-correction")
    ladder.row(NotForYourRole, past, HOA.requests(*everything, evidence=()))
    ladder.row(refusals.NotYourSheet, past, VINH.requests(*everything, evidence=()))
    for number, (reason, _) in enumerate(wrongs):
        left = tuple(cell for _, cells in wrongs[number:] for cell in cells)
        ladder.row(reason, past, LAN.requests(*left, evidence=()))
    sound = (AN, "midterm", "9.0", 2)
    ladder.row(refusals.EvidenceIsMissing, past, LAN.requests(sound, evidence=()))
    return ladder.row(refusals.CorrectionIdReused, past, LAN.requests(sound))


def confirming() -> Ladder:
    void = (*ASKED, VOIDED)
    asker = LAN.acting_as(Role.HOMEROOM_TEACHER)
    return (
        Ladder("confirm-correction")
        .row(NotForYourRole, void, LAN.confirms(FIX_AGAIN))
        .row(refusals.NotYourSheet, void, asker.confirms(FIX_AGAIN))
        .row(refusals.NoSuchCorrection, (*void, ASKER_IS_HOMEROOM), asker.confirms(FIX_AGAIN))
        .row(refusals.CorrectionIsVoid, (*void, ASKER_IS_HOMEROOM), asker.confirms())
        .row(refusals.RequesterMayNotConfirm, (*QUESTIONED, ASKER_IS_HOMEROOM), asker.confirms())
        .row(refusals.CorrectionAwaitsAnswer, QUESTIONED, HOA.confirms())
    )


def approving() -> Ladder:
    withdrawn = (*ASKED, WITHDRAWN)
    asker = LAN.acting_as(Role.PRINCIPAL)
    return (
        Ladder("approve-correction")
        .row(NotForYourRole, withdrawn, LAN.approves(FIX_AGAIN))
        .row(refusals.NoSuchCorrection, withdrawn, asker.approves(FIX_AGAIN))
        .row(refusals.CorrectionIsSettled, withdrawn, asker.approves())
        .row(refusals.RequesterMayNotApprove, ASKED, asker.approves())
        .row(refusals.AwaitsConfirmation, QUESTIONED, NGOC.approves(statement="0" * 64))
        .row(
            refusals.CorrectionAwaitsAnswer,
            (*ASKED, CONFIRMED, ASKED_BACK),
            NGOC.approves(statement="0" * 64),
        )
        .row(refusals.ApprovalIsStale, (*ASKED, CONFIRMED), NGOC.approves(statement="0" * 64))
    )


def not_deciding(name: str, verb: str) -> Ladder:
    """What keeps somebody from refusing, and from asking back as well."""
    granted = (*QUESTIONED, CONFIRMED, APPROVED)
    withdrawn = (*granted, WITHDRAWN)
    moved = (*withdrawn, ASKER_IS_HOMEROOM)
    asker = LAN.acting_as(Role.HOMEROOM_TEACHER)
    return (
        Ladder(name)
        .row(NotForYourRole, withdrawn, getattr(LAN, verb)(FIX_AGAIN))
        .row(refusals.NotYourSheet, withdrawn, getattr(asker, verb)(FIX_AGAIN))
        .row(refusals.NoSuchCorrection, moved, getattr(asker, verb)(FIX_AGAIN))
        .row(refusals.CorrectionIsSettled, moved, getattr(asker, verb)())
        .row(refusals.RequesterMayNotConfirm, (*granted, ASKER_IS_HOMEROOM), getattr(asker, verb)())
        .row(refusals.AwaitsApproval, (*QUESTIONED, CONFIRMED), getattr(HOA, verb)())
        .row(refusals.AlreadyApproved, granted, getattr(HOA, verb)())
    )


def refusing() -> Ladder:
    return not_deciding("refuse-correction", "refuses")


def asking_back() -> Ladder:
    ladder = not_deciding("ask-back-correction", "asks_back")
    return ladder.row(refusals.CorrectionAwaitsAnswer, QUESTIONED, NGOC.asks_back())


def answering() -> Ladder:
    void = (*ASKED, VOIDED)
    return (
        Ladder("answer-correction")
        .row(NotForYourRole, void, NGOC.answers(FIX_AGAIN))
        .row(refusals.NoSuchCorrection, void, VINH.answers(FIX_AGAIN))
        .row(refusals.NotYourRequest, void, VINH.answers())
        .row(refusals.CorrectionIsVoid, void, LAN.answers())
        .row(refusals.NothingWasAsked, ASKED, LAN.answers())
    )


def withdrawing() -> Ladder:
    void = (*ASKED, VOIDED)
    return (
        Ladder("withdraw-correction")
        .row(NotForYourRole, void, NGOC.withdraws(FIX_AGAIN))
        .row(refusals.NoSuchCorrection, void, VINH.withdraws(FIX_AGAIN))
        .row(refusals.NotYourRequest, void, VINH.withdraws())
        .row(refusals.CorrectionIsVoid, void, LAN.withdraws())
    )


def executing() -> Ladder:
    void = (*ASKED, VOIDED)
    asker = LAN.acting_as(Role.ADMINISTRATOR)
    return (
        Ladder("execute-correction")
        .row(NotForYourRole, void, HOA.executes(FIX_AGAIN))
        .row(refusals.NotYourSheet, void, VINH.executes(FIX_AGAIN))
        .row(refusals.NoSuchCorrection, void, asker.executes(FIX_AGAIN))
        .row(refusals.CorrectionIsVoid, void, asker.executes())
        .row(refusals.AwaitsApproval, ASKED, asker.executes())
        .row(refusals.ExecutorsMustDiffer, (*ASKED, CONFIRMED, APPROVED), asker.executes())
    )


def bringing() -> Ladder:
    past = (OPENED, facts.PupilLeftSheet(pupil=CHI), entered(AN, "midterm", "6.5"))
    both = (("midterm", "passed"), ("midterm", "8.0"))
    return (
        Ladder("bring-marks")
        .row(NotForYourRole, past, LAN.brings(DIEP, ("regular-9", "8.0"), *both))
        .row(refusals.NoSuchColumn, past, KHOA.brings(DIEP, ("regular-9", "8.0"), *both))
        .row(refusals.PupilNotOnSheet, past, KHOA.brings(DIEP, *both))
        .row(refusals.PupilHasLeft, past, KHOA.brings(CHI, *both))
        .row(refusals.CellNamedTwice, past, KHOA.brings(AN, *both))
        .row(refusals.MarkDoesNotFitSubject, past, KHOA.brings(AN, ("midterm", "passed")))
        .row(refusals.CellsHoldMarks, past, KHOA.brings(AN, ("midterm", "8.0")))
    )


LADDERS = [
    ladder()
    for ladder in (
        entering,
        entering_on_behalf,
        opening,
        bringing,
        closing,
        reopening,
        unlocking,
        requesting,
        confirming,
        approving,
        refusing,
        asking_back,
        answering,
        withdrawing,
        executing,
    )
]
TABLE = [(ladder.name, *row) for ladder in LADDERS for row in ladder.rows]


def in_order() -> Iterator[type[Refused]]:
    """Every refusal as the file has them, which is the documented order.

    The role is the first thing asked of who wants something of a sheet that there is.
    """
    for found in vars(refusals).values():
        if isinstance(found, type) and issubclass(found, Refused) and found is not Refused:
            yield found
        if found is refusals.SheetNotOpen:
            yield NotForYourRole


@pytest.mark.parametrize(
    ("name", "reason", "past", "command"), TABLE, ids=[f"{row[0]}: {row[1].code}" for row in TABLE]
)
def test_the_first_reason_that_holds_is_told(
    name: str, reason: type[Refused], past: tuple[Past, ...], command: AnyCommand
) -> None:
    asked, _, _ = name.partition(" ")
    assert asked == command.NAME
    given(*past).when(command).then_refused(reason)


@pytest.mark.parametrize("ladder", LADDERS, ids=lambda ladder: ladder.name)
def test_reasons_are_told_in_the_documented_order(ladder: Ladder) -> None:
    documented = list(in_order())
    ranks = [documented.index(reason) for reason, _, _ in ladder.rows]
    assert ranks == sorted(ranks)


def test_every_refusal_of_a_rule_is_in_the_table() -> None:
    told = {reason for _, reason, _, _ in TABLE}
    assert told == set(in_order())


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [reason.code for reason in in_order()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", code) for code in codes)


def test_every_refusal_says_when_it_is_told() -> None:
    assert all((reason.__doc__ or "").endswith(".") for reason in in_order())


def test_attempts_to_write_without_the_right_are_kept() -> None:
    kept = {reason for reason in in_order() if reason.kept}
    outside = {r for r in in_order() if r.standing is Standing.NOT_YOUR_PLACE}
    locked = {refusals.SheetIsLocked, refusals.DeadlineHasPassed, refusals.ColumnIsClosed}
    assert kept == outside | locked
