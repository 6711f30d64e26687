"""Two people, a law that no longer orders keeping, and nothing left to be disputed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ledger.privacy import commands, facts, refusals
from ledger.privacy.facts import Retention
from ledger.privacy.retention import CAREFUL_RETENTION, kept_until
from ledger.refusal import NotForYourRole
from ledger.sheet.facts import CorrectionAnswered, CorrectionAskedBack, CorrectionWithdrawn
from ledger.vocabulary import Author, Role
from tests.ledger.privacy.story import (
    ERASURE,
    LEFT_ON,
    NOBODY_LISTED,
    OTHER,
    STAYS,
    TOO_EARLY,
    YEAR_ENDS,
    Known,
    approves,
    asks,
    given,
    requests,
    sheet_with,
    the_year,
    the_year_after,
)
from tests.school import (
    AN,
    ANSWER,
    BAO,
    BOOK,
    DUC,
    FIX,
    FIX_AGAIN,
    KHOA,
    LAN,
    MAI,
    NGOC,
    OPENED,
    PAPER,
    QUESTION,
    REASON,
    Voice,
    requested,
)

REQUESTED = facts.ErasureRequested(
    **requests().model_dump(exclude={"command_id", "by", "at"}),
)
PAST = (MAI.wrote(REQUESTED),)
ERASED = facts.PersonalDataErased(
    erasure_id=ERASURE,
    pupil=AN,
    requested_by=REQUESTED.requested_by,
    ground=REQUESTED.ground,
    left_on=LEFT_ON,
    retention=CAREFUL_RETENTION,
    evidence=(),
)
DEPUTY = replace(
    DUC,
    author=Author(person=DUC.person, role=Role.PRINCIPAL, on_behalf_of=NGOC.person),
)


@pytest.mark.parametrize("voice", [MAI, KHOA])
def test_secretary_and_administrator_write_a_request_down(voice: Voice) -> None:
    given().when(requests(voice)).then(REQUESTED)


def test_requesting_is_refused_in_order() -> None:
    erased = (*PAST, NGOC.wrote(ERASED))
    given(*erased).when(requests(LAN)).then_refused(NotForYourRole)
    given(*erased).when(requests()).then_refused(refusals.ErasureIdReused)
    again = requests(erasure_id=OTHER)
    given(*erased).when(again).then_refused(refusals.PersonalDataIsErased)
    given(*PAST).when(again).then_refused(refusals.ErasureAlreadyRequested)
    stranger = requests(pupil=NOBODY_LISTED)
    given().when(stranger).then_refused(refusals.PupilOnNoClassList)


def test_the_principal_erases_what_another_asked_for() -> None:
    given(*PAST).when(approves()).then(ERASED)


def test_approving_is_refused_in_order() -> None:
    decided = (*PAST, NGOC.wrote(ERASED))
    given().when(approves(KHOA)).then_refused(NotForYourRole)
    given().when(approves(DEPUTY)).then_refused(refusals.OnlyThePrincipalErases)
    given().when(approves()).then_refused(refusals.NoSuchErasure)
    given(*decided).when(approves()).then_refused(
        refusals.ErasureIsDecided, status="erased", by=NGOC.person
    )
    own = (NGOC.acting_as(Role.ADMINISTRATOR).wrote(REQUESTED),)
    given(*own).when(approves(at=TOO_EARLY)).then_refused(refusals.ErasureNeedsAnother)
    given(*PAST).when(approves(NGOC, "f" * 64)).then_refused(refusals.EvidenceStillNeeded)


def test_nothing_is_erased_while_a_law_orders_keeping() -> None:
    early = requests(at=TOO_EARLY)
    until = date(2046, 12, 31)
    basis = CAREFUL_RETENTION.legal_basis
    refused = {"left_on": LEFT_ON, "until": until, "legal_basis": basis}
    given().when(early).then_refused(refusals.RetentionNotOver, **refused)
    given(*PAST).when(approves(at=TOO_EARLY)).then_refused(refusals.RetentionNotOver, **refused)


def test_the_retention_is_the_one_that_the_principal_set() -> None:
    longer = Retention(years=30, legal_basis="Quyết định của trường")
    past = (NGOC.wrote(facts.RetentionSet(retention=longer)), *PAST)
    given(*past).when(approves()).then_refused(refusals.RetentionNotOver, until=date(2056, 12, 31))


def test_the_retention_counts_whole_calendar_years_after_the_year_of_leaving() -> None:
    one = Retention(years=1, legal_basis=REASON)
    assert kept_until(date(2027, 1, 1), one) == date(2028, 12, 31)
    assert kept_until(date(2028, 2, 29), one) == date(2029, 12, 31)


def test_who_never_left_a_class_has_left_with_the_end_of_the_last_year() -> None:
    stayed = requests(pupil=STAYS, at=TOO_EARLY)
    given().when(stayed).then_refused(refusals.RetentionNotOver, left_on=YEAR_ENDS)


def test_who_is_still_at_school_is_not_erased() -> None:
    now = NGOC.moment
    given().when(requests(pupil=STAYS, at=now)).then_refused(
        refusals.PupilStillAtSchool, until=YEAR_ENDS
    )
    given().when(requests(at=now)).then_refused(refusals.PupilStillAtSchool, until=LEFT_ON)


def test_who_came_back_in_a_later_year_left_then() -> None:
    again = Known(years={"2026-2027": the_year(), "2027-2028": the_year_after(AN)})
    given(known=again).when(requests()).then_refused(
        refusals.RetentionNotOver, left_on=date(2028, 5, 25)
    )


def test_a_list_of_next_year_means_still_at_school() -> None:
    listed = Known(years={"2026-2027": the_year(), "2027-2028": the_year_after(AN)})
    asked = requests(at=datetime(2027, 6, 20, 1, 0, tzinfo=UTC))
    given(known=listed).when(asked).then_refused(refusals.PupilStillAtSchool)


def test_nothing_is_erased_while_a_mark_is_disputed() -> None:
    disputed = sheet_with(OPENED, requested((AN, "midterm", "7.0", "8.0")))
    given(known=disputed).when(requests()).then_refused(refusals.CorrectionsStillOpen, count=1)
    of_another = sheet_with(OPENED, requested((BAO, "midterm", "7.0", "8.0")))
    given(known=of_another).when(requests()).then(REQUESTED)


SETTLED = (
    OPENED,
    requested((AN, "midterm", "7.0", "8.0")),
    CorrectionWithdrawn(correction_id=FIX),
    requested(
        (AN, "final", "7.0", "8.0"), (BAO, "final", "7.0", "8.0"), correction_id=FIX_AGAIN
    ).model_copy(update={"evidence": (PAPER,)}),
    CorrectionWithdrawn(correction_id=FIX_AGAIN),
)


def test_evidence_about_the_pupil_alone_goes_with_the_data() -> None:
    known = given(*PAST, known=sheet_with(*SETTLED))
    with_file = ERASED.model_copy(update={"evidence": (BOOK.sha256,)})
    known.when(approves(NGOC, BOOK.sha256, BOOK.sha256)).then(with_file)
    known.when(approves()).then(ERASED)  # another correction may still need it


def test_evidence_of_an_answer_is_evidence_of_the_correction() -> None:
    answered = (
        *SETTLED[:2],
        CorrectionAskedBack(correction_id=FIX, question=QUESTION),
        CorrectionAnswered(correction_id=FIX, answer=ANSWER, evidence=(PAPER,)),
        CorrectionWithdrawn(correction_id=FIX),
    )
    given(*PAST, known=sheet_with(*answered)).when(approves(NGOC, PAPER.sha256)).then(
        ERASED.model_copy(update={"evidence": (PAPER.sha256,)})
    )


def test_evidence_shared_with_others_goes_with_the_last_of_them() -> None:
    alone = given(*PAST, known=sheet_with(*SETTLED))
    alone.when(approves(NGOC, PAPER.sha256)).then_refused(refusals.EvidenceStillNeeded)
    before = ERASED.model_copy(update={"pupil": BAO, "erasure_id": OTHER})
    other = REQUESTED.model_copy(update={"pupil": BAO, "erasure_id": OTHER})
    last = given(*PAST, MAI.wrote(other), NGOC.wrote(before), known=sheet_with(*SETTLED))
    last.when(approves(NGOC, PAPER.sha256)).then(
        ERASED.model_copy(update={"evidence": (PAPER.sha256,)})
    )


def test_a_request_is_declined_and_may_be_made_again() -> None:
    declines = asks(NGOC, commands.DeclineErasure, erasure_id=ERASURE, reason=REASON)
    declined = facts.ErasureDeclined(erasure_id=ERASURE, reason=REASON)
    given(*PAST).when(declines).then(declined)
    given(*PAST).when(asks(DEPUTY, type(declines), erasure_id=ERASURE, reason=REASON)).then(
        declined
    )
    given(*PAST).when(asks(KHOA, type(declines), erasure_id=ERASURE, reason=REASON)).then_refused(
        NotForYourRole
    )
    settled = (*PAST, NGOC.wrote(declined))
    given(*settled).when(declines).then_refused(refusals.ErasureIsDecided, status="declined")
    given(*settled).when(requests(erasure_id=OTHER)).then(
        REQUESTED.model_copy(update={"erasure_id": OTHER})
    )


def test_a_request_is_withdrawn_by_who_writes_them_down() -> None:
    withdraws = asks(KHOA, commands.WithdrawErasure, erasure_id=ERASURE, reason=REASON)
    withdrawn = facts.ErasureWithdrawn(erasure_id=ERASURE, reason=REASON)
    given(*PAST).when(withdraws).then(withdrawn)
    given(*PAST, MAI.wrote(withdrawn)).when(approves()).then_refused(
        refusals.ErasureIsDecided, status="withdrawn"
    )
    given(*PAST).when(asks(NGOC, type(withdraws), erasure_id=ERASURE, reason=REASON)).then_refused(
        NotForYourRole
    )
