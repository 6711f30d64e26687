"""What a teacher is asked about a signal, and the answers."""

from ledger.refusal import NotForYourRole
from ledger.signals import facts, refusals
from ledger.signals.commands import AnswerQuestion, AskTeacher
from ledger.signals.facts import SignalStatus
from ledger.signals.finding import Place, SignalId
from ledger.vocabulary import Role
from tests.every_signal_fact import FINDING, OTHER_SIGNAL, SIGNAL
from tests.ledger.signals.story import (
    ANSWER,
    ASKED,
    CLOSED,
    NOTED,
    QUESTION,
    asks,
    given,
    now,
    taught_by,
)
from tests.school import CLOCKWORK, DUC, LAN, MAI, NGOC, VINH, Voice

ANSWERED = facts.QuestionAnswered(signal_id=SIGNAL, answer=ANSWER)
PAST = (NOTED, DUC.wrote(ASKED))


def asking(teacher: Voice = LAN, question: str = QUESTION, **changed: object) -> AskTeacher:
    return asks(DUC, AskTeacher, teacher=teacher.person, question=question, **changed)


def answering(
    voice: Voice = LAN, answer: str = ANSWER, signal_id: SignalId = SIGNAL
) -> AnswerQuestion:
    return asks(voice, AnswerQuestion, signal_id=signal_id, answer=answer)


def test_who_teaches_the_sheet_or_is_named_is_asked() -> None:
    given(NOTED, known=taught_by(VINH.person)).when(asking(VINH)).then(
        ASKED.model_copy(update={"teacher": VINH.person})
    )
    given(NOTED).when(asking(VINH)).then_refused(refusals.NotOfTheSignal, person=VINH.person)
    about_mai = FINDING.model_copy(update={"place": Place(person=MAI.person)})
    told = facts.SignalNoted(finding=about_mai)
    given(told).when(asking(MAI, finding=about_mai)).then(
        facts.TeacherAsked(signal_id=about_mai.signal_id, teacher=MAI.person, question=QUESTION)
    )
    given(told).when(asking(LAN, finding=about_mai)).then_refused(refusals.NotOfTheSignal)


def test_who_was_asked_answers_and_may_add_to_it() -> None:
    given(*PAST).when(answering()).then(ANSWERED)
    more = ANSWERED.model_copy(update={"answer": "Bài chấm còn giữ ở trường"})
    given(*PAST, LAN.wrote(ANSWERED)).when(answering(answer=more.answer)).then(more)
    given(*PAST, LAN.wrote(ANSWERED)).when(answering()).then()


def test_the_same_question_is_asked_again_only_once_it_was_answered() -> None:
    given(*PAST).when(asking()).then()
    given(*PAST, LAN.wrote(ANSWERED)).when(asking()).then(ASKED)
    # A question that was asked anew is answered anew, be it in the same words.
    given(*PAST, LAN.wrote(ANSWERED), DUC.wrote(ASKED)).when(answering()).then(ANSWERED)


def test_questions_and_answers_stand_in_order() -> None:
    another = ASKED.model_copy(update={"question": "Bài chấm lại còn giữ không?"})
    to_vinh = ASKED.model_copy(update={"teacher": VINH.person})
    later = ANSWERED.model_copy(update={"answer": "Còn giữ"})
    story = [*PAST, DUC.wrote(to_vinh), LAN.wrote(ANSWERED), NGOC.wrote(another), LAN.wrote(later)]
    handled = now(*story).of[SIGNAL]
    told = [(one.by.person, [answer.text for answer in one.answers]) for one in handled.questions]
    assert told == [(DUC.person, [ANSWER]), (DUC.person, []), (NGOC.person, ["Còn giữ"])]
    assert handled.status is SignalStatus.ASKED
    answered = now(*story, VINH.wrote(ANSWERED)).of[SIGNAL]
    assert answered.status is SignalStatus.ANSWERED


def test_one_answer_serves_all_that_waits() -> None:
    another = ASKED.model_copy(update={"question": "Bài chấm lại còn giữ không?"})
    handled = now(*PAST, DUC.wrote(another), LAN.wrote(ANSWERED)).of[SIGNAL]
    assert [len(one.answers) for one in handled.questions] == [1, 1]


def test_answering_is_refused_in_order() -> None:
    closed = given(*PAST, NGOC.wrote(CLOSED))
    closed.when(answering(CLOCKWORK, signal_id=OTHER_SIGNAL)).then_refused(NotForYourRole)
    closed.when(answering(VINH, signal_id=OTHER_SIGNAL)).then_refused(refusals.NoSuchSignal)
    closed.when(answering(VINH)).then_refused(refusals.NobodyAskedYou)
    closed.when(answering()).then_refused(refusals.SignalIsClosed, by=NGOC.person)


def test_a_question_waits_until_it_is_answered_or_the_signal_closed() -> None:
    waiting = [
        [one.finding.signal_id for one in now(*past).to_answer_by(LAN.person)]
        for past in (PAST, (*PAST, LAN.wrote(ANSWERED)), (*PAST, NGOC.wrote(CLOSED)))
    ]
    assert waiting == [[SIGNAL], [], []]
    assert now(*PAST).to_answer_by(VINH.person) == []


def test_a_secretary_and_a_leader_answer_too_when_asked() -> None:
    for voice in (MAI, LAN.acting_as(Role.VICE_PRINCIPAL)):
        asked = ASKED.model_copy(update={"teacher": voice.person})
        given(NOTED, DUC.wrote(asked)).when(answering(voice)).then(ANSWERED)
