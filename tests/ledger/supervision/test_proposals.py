"""What a department's head proposes to a member, the answer, and the end of it."""

from dataclasses import replace

import pytest

from ledger.refusal import NotForYourRole
from ledger.school.facts import DepartmentFormed
from ledger.school.refusals import YearNotPlanned
from ledger.school.year import NO_YEAR_YET, evolve_year
from ledger.sheet.facts import TeacherJoinedSheet
from ledger.sheet.refusals import NoSuchColumn, SheetNotOpen
from ledger.sheet.state import replay
from ledger.supervision import facts, refusals
from ledger.supervision.commands import AnswerProposal, CloseProposal, MakeProposal
from ledger.supervision.facts import ProposalId
from ledger.vocabulary import Role
from tests.every_school_fact import YEAR, YEAR_NAME
from tests.every_supervision_fact import PROPOSAL
from tests.ledger.supervision.story import KNOWN, asks, given, supervised
from tests.scenario import lines_of
from tests.school import (
    DUC,
    HOA,
    LAN,
    NGOC,
    OPENED,
    QUYEN,
    SHEET,
    TUAN,
    VINH,
    Voice,
    numbered_id,
)

TEXT, ANSWER, OUTCOME = "Phụ đạo thêm phần phân số", "Đã mở hai buổi phụ đạo", "Đã thống nhất"
OTHER = ProposalId(numbered_id(952))
MADE = facts.ProposalMade(
    proposal_id=PROPOSAL,
    department="toan-tin",
    teacher=LAN.person,
    sheet=SHEET,
    column="midterm",
    text=TEXT,
)
ANSWERED = facts.ProposalAnswered(proposal_id=PROPOSAL, text=ANSWER)
CLOSED = facts.ProposalClosed(proposal_id=PROPOSAL, reason=OUTCOME)
PAST = (TUAN.wrote(MADE),)


def proposes(voice: Voice, **changed: object) -> MakeProposal:
    return asks(voice, MakeProposal, **{**MADE.model_dump(exclude={"department"}), **changed})


def answers(voice: Voice, text: str = ANSWER, proposal_id: ProposalId = PROPOSAL) -> AnswerProposal:
    return asks(voice, AnswerProposal, proposal_id=proposal_id, text=text)


def closes(voice: Voice, proposal_id: ProposalId = PROPOSAL) -> CloseProposal:
    return asks(voice, CloseProposal, proposal_id=proposal_id, reason=OUTCOME)


def test_the_head_proposes_to_a_member_who_teaches_the_sheet() -> None:
    given().when(proposes(TUAN)).then(MADE)


def test_proposing_is_refused_in_order() -> None:
    nowhere = replace(KNOWN, years={YEAR_NAME: NO_YEAR_YET})
    wrong = {"sheet": numbered_id(77), "teacher": QUYEN.person, "column": "regular-9"}
    known = given(*PAST)
    replace(known, known=nowhere).when(proposes(DUC, **wrong)).then_refused(NotForYourRole)
    replace(known, known=nowhere).when(proposes(TUAN, **wrong)).then_refused(YearNotPlanned)
    known.when(proposes(TUAN, **wrong)).then_refused(refusals.ProposalIdReused)
    wrong["proposal_id"] = OTHER
    known.when(proposes(TUAN, **wrong)).then_refused(SheetNotOpen)
    wrong["sheet"] = SHEET
    known.when(proposes(TUAN, **wrong)).then_refused(
        refusals.NotYourDepartment, subject="toan", person=QUYEN.person
    )
    wrong["teacher"] = VINH.person  # a member, but not of this sheet
    known.when(proposes(TUAN, **wrong)).then_refused(refusals.TeacherNotOnSheet, person=VINH.person)
    wrong["teacher"] = LAN.person
    known.when(proposes(TUAN, **wrong)).then_refused(NoSuchColumn, column="regular-9")


def test_a_sheet_of_another_year_is_none_of_this_one() -> None:
    older = OPENED.model_copy(update={"school_year": "2025-2026"})
    story = given(known=replace(KNOWN, opened={SHEET: replay(lines_of([older]))}))
    story.when(proposes(TUAN)).then_refused(SheetNotOpen)


def test_who_leads_another_department_proposes_nothing_here() -> None:
    other = HOA.acting_as(Role.DEPARTMENT_HEAD)
    given().when(proposes(other)).then_refused(refusals.NotYourDepartment)


def test_a_member_who_came_to_the_sheet_later_can_be_asked() -> None:
    sheet = replay(lines_of([OPENED, TeacherJoinedSheet(teacher=VINH.person)]))
    story = given(known=replace(KNOWN, opened={SHEET: sheet}))
    made = MADE.model_copy(update={"teacher": VINH.person})
    story.when(proposes(TUAN, teacher=VINH.person)).then(made)


def test_the_teacher_answers_and_may_answer_again() -> None:
    given(*PAST).when(answers(LAN)).then(ANSWERED)
    more = ANSWERED.model_copy(update={"text": "Đã xong buổi thứ nhất"})
    given(*PAST, LAN.wrote(ANSWERED)).when(answers(LAN, more.text)).then(more)
    given(*PAST, LAN.wrote(ANSWERED)).when(answers(LAN)).then()


def test_answering_is_refused_in_order() -> None:
    story = given(*PAST, TUAN.wrote(CLOSED))
    story.when(answers(NGOC, proposal_id=OTHER)).then_refused(NotForYourRole)
    story.when(answers(VINH, proposal_id=OTHER)).then_refused(refusals.NoSuchProposal)
    story.when(answers(VINH)).then_refused(refusals.NotYourProposal)
    story.when(answers(LAN)).then_refused(
        refusals.ProposalIsClosed, by=TUAN.person, at=TUAN.moment, reason=OUTCOME
    )


@pytest.mark.parametrize("past", [PAST, (*PAST, LAN.wrote(ANSWERED))])
def test_the_head_closes_a_proposal_answered_or_not(past: tuple[object, ...]) -> None:
    given(*past).when(closes(TUAN)).then(CLOSED)  # type: ignore[arg-type]


def test_closing_is_refused_in_order() -> None:
    story = given(*PAST, TUAN.wrote(CLOSED))
    other = HOA.acting_as(Role.DEPARTMENT_HEAD)
    story.when(closes(LAN, OTHER)).then_refused(NotForYourRole)
    story.when(closes(other, OTHER)).then_refused(refusals.NoSuchProposal)
    story.when(closes(other)).then_refused(refusals.NotYourDepartment)
    story.when(closes(TUAN)).then_refused(refusals.ProposalIsClosed, reason=OUTCOME)


def test_a_new_head_closes_what_the_head_before_had_proposed() -> None:
    formed = next(told[0] for told in YEAR if isinstance(told[0], DepartmentFormed))  # type: ignore[index]
    new_head = formed.model_copy(update={"head": HOA.person})
    year = evolve_year(NO_YEAR_YET, lines_of([*YEAR, new_head]))
    story = given(*PAST, known=replace(KNOWN, years={YEAR_NAME: year}))
    story.when(closes(TUAN)).then_refused(refusals.NotYourDepartment)
    story.when(closes(HOA.acting_as(Role.DEPARTMENT_HEAD))).then(CLOSED)


def test_a_proposal_waits_until_it_is_answered_or_closed() -> None:
    waiting = [
        supervised(lines_of(past)).proposals[PROPOSAL].awaits_an_answer
        for past in (PAST, (*PAST, LAN.wrote(ANSWERED)), (*PAST, TUAN.wrote(CLOSED)))
    ]
    assert waiting == [True, False, False]


def test_proposals_are_found_by_teacher_and_by_department() -> None:
    supervision = supervised(lines_of(PAST))
    assert [one.proposal_id for one in supervision.proposals_to(LAN.person)] == [PROPOSAL]
    assert supervision.proposals_to(VINH.person) == []
    assert [one.proposal_id for one in supervision.proposals_of("toan-tin")] == [PROPOSAL]
    assert supervision.proposals_of("ngu-van") == []
