"""Seen, explained, laid before the principal, closed and taken up again: who may, and when."""

import pytest

from ledger.refusal import NotForYourRole, Refused
from ledger.signals import facts, refusals
from ledger.signals.commands import (
    AskTeacher,
    CloseSignal,
    EscalateSignal,
    ExplainSignal,
    FindingCommand,
    MarkSignalSeen,
    ReopenSignal,
)
from ledger.signals.facts import SignalOutcome, SignalStatus
from ledger.signals.finding import Place
from ledger.vocabulary import Role
from tests.every_signal_fact import FINDING, SIGNAL
from tests.ledger.signals.story import (
    ASKED,
    CLOSED,
    ESCALATED,
    NOTED,
    QUESTION,
    REASON,
    asks,
    changed,
    given,
    now,
    taught_by,
)
from tests.school import DUC, HOA, KHOA, LAN, MAI, NGOC, TUAN, VINH, Voice

SEEN = facts.SignalSeen(signal_id=SIGNAL)
EXPLAINED = facts.SignalExplained(signal_id=SIGNAL, reason=REASON)
REOPENED = facts.SignalReopened(signal_id=SIGNAL, reason="Phụ huynh có đơn")
NOTED_NOW = facts.SignalNoted(finding=FINDING)


def acts(kind: type[FindingCommand], voice: Voice = DUC, **changed: object) -> FindingCommand:
    words: dict[type, dict[str, object]] = {
        AskTeacher: {"teacher": LAN.person, "question": QUESTION},
        ExplainSignal: {"reason": REASON},
        EscalateSignal: {"reason": REASON},
        CloseSignal: {"outcome": SignalOutcome.INNOCENT, "reason": REASON},
        ReopenSignal: {"reason": REOPENED.reason},
    }
    return asks(voice, kind, **{**words.get(kind, {}), **changed})


KINDS = (MarkSignalSeen, AskTeacher, ExplainSignal, EscalateSignal, CloseSignal, ReopenSignal)


@pytest.mark.parametrize(
    ("kind", "fact"),
    [
        (MarkSignalSeen, SEEN),
        (AskTeacher, ASKED),
        (ExplainSignal, EXPLAINED),
        (EscalateSignal, ESCALATED),
        (CloseSignal, CLOSED),
    ],
)
def test_the_first_act_notes_what_the_signal_said(
    kind: type[FindingCommand], fact: facts.AnySignalsFact
) -> None:
    given().when(acts(kind)).then(NOTED_NOW, fact)
    given(NOTED).when(acts(kind)).then(fact)
    given(NOTED, DUC.wrote(fact)).when(acts(kind)).then()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("voice", [LAN, HOA, KHOA, MAI, TUAN], ids=lambda voice: voice.author.role)
def test_nobody_but_leaders_acts(kind: type[FindingCommand], voice: Voice) -> None:
    given(NOTED).when(acts(kind, voice)).then_refused(NotForYourRole)


def test_other_figures_are_noted_again_and_strength_alone_is_not() -> None:
    seen = given(NOTED, DUC.wrote(SEEN))
    moved = changed(changes="21")
    seen.when(acts(MarkSignalSeen, finding=moved)).then(facts.SignalNoted(finding=moved), SEEN)
    stronger = FINDING.model_copy(update={"q": "0.00004", "effect": "15.1", "position": 5_000})
    seen.when(acts(MarkSignalSeen, finding=stronger)).then()
    handled = now(NOTED, facts.SignalNoted(finding=moved)).of[SIGNAL]
    assert handled.findings == (FINDING, moved)


def test_each_leader_sees_for_themselves_and_again_what_is_new() -> None:
    by_duc = (NOTED, DUC.wrote(SEEN))
    given(*by_duc).when(acts(MarkSignalSeen, NGOC)).then(SEEN)
    renewed = (*by_duc, NGOC.wrote(facts.SignalNoted(finding=changed(changes="21"))))
    again = acts(MarkSignalSeen, finding=changed(changes="21"))
    given(*renewed, NGOC.wrote(SEEN)).when(again).then(SEEN)


@pytest.mark.parametrize(
    ("kind", "fact"), [(ExplainSignal, EXPLAINED), (EscalateSignal, ESCALATED)]
)
def test_other_words_stand_beside_the_first(
    kind: type[FindingCommand], fact: facts.SignalExplained | facts.SignalEscalated
) -> None:
    more = fact.model_copy(update={"reason": "Có thêm biên bản họp tổ"})
    given(NOTED, DUC.wrote(fact)).when(acts(kind, reason=more.reason)).then(more)


@pytest.mark.parametrize("kind", [ExplainSignal, CloseSignal, ReopenSignal])
def test_nobody_judges_a_signal_about_themselves(kind: type[FindingCommand]) -> None:
    theirs = FINDING.model_copy(update={"place": Place(person=DUC.person)})
    about_duc = (DUC.wrote(facts.SignalNoted(finding=theirs)),)
    closed = (*about_duc, NGOC.wrote(CLOSED.model_copy(update={"signal_id": theirs.signal_id})))
    past = closed if kind is ReopenSignal else about_duc
    mine = acts(kind, finding=theirs)
    given(*past).when(mine).then_refused(refusals.SignalConcernsYou)
    taught = given(NOTED, known=taught_by(DUC.person))
    taught.when(acts(kind)).then_refused(refusals.SignalConcernsYou)


def test_who_it_concerns_may_look_and_ask_and_lay_it_before_the_principal() -> None:
    taught = given(NOTED, known=taught_by(DUC.person, LAN.person))
    taught.when(acts(MarkSignalSeen)).then(SEEN)
    taught.when(acts(AskTeacher)).then(ASKED)
    taught.when(acts(EscalateSignal)).then(ESCALATED)


def test_what_concerns_the_principal_is_not_laid_before_the_principal() -> None:
    taught = given(NOTED, known=taught_by(NGOC.person))
    taught.when(acts(EscalateSignal)).then_refused(refusals.SignalConcernsThePrincipal)
    taught.when(acts(CloseSignal, NGOC)).then_refused(refusals.SignalConcernsYou)
    taught.when(acts(CloseSignal)).then(CLOSED)


def test_the_principal_lays_nothing_before_the_principal() -> None:
    given(NOTED).when(acts(EscalateSignal, NGOC)).then_refused(NotForYourRole)


def test_what_lies_before_the_principal_only_the_principal_closes_and_reopens() -> None:
    escalated = (NOTED, DUC.wrote(ESCALATED))
    given(*escalated).when(acts(CloseSignal)).then_refused(
        refusals.SignalIsEscalated, by=DUC.person, at=DUC.moment, reason=REASON
    )
    given(*escalated).when(acts(CloseSignal, NGOC)).then(CLOSED)
    closed = (*escalated, NGOC.wrote(CLOSED))
    given(*closed).when(acts(ReopenSignal)).then_refused(refusals.SignalIsEscalated)
    given(*closed).when(acts(ReopenSignal, NGOC)).then(REOPENED)
    # A deputy who acts for the principal decides like one.
    given(*closed).when(acts(ReopenSignal, DUC.acting_as(Role.PRINCIPAL))).then(REOPENED)


@pytest.mark.parametrize("kind", [MarkSignalSeen, AskTeacher, ExplainSignal, EscalateSignal])
def test_a_closed_signal_takes_nothing_but_reopening(kind: type[FindingCommand]) -> None:
    closed = (NOTED, NGOC.wrote(CLOSED))
    given(*closed).when(acts(kind)).then_refused(
        refusals.SignalIsClosed,
        by=NGOC.person,
        at=NGOC.moment,
        outcome=SignalOutcome.INNOCENT,
        reason=REASON,
    )
    given(*closed).when(acts(ReopenSignal)).then(REOPENED)


def test_a_second_judgement_needs_reopening_first() -> None:
    closed = (NOTED, DUC.wrote(CLOSED))
    other = acts(CloseSignal, outcome=SignalOutcome.HANDLED)
    given(*closed).when(other).then_refused(refusals.SignalIsClosed)
    given(*closed).when(acts(CloseSignal, NGOC)).then_refused(refusals.SignalIsClosed)
    again = CLOSED.model_copy(update={"outcome": SignalOutcome.HANDLED})
    given(*closed, DUC.wrote(REOPENED)).when(other).then(again)


def test_only_what_is_closed_is_reopened() -> None:
    for past in ((), (NOTED,), (NOTED, DUC.wrote(REOPENED))):
        by_another = acts(ReopenSignal, NGOC)
        given(*past).when(by_another).then_refused(refusals.SignalIsNotClosed)
    reopened = (NOTED, DUC.wrote(CLOSED), DUC.wrote(REOPENED))
    given(*reopened).when(acts(ReopenSignal)).then()


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ((), SignalStatus.SEEN),
        ((SEEN, ASKED), SignalStatus.ASKED),
        ((EXPLAINED,), SignalStatus.EXPLAINED),
        ((EXPLAINED, ASKED), SignalStatus.ASKED),
        ((ASKED, ESCALATED), SignalStatus.ESCALATED),
        ((ESCALATED, CLOSED), SignalStatus.CLOSED),
        ((ESCALATED, CLOSED, REOPENED), SignalStatus.ESCALATED),
        ((CLOSED, REOPENED), SignalStatus.SEEN),
    ],
)
def test_how_far_people_are(told: tuple[facts.AnySignalsFact, ...], status: SignalStatus) -> None:
    signals = now(NOTED, *(DUC.wrote(fact) for fact in told))
    assert signals.status_of(SIGNAL) is status
    assert now().status_of(SIGNAL) is SignalStatus.NEW


def test_refusals_come_in_order() -> None:
    wrong = FINDING.model_copy(
        update={"school_year": "2025-2026", "place": Place(person=VINH.person)}
    )
    order: list[tuple[Voice, type[Refused]]] = [
        (LAN, NotForYourRole),
        (VINH.acting_as(Role.VICE_PRINCIPAL), refusals.SignalOfAnotherYear),
    ]
    for voice, refusal in order:
        given().when(acts(CloseSignal, voice, finding=wrong)).then_refused(refusal)
    mine = given(NOTED, DUC.wrote(ESCALATED), NGOC.wrote(CLOSED))
    lan = LAN.acting_as(Role.VICE_PRINCIPAL)
    mine.when(acts(CloseSignal, lan)).then_refused(refusals.SignalConcernsYou)
    mine.when(acts(CloseSignal)).then_refused(refusals.SignalIsClosed)
    mine.when(acts(AskTeacher, teacher=VINH.person)).then_refused(refusals.SignalIsClosed)
