"""What the principal approves is a text that anybody can make anew, and nothing else."""

import hashlib
import json

import pytest
from pydantic import ValidationError

from ledger.sheet import facts, refusals
from ledger.sheet.approving import canonical_approval, statement_of
from ledger.sheet.attestation import ApprovalMethod, Attestation
from ledger.sheet.correction import Correction
from ledger.sheet.state import replay
from ledger.vocabulary import Author
from tests.ledger.sheet.correction_steps import APPROVED, SEEN
from tests.scenario import Past, given, lines_of
from tests.school import AN, BOOK, DUC, FIX, HOA, LAN, NGOC, PAPER, REASON, SHEET, Voice

QUESTION = facts.CorrectionAskedBack(correction_id=FIX, question="Bài làm của em ở đâu?")
ANSWER = facts.CorrectionAnswered(correction_id=FIX, answer="Đã gửi kèm", evidence=(PAPER,))
BY_CODE = Attestation(method=ApprovalMethod.PASSWORD_TOTP)
FOR_THE_PRINCIPAL = Author(person=DUC.person, role=NGOC.author.role, on_behalf_of=NGOC.person)


def correction(*more: Past) -> Correction:
    return replay(lines_of([*SEEN, *more])).corrections[FIX]


def stated(by: Author = NGOC.author, *more: Past) -> str:
    return statement_of(SHEET, correction(*more), by)


def test_the_text_says_all_that_is_approved_and_by_whom() -> None:
    form, text, rest = canonical_approval(SHEET, correction(), NGOC.author).decode().split("\n")
    assert (form, rest) == ("grade-ledger approval 1", "")
    assert json.loads(text) == {
        "approver": str(NGOC.person),
        "cause": "adding-up",
        "confirmed_by": str(HOA.person),
        "correction": str(FIX),
        "evidence": [{"kind": "teacher-book", "sha256": BOOK.sha256}],
        "found_by": "pupil",
        "late_because": [],
        "lines": [{"pupil": str(AN), "column": "midterm", "before": "6.5", "after": "8.5"}],
        "on_behalf_of": None,
        "reason": REASON,
        "requested_by": str(LAN.person),
        "sheet": str(SHEET),
    }


def test_the_text_is_made_anew_by_whoever_reads_how_it_is_written() -> None:
    form, text, _ = canonical_approval(SHEET, correction(), NGOC.author).decode().split("\n")
    again = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert stated() == hashlib.sha256(f"{form}\n{again}\n".encode()).hexdigest()
    assert "Chấm sót câu 4" in text


def test_another_approver_or_further_evidence_is_another_approval() -> None:
    answered = (NGOC.wrote(QUESTION), LAN.wrote(ANSWER))
    assert len({stated(), stated(FOR_THE_PRINCIPAL), stated(NGOC.author, *answered)}) == 3


def test_what_was_shown_is_approved_with_what_it_was_confirmed_with() -> None:
    asked = NGOC.approves(statement=stated()).model_copy(update={"attestation": BY_CODE})
    approved = APPROVED.model_copy(update={"statement": stated(), "attestation": BY_CODE})
    given(*SEEN).when(asked).then(approved)


@pytest.mark.parametrize(
    ("voice", "past", "added"),
    [
        (NGOC, (*SEEN, NGOC.wrote(QUESTION), LAN.wrote(ANSWER)), 1),
        (NGOC.on_behalf_of(DUC), SEEN, 0),
    ],
    ids=["answered since", "acts for somebody since"],
)
def test_what_has_changed_since_it_was_shown_is_not_approved(
    voice: Voice, past: tuple[Past, ...], added: int
) -> None:
    given(*past).when(voice.approves(statement=stated())).then_refused(
        refusals.ApprovalIsStale, added=added
    )


ASSERTION = dict.fromkeys(
    ("credential", "client_data", "authenticator_data", "signature"), "c3lubmUtcGFzc2tleQ"
)


@pytest.mark.parametrize("method", ApprovalMethod)
def test_a_passkey_and_nothing_else_leaves_an_assertion(method: ApprovalMethod) -> None:
    right = {"assertion": ASSERTION} if method is ApprovalMethod.PASSKEY else {}
    wrong = {} if right else {"assertion": ASSERTION}
    assert Attestation.model_validate({"method": method, **right}).method is method
    with pytest.raises(ValidationError):
        Attestation.model_validate({"method": method, **wrong})
