"""One correction, step by step: the pasts from which its rules are told."""

from ledger.line import Fact
from ledger.sheet import facts
from tests.scenario import Past
from tests.school import (
    AN,
    ANSWER,
    BAO,
    FIX,
    HOA,
    KHOA,
    LAN,
    NGOC,
    OPENED,
    QUESTION,
    REASON,
    VINH,
    corrected,
    entered,
    requested,
)

MIDTERM = (AN, "midterm", "8.5", 2)  # the cell of the story, the right mark, and its version
JOINED = facts.TeacherJoinedSheet(teacher=VINH.person)
OFFICIAL: tuple[Past, ...] = (
    OPENED,
    entered(AN, "midterm", "6.5"),
    entered(BAO, "midterm", "7.0"),
    facts.ColumnClosed(column="midterm"),
    JOINED,
)
REQUESTED = requested((AN, "midterm", "6.5", "8.5"))
CONFIRMED = facts.CorrectionConfirmed(correction_id=FIX)
APPROVED = facts.CorrectionApproved(correction_id=FIX)
AGREED = facts.CorrectionExecutionAgreed(correction_id=FIX)
EXECUTED = facts.CorrectionExecuted(correction_id=FIX)
VOIDED = facts.CorrectionVoided(correction_id=FIX, pupil=AN, column="midterm")
ASKED_BACK = facts.CorrectionAskedBack(correction_id=FIX, question=QUESTION)
ANSWERED = facts.CorrectionAnswered(correction_id=FIX, answer=ANSWER)
WITHDRAWN = facts.CorrectionWithdrawn(correction_id=FIX)
REFUSED = facts.CorrectionRefused(correction_id=FIX, reason=REASON)

ASKED = (*OFFICIAL, LAN.wrote(REQUESTED))
QUESTIONED = (*ASKED, NGOC.wrote(ASKED_BACK))
SEEN = (*ASKED, HOA.wrote(CONFIRMED))
GRANTED = (*SEEN, NGOC.wrote(APPROVED))
CARRIED_OUT: tuple[Fact, ...] = (
    AGREED,
    corrected(AN, "midterm", "6.5", "8.5"),
    EXECUTED,
    facts.ColumnRelocked(correction_id=FIX, column="midterm"),
)
DONE = (*GRANTED, LAN.wrote(AGREED), *(KHOA.wrote(fact) for fact in CARRIED_OUT))
ENDED = {
    "refused": (*ASKED, NGOC.wrote(REFUSED)),
    "withdrawn": (*ASKED, LAN.wrote(WITHDRAWN)),
    "executed": DONE,
}
