"""Opening a semester: everything that is missing is told at once; opened again, only the rest."""

from datetime import date, timedelta

import pytest

from ledger.refusal import NotForYourRole
from ledger.school import commands, facts, refusals
from ledger.school.calendar import end_of_local_day
from ledger.school.opening import column_deadline, correction_day, sheets_to_open
from ledger.school.policy import SEED_REGULATION
from ledger.sheet.facts import Deadline, NumberedPupil
from ledger.sheet.grounds import CorrectionRules, EvidenceKind
from tests.ledger.school.scenario import (
    FRAME,
    OPEN,
    PLANNED,
    READY,
    SPORTS,
    asks,
    formed,
    given,
    homeroom,
    listed,
    opened,
    planned,
    teaches,
)
from tests.ledger.school.test_enrolling import left
from tests.school import (
    AN,
    BAO,
    CHI,
    CLOCKWORK,
    DIEP,
    DUC,
    EVERYBODY,
    HOA,
    KHOA,
    LAN,
    NEXT_WEEK,
    NGOC,
    REASON,
    VINH,
    Voice,
)

FINAL_DAY = date(2026, 12, 21)


def opens(voice: Voice, semester: int = 1) -> commands.OpenSemester:
    return asks(voice, commands.OpenSemester, semester=semester)


def test_a_semester_has_a_sheet_for_each_class_and_subject() -> None:
    given(*READY).when(opens(KHOA)).then(opened(1, ("6A1", "toan"), ("6A2", "toan")))
    given(*OPEN).when(opens(KHOA)).then_nothing_happens()
    given(*OPEN).when(opens(KHOA, 2)).then(opened(2, ("6A1", "toan"), ("6A2", "toan")))


def test_a_subject_of_the_second_semester_has_no_sheet_in_the_first() -> None:
    art = planned("nghe-thuat", semesters=(2,))
    told = (*READY, art, teaches("6A1", LAN, "nghe-thuat"), teaches("6A2", LAN, "nghe-thuat"))
    given(*told).when(opens(KHOA)).then(opened(1, ("6A1", "toan"), ("6A2", "toan")))
    given(*told).when(opens(KHOA, 2)).then(
        opened(
            2,
            ("6A1", "toan"),
            ("6A1", "nghe-thuat"),
            ("6A2", "toan"),
            ("6A2", "nghe-thuat"),
        )
    )


def test_all_that_is_missing_is_told_at_once() -> None:
    told = (*FRAME, formed("8A1", 8), SPORTS, listed("6A1", AN), homeroom("6A2", HOA))
    given(*told, teaches("6A1", LAN)).when(opens(KHOA)).then_refused(
        refusals.SemesterIsNotReady,
        semester=1,
        without_homeroom=["6A1", "7A1", "8A1"],
        without_pupils=["6A2", "7A1", "8A1"],
        without_teacher=[
            ("6A1", "giao-duc-the-chat"),
            ("6A2", "toan"),
            ("6A2", "giao-duc-the-chat"),
            ("7A1", "toan"),
        ],
        without_subjects=[8],
    )


def test_a_year_without_classes_opens_nothing() -> None:
    given(PLANNED).when(opens(KHOA)).then_refused(refusals.SemesterIsNotReady)


def test_a_class_without_pupils_left_keeps_no_other_from_being_opened() -> None:
    emptied = (*OPEN, left(CHI, "6A2"))
    given(*emptied).when(opens(KHOA)).then_nothing_happens()
    third = (formed("6A3"), homeroom("6A3", HOA), teaches("6A3", LAN), listed("6A3", DIEP))
    given(*emptied, *third).when(opens(KHOA)).then(opened(1, ("6A3", "toan")))
    given(*emptied).when(opens(KHOA, 2)).then_refused(
        refusals.SemesterIsNotReady, without_pupils=["6A2"]
    )


def test_opened_again_a_semester_gets_what_was_added_since() -> None:
    told = (
        *OPEN,
        SPORTS,
        teaches("6A1", VINH, SPORTS.subject),
        teaches("6A2", VINH, SPORTS.subject),
    )
    given(*told).when(opens(KHOA)).then(opened(1, ("6A1", SPORTS.subject), ("6A2", SPORTS.subject)))
    given(*told[:-1]).when(opens(KHOA)).then_refused(
        refusals.SemesterIsNotReady, without_teacher=[("6A2", SPORTS.subject)]
    )


POLICY = SEED_REGULATION.model_copy(
    update={
        "homeroom_confirms": False,
        "demanded_evidence": (EvidenceKind.TEST_PAPER,),
        "correction_days_before_final": 10,
        "reopening_grace_minutes": 5,
    }
)
FINAL = facts.TestDateSet(
    grade=6,
    subject="toan",
    semester=1,
    column="final",
    day=FINAL_DAY,
    deadline=end_of_local_day(date(2027, 1, 11)),
    calendar="holidays-0.109/national-1/school-0",
    reason=REASON,
)


def test_a_sheet_is_opened_as_the_year_stands() -> None:
    told = given(
        *READY,
        facts.PolicyAdopted(policy=POLICY, reason=REASON),
        FINAL,
        facts.RegularDeadlineSet(semester=1, deadline=NEXT_WEEK, reason=REASON),
        teaches("6A1", VINH),
        left(AN),
        opened(1, ("6A1", "toan")),
    )
    command = opens(KHOA)
    (asked,) = sheets_to_open(command, opened(1, ("6A1", "toan")), told.year())
    assert (asked.command_id, asked.by, asked.at) == (command.command_id, command.by, command.at)
    assert asked.teachers == (LAN.person, VINH.person)
    assert asked.homeroom_teacher == HOA.person
    assert asked.pupils == (NumberedPupil(pupil=BAO, number=2),)
    regular = [Deadline(column=f"regular-{number}", at=NEXT_WEEK) for number in (1, 2, 3, 4)]
    assert asked.deadlines == (*regular, Deadline(column="final", at=FINAL.deadline))
    assert asked.correction_rules == CorrectionRules(
        homeroom_confirms=False,
        last_day=end_of_local_day(FINAL_DAY - timedelta(days=10)),
        demanded_evidence=(EvidenceKind.TEST_PAPER,),
    )
    assert asked.reopening_grace_minutes == 5


def test_without_dates_a_sheet_has_no_deadline_and_no_last_day() -> None:
    year = given(*READY).year()
    assert column_deadline(year, 6, "toan", 1, "midterm") is None
    assert column_deadline(year, 6, "toan", 1, "regular-1") is None
    assert correction_day(year, 6, "toan", 1) is None


SETS_UP = (KHOA, DUC, NGOC, CLOCKWORK)


@pytest.mark.parametrize("voice", EVERYBODY, ids=lambda voice: voice.author.role)
def test_whoever_sets_up_the_year_opens_it_and_nobody_else(voice: Voice) -> None:
    asked = given(*READY).when(opens(voice))
    if voice in SETS_UP:
        asked.then(opened(1, ("6A1", "toan"), ("6A2", "toan")))
    else:
        asked.then_refused(NotForYourRole, role=voice.author.role)
