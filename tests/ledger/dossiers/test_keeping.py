"""A dossier is kept until its pupils have left; two people dispose of it, and its hashes stay."""

from datetime import date, datetime, timedelta
from typing import Any

from ledger.dossiers import commands, facts, refusals
from ledger.dossiers.facts import Keeping, PaperKind
from ledger.dossiers.keeping import kept_until
from ledger.dossiers.state import UNTIL_THE_PUPIL_LEAVES, DossierStatus
from ledger.refusal import NotForYourRole
from ledger.school.refusals import NoSuchClass
from ledger.sheet.state import replay
from ledger.vocabulary import Role
from tests.ledger.dossiers.story import (
    AFTERWARDS,
    LAST,
    LEFT_ON,
    THEN,
    Known,
    asks,
    given,
)
from tests.ledger.dossiers.test_signing import BY_ALL, archived
from tests.ledger.privacy.story import YEAR_ENDS, the_year, the_year_after
from tests.ledger.sheet.correction_steps import DONE
from tests.scenario import Past, lines_of
from tests.school import AN, BOOK, FIX, KHOA, LAN, MAI, NGOC, REASON, Voice

KEPT: tuple[Past, ...] = (*BY_ALL, NGOC.wrote(archived()))
PROPOSED = facts.DisposalProposed(correction_id=FIX, reason=REASON)
DISPOSED = facts.DossierDisposed(correction_id=FIX, files=tuple(sorted((LAST.sha256, BOOK.sha256))))
FIVE_YEARS = Keeping(years_after_leaving=5, ordered_by="Quyết định số 12")


def proposes(voice: Voice = MAI, at: datetime = AFTERWARDS) -> commands.ProposeDisposal:
    return asks(voice, commands.ProposeDisposal, at=at, correction_id=FIX, reason=REASON)


def disposes(voice: Voice = NGOC, **changed: Any) -> commands.DisposeOfDossier:  # noqa: ANN401
    content = {"correction_id": FIX, "files": DISPOSED.files, "at": AFTERWARDS}
    return asks(voice, commands.DisposeOfDossier, **{**content, **changed})


def test_two_people_dispose_of_a_dossier_and_its_hashes_stay() -> None:
    given(*KEPT).when(proposes()).then(PROPOSED)
    given(*KEPT, MAI.wrote(PROPOSED)).when(proposes()).then()
    after = given(*KEPT, MAI.wrote(PROPOSED)).when(disposes()).then(DISPOSED)
    assert after.of[FIX].status is DossierStatus.DISPOSED
    assert after.of[FIX].revision == LAST
    again = (*KEPT, MAI.wrote(PROPOSED), NGOC.wrote(DISPOSED))
    given(*again).when(disposes()).then_refused(refusals.DossierIsDisposed, by=NGOC.person)


def test_disposal_is_refused_in_order() -> None:
    given(*KEPT).when(proposes(NGOC)).then_refused(NotForYourRole)
    given(*BY_ALL).when(proposes()).then_refused(refusals.DossierNotArchived)
    given(*KEPT).when(disposes(KHOA)).then_refused(NotForYourRole)
    given(*KEPT).when(disposes()).then_refused(refusals.DisposalNotProposed)
    alone = MAI.acting_as(Role.PRINCIPAL)
    given(*KEPT, MAI.wrote(PROPOSED)).when(disposes(alone)).then_refused(
        refusals.DisposalNeedsAnother
    )
    foreign = disposes(files=("d" * 64,))
    given(*KEPT, MAI.wrote(PROPOSED)).when(foreign).then_refused(refusals.FilesStillNeeded)


def test_a_dossier_is_kept_while_a_pupil_of_it_is_at_school() -> None:
    last_day = AFTERWARDS - timedelta(days=1)
    given(*KEPT).when(proposes(at=last_day)).then_refused(
        refusals.DossierStillKept,
        until=LEFT_ON,
        ordered_by=UNTIL_THE_PUPIL_LEAVES.ordered_by,
    )
    later = Known(years={"2026-2027": the_year(), "2027-2028": the_year_after(AN)})
    came_back = AFTERWARDS.replace(year=2027)
    given(*KEPT, known=later).when(proposes(at=came_back)).then_refused(refusals.DossierStillKept)


def test_nobody_has_left_by_the_summer_between_two_years() -> None:
    correction = replay(lines_of(DONE)).corrections[FIX]
    known = Known(years={"2027-2028": the_year_after(AN)})
    year_ends = YEAR_ENDS.replace(year=YEAR_ENDS.year + 1)
    in_summer = year_ends + timedelta(days=30)
    until = kept_until(correction, UNTIL_THE_PUPIL_LEAVES, known, in_summer)
    assert until == year_ends + timedelta(days=366)


def test_the_principal_lets_dossiers_be_kept_longer() -> None:
    decides = asks(NGOC, commands.SetKeeping, keeping=FIVE_YEARS)
    decided = facts.KeepingSet(keeping=FIVE_YEARS)
    given().when(decides).then(decided)
    given(NGOC.wrote(decided)).when(decides).then()
    given().when(asks(MAI, commands.SetKeeping, keeping=FIVE_YEARS)).then_refused(NotForYourRole)
    given(*KEPT, NGOC.wrote(decided)).when(proposes()).then_refused(
        refusals.DossierStillKept, until=date(2031, 12, 31), ordered_by="Quyết định số 12"
    )


def test_keeping_counts_from_the_last_of_several_pupils() -> None:
    correction = replay(lines_of(DONE)).corrections[FIX]
    today = AFTERWARDS.date()
    assert kept_until(correction, UNTIL_THE_PUPIL_LEAVES, Known(), today) == LEFT_ON
    assert kept_until(correction, FIVE_YEARS, Known(), today) == date(2031, 12, 31)


def test_the_principal_declines_and_it_may_be_proposed_again() -> None:
    declines = asks(NGOC, commands.DeclineDisposal, at=AFTERWARDS, correction_id=FIX, reason=REASON)
    declined = facts.DisposalDeclined(correction_id=FIX, reason=REASON)
    given(*KEPT).when(declines).then_refused(refusals.DisposalNotProposed)
    given(*KEPT, MAI.wrote(PROPOSED)).when(declines).then(declined)
    past = (*KEPT, MAI.wrote(PROPOSED), NGOC.wrote(declined))
    given(*past).when(proposes()).then(PROPOSED)


def test_what_was_printed_is_noted() -> None:
    content: dict[str, Any] = {
        "paper": PaperKind.SCHOOL_RECORD,
        "class_group": "6A1",
        "semester": 1,
        "issued_on": THEN.date(),
        "note": "Học bạ của cả lớp",
    }
    notes = asks(MAI, commands.IssuePaper, **content)
    after = given().when(notes).then(facts.PaperIssued(**content))
    assert [one.fact.paper for one in after.papers] == [PaperKind.SCHOOL_RECORD]
    given().when(asks(LAN, commands.IssuePaper, **content)).then_refused(NotForYourRole)
    elsewhere = asks(MAI, commands.IssuePaper, **{**content, "class_group": "9A9"})
    given().when(elsewhere).then_refused(NoSuchClass)
    tomorrow = asks(
        MAI, commands.IssuePaper, **{**content, "issued_on": THEN.date() + timedelta(days=1)}
    )
    given().when(tomorrow).then_refused(refusals.PaperIssuedTomorrow)
