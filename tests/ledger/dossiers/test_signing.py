"""Those who took the steps sign, in the order of the school's rules, one after another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ledger.dossiers import commands, facts, refusals
from ledger.dossiers.facts import PaperKind
from ledger.dossiers.state import DossierStatus
from ledger.refusal import NotForYourRole
from ledger.sheet.grounds import LateReason
from ledger.sheet.refusals import NoSuchCorrection
from ledger.sheet.state import replay
from ledger.vocabulary import Role
from tests.ledger.dossiers.story import (
    FIRST,
    FOURTH,
    LAST,
    RENEWED,
    SECOND,
    STRANGER,
    THEN,
    THIRD,
    Known,
    asks,
    drafted,
    drafts,
    enrolled,
    given,
    signs,
    staff,
)
from tests.ledger.sheet.correction_steps import DONE, GRANTED, REQUESTED
from tests.scenario import Past, lines_of
from tests.school import AN, FIX, FIX_AGAIN, HOA, KHOA, LAN, MAI, NGOC, Voice, requested

TEACHER, ADMINISTRATOR, PRINCIPAL = Role.SUBJECT_TEACHER, Role.ADMINISTRATOR, Role.PRINCIPAL
BY_TEACHER = signs(LAN, TEACHER, FIRST, SECOND)
BY_ADMINISTRATOR = signs(KHOA, ADMINISTRATOR, SECOND, THIRD)
BY_PRINCIPAL = signs(NGOC, PRINCIPAL, THIRD, FOURTH)
ARCHIVES = asks(
    NGOC,
    commands.ArchiveDossier,
    correction_id=FIX,
    previous=FOURTH.sha256,
    revision=LAST,
    holds_until=THEN.date() + timedelta(days=3650),
)


def signature(command: commands.SignDossier) -> facts.DossierSigned:
    content = command.model_dump(exclude={"command_id", "by", "at", "school_year"})
    return facts.DossierSigned(**content)


def signed(command: commands.SignDossier) -> Past:
    return signature(command), command.by, command.at


def archived() -> facts.DossierArchived:
    content = ARCHIVES.model_dump(exclude={"command_id", "by", "at", "school_year"})
    return facts.DossierArchived(**content)


DRAFT: tuple[Past, ...] = (KHOA.wrote(drafted()),)
BY_ONE = (*DRAFT, signed(BY_TEACHER))
BY_TWO = (*BY_ONE, signed(BY_ADMINISTRATOR))
BY_ALL = (*BY_TWO, signed(BY_PRINCIPAL))


def test_whoever_took_the_steps_signs() -> None:
    after = given().when(drafts()).then(drafted())
    assert after.of[FIX].status is DossierStatus.AWAITS_SIGNATURES
    assert after.of[FIX].next_signer == drafted().signers[0]
    assert after.next_number == 2


def test_who_has_left_is_replaced_by_who_has_the_role() -> None:
    other = replace(STRANGER, author=STRANGER.author.model_copy(update={"role": ADMINISTRATOR}))
    known = Known(people=staff(LAN, NGOC, other))
    given(known=known).when(drafts(NGOC)).then(
        drafted(
            signers=(
                drafted().signers[0],
                facts.Signer(role=ADMINISTRATOR, person=other.person),
                drafted().signers[2],
            )
        )
    )
    nobody = Known(people=staff(LAN, NGOC))
    given(known=nobody).when(drafts(NGOC)).then_refused(
        refusals.SignerIsMissing, role=ADMINISTRATOR
    )


def test_what_was_found_wrong_late_is_corrected_on_paper_too() -> None:
    late = requested((AN, "midterm", "6.5", "8.5"), late_because=(LateReason.BOOK_CLOSED,))
    past = [LAN.wrote(late) if told == LAN.wrote(REQUESTED) else told for told in DONE]
    known = Known(maths=replay(lines_of(past)))
    given(known=known).when(drafts()).then(drafted(papers=tuple(PaperKind)))


def test_a_draft_is_refused_in_order() -> None:
    given().when(drafts(HOA)).then_refused(NotForYourRole)
    given().when(drafts(correction_id=FIX_AGAIN)).then_refused(NoSuchCorrection)
    approved = Known(maths=replay(lines_of(GRANTED)))
    given(known=approved).when(drafts()).then_refused(refusals.CorrectionNotExecuted)
    given().when(drafts(number=2)).then_refused(refusals.NumberNotNext, number=1)


def test_a_draft_is_made_anew_until_somebody_signs_and_then_by_the_principal_with_a_reason() -> (
    None
):
    given(*DRAFT).when(drafts(LAN)).then()
    given(*DRAFT).when(drafts(LAN, SECOND)).then(drafted(revision=SECOND))
    given(*DRAFT).when(drafts(LAN, SECOND, number=2)).then_refused(refusals.NumberNotNext, number=1)
    given(*BY_ONE).when(drafts(KHOA, THIRD, reason="Sai tên")).then_refused(refusals.DraftIsSigned)
    given(*BY_ONE).when(drafts(NGOC, THIRD)).then_refused(refusals.DraftIsSigned)
    after = (
        given(*BY_ONE)
        .when(drafts(NGOC, THIRD, reason="Sai tên"))
        .then(drafted(revision=THIRD, reason="Sai tên"))
    )
    assert after.of[FIX].signatures == ()
    ended = (*BY_ALL, NGOC.wrote(archived()))
    given(*ended).when(drafts(NGOC, FIRST, reason="Sai tên")).then_refused(
        refusals.DossierIsArchived
    )


def test_all_sign_one_after_another() -> None:
    given(*DRAFT).when(BY_TEACHER).then(signature(BY_TEACHER))
    given(*BY_ONE).when(BY_ADMINISTRATOR).then(signature(BY_ADMINISTRATOR))
    after = given(*BY_TWO).when(BY_PRINCIPAL).then(signature(BY_PRINCIPAL))
    assert after.of[FIX].status is DossierStatus.COMPLETE
    assert after.of[FIX].revisions == (FIRST, SECOND, THIRD, FOURTH)


def test_a_signature_sent_twice_is_one() -> None:
    given(*BY_ONE).when(BY_TEACHER).then()


def test_signing_is_refused_in_order() -> None:
    given().when(BY_TEACHER).then_refused(refusals.NoSuchDossier)
    given(*BY_ALL, NGOC.wrote(archived())).when(BY_TEACHER).then_refused(refusals.DossierIsArchived)
    forged = signs(STRANGER, TEACHER, FIRST, SECOND, certificate="f" * 64)
    given(*DRAFT).when(forged).then_refused(refusals.NotYourSignature, person=LAN.person)
    nowhere = signs(HOA, Role.HOMEROOM_TEACHER, FIRST, SECOND, certificate="f" * 64)
    given(*DRAFT).when(nowhere).then_refused(refusals.NotYourSignature, person=None)
    early = signs(KHOA, ADMINISTRATOR, FIRST, SECOND)
    given(*DRAFT).when(early).then_refused(refusals.NotYourTurnToSign, role=TEACHER)


def test_a_signature_continues_the_newest_revision() -> None:
    older = signs(KHOA, ADMINISTRATOR, FIRST, THIRD)
    given(*BY_ONE).when(older).then_refused(refusals.RevisionMovedOn)
    shorter = signs(KHOA, ADMINISTRATOR, SECOND, FIRST)
    given(*BY_ONE).when(shorter).then_refused(refusals.RevisionDoesNotGrow)


def test_a_signature_needs_an_own_certificate_that_is_valid() -> None:
    none = Known(keys=enrolled())
    given(*DRAFT, known=none).when(BY_TEACHER).then_refused(refusals.CertificateNotEnrolled)
    borrowed = signs(LAN, TEACHER, FIRST, SECOND, certificate=BY_PRINCIPAL.certificate)
    given(*DRAFT).when(borrowed).then_refused(refusals.CertificateNotEnrolled)
    over = Known(keys=enrolled(LAN.person, until=THEN - timedelta(seconds=1)))
    given(*DRAFT, known=over).when(BY_TEACHER).then_refused(
        refusals.CertificateOutOfDate, valid_until=THEN - timedelta(seconds=1)
    )


def test_an_archive_is_renewed_by_one_that_holds_longer() -> None:
    past = (*BY_ALL, NGOC.wrote(archived()))
    longer = {"holds_until": ARCHIVES.holds_until + timedelta(days=1)}
    renewal = {"previous": LAST.sha256, "revision": RENEWED}
    renews = ARCHIVES.model_copy(update={**renewal, **longer})
    after = given(*past).when(renews).then(archived().model_copy(update={**renewal, **longer}))
    assert after.of[FIX].revisions == (FIRST, SECOND, THIRD, FOURTH, LAST, RENEWED)
    no_longer = ARCHIVES.model_copy(update=renewal)
    given(*past).when(no_longer).then_refused(refusals.DossierIsArchived)
    older = ARCHIVES.model_copy(update={**longer, "revision": RENEWED})
    given(*past).when(older).then_refused(refusals.RevisionMovedOn)
    gone = (*past, NGOC.wrote(facts.DossierDisposed(correction_id=FIX, files=())))
    given(*gone).when(renews).then_refused(refusals.DossierIsDisposed)


def test_archiving_waits_for_signatures_and_for_paper() -> None:
    given(*BY_TWO).when(ARCHIVES).then_refused(refusals.SignaturesAreMissing, roles=[PRINCIPAL])
    late = (KHOA.wrote(drafted(papers=(PaperKind.CLASS_BOOK,))), *BY_ALL[1:])
    given(*late).when(ARCHIVES).then_refused(
        refusals.PapersNotCorrected, papers=[PaperKind.CLASS_BOOK]
    )
    given(*BY_ALL).when(ARCHIVES).then(archived())
    given(*BY_ALL, NGOC.wrote(archived())).when(ARCHIVES).then()


@pytest.mark.parametrize("voice", [LAN, HOA, MAI, KHOA, NGOC], ids=lambda one: one.author.role)
def test_paper_is_ticked_off_by_whoever_corrects_it(voice: Voice) -> None:
    past = (KHOA.wrote(drafted(papers=(PaperKind.CLASS_BOOK,))),)
    ticks = asks(
        voice,
        commands.CorrectPaper,
        correction_id=FIX,
        paper=PaperKind.CLASS_BOOK,
        note="Trang 12, dòng 7",
    )
    corrected = facts.PaperCorrected(
        correction_id=FIX, paper=PaperKind.CLASS_BOOK, note="Trang 12, dòng 7"
    )
    after = given(*past).when(ticks).then(corrected)
    assert after.of[FIX].uncorrected == ()
    given(*past, voice.wrote(corrected)).when(ticks).then()
    given(*DRAFT).when(ticks).then_refused(refusals.PaperNotDemanded, paper=PaperKind.CLASS_BOOK)


def test_paper_that_was_ticked_off_stays_so_when_the_record_is_made_anew() -> None:
    past = (
        KHOA.wrote(drafted(papers=(PaperKind.CLASS_BOOK,))),
        facts.PaperCorrected(correction_id=FIX, paper=PaperKind.CLASS_BOOK, note="Trang 12"),
    )
    after = given(*past).when(drafts(LAN, SECOND)).then(drafted(revision=SECOND))
    assert after.of[FIX].uncorrected == ()
    assert PaperKind.CLASS_BOOK in after.of[FIX].papers
