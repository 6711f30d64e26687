"""Tell a rule of school or year as a story: given these facts, when this is asked, then these."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, get_args
from uuid import uuid4

import pytest

from ledger.command import Command
from ledger.credentials.state import NO_CREDENTIALS_YET, Credentials
from ledger.dossiers.state import NO_DOSSIERS_YET, Dossiers
from ledger.line import Fact, Line
from ledger.privacy.state import NOTHING_PRIVATE_YET, Privacy
from ledger.reader import ClassKey
from ledger.refusal import Refused
from ledger.results.state import NO_RESULTS_YET, Results
from ledger.rulebooks import rulebook_of
from ledger.school import commands, facts
from ledger.school.facts import AnySchoolFact
from ledger.school.policy import SEED_REGULATION
from ledger.school.school import NO_SCHOOL_YET, School, evolve_school
from ledger.school.year import NO_YEAR_YET, Year, evolve_year
from ledger.sheet.facts import NumberedPupil
from ledger.sheet.state import Sheet
from ledger.vocabulary import PupilId, Role, SheetId, SubjectKind
from tests.scenario import Past, lines_of
from tests.school import AN, BAO, CHI, HOA, LAN, NGOC, QUYEN, VINH, Voice

YEAR_NAME = "2026-2027"
SUMMER = date(2026, 8, 20)
FIRST_DAY, FIRST_LAST = date(2026, 9, 7), date(2027, 1, 10)
SECOND_FIRST, LAST_DAY = date(2027, 1, 18), date(2027, 5, 25)
AUTUMN, SPRING = date(2026, 10, 5), date(2027, 3, 1)
WHY = "Theo đơn của gia đình"

AnyOf = TypeVar("AnyOf", bound=Command)


def asks(voice: Voice, kind: type[AnyOf], /, **fields: object) -> AnyOf:
    """A command of the voice; one of a year is of the only year there is here."""
    act: dict[str, object] = {
        "command_id": voice.command_id or uuid4(),
        "by": voice.author,
        "at": voice.moment,
    }
    if issubclass(kind, commands.YearCommand):
        act["school_year"] = YEAR_NAME
    return kind.model_validate({**act, **fields})


PLANNED = facts.YearPlanned(
    school_year=YEAR_NAME,
    semesters=(
        facts.SemesterFrame(first=FIRST_DAY, last=FIRST_LAST),
        facts.SemesterFrame(first=SECOND_FIRST, last=LAST_DAY),
    ),
    policy=SEED_REGULATION,
)


def planned(subject: str = "toan", grade: int = 6, **changed: object) -> facts.SubjectPlanned:
    """A subject with marks, four regular ones, in both semesters."""
    usual = {"kind": SubjectKind.SCORED, "lessons_per_year": 140, "regular_count": 4}
    return facts.SubjectPlanned.model_validate(
        {"grade": grade, "subject": subject, "semesters": (1, 2), **usual, **changed}
    )


SPORTS = planned("giao-duc-the-chat", kind=SubjectKind.COMMENT, regular_count=2)


def formed(class_group: str, grade: int = 6) -> facts.ClassFormed:
    return facts.ClassFormed(class_group=class_group, grade=grade)


def listed(class_group: str, *pupils: PupilId) -> facts.ClassListSet:
    return facts.ClassListSet(class_group=class_group, pupils=numbered(*pupils), since=SUMMER)


def numbered(*pupils: PupilId, first: int = 1) -> tuple[NumberedPupil, ...]:
    return tuple(NumberedPupil(pupil=pupil, number=n) for n, pupil in enumerate(pupils, first))


def homeroom(class_group: str, teacher: Voice) -> facts.HomeroomAssigned:
    return facts.HomeroomAssigned(class_group=class_group, teacher=teacher.person, since=SUMMER)


def teaches(class_group: str, teacher: Voice, subject: str = "toan") -> facts.TeacherAssigned:
    return facts.TeacherAssigned(
        class_group=class_group, subject=subject, teacher=teacher.person, since=SUMMER
    )


def joined(person: Voice, *roles: Role) -> facts.StaffJoined:
    return facts.StaffJoined(person=person.person, roles=roles, since=SUMMER)


def opened(semester: int, *places: tuple[str, str]) -> facts.SemesterOpened:
    return facts.SemesterOpened(semester=semester, sheets=places)


STAFF: tuple[Past, ...] = (
    joined(NGOC, Role.PRINCIPAL),
    joined(LAN, Role.SUBJECT_TEACHER),
    joined(VINH, Role.SUBJECT_TEACHER),
    joined(HOA, Role.HOMEROOM_TEACHER),
    joined(QUYEN, Role.HOMEROOM_TEACHER),
)
# Two classes of grade 6 and one of grade 7, with one subject; nothing is open.
FRAME: tuple[Past, ...] = (
    PLANNED,
    planned(),
    planned(grade=7),
    formed("6A1"),
    formed("6A2"),
    formed("7A1", 7),
)
READY: tuple[Past, ...] = (
    *STAFF,
    *FRAME[:-1],  # without 7A1
    homeroom("6A1", HOA),
    homeroom("6A2", QUYEN),
    teaches("6A1", LAN),
    teaches("6A2", VINH),
    listed("6A1", AN, BAO),
    listed("6A2", CHI),
)
OPEN: tuple[Past, ...] = (*READY, opened(1, ("6A1", "toan"), ("6A2", "toan")))


@dataclass(frozen=True)
class Given:
    """What has happened to a school and to one of its years: all that a rule may look at."""

    of_school: list[Line]
    of_year: list[Line]

    def school(self) -> School:
        return evolve_school(NO_SCHOOL_YET, self.of_school)

    def year(self, school_year: str = YEAR_NAME) -> Year:
        return evolve_year(NO_YEAR_YET, self.of_year) if school_year == YEAR_NAME else NO_YEAR_YET

    def sheets(self, sheet_ids: Collection[SheetId]) -> Mapping[SheetId, Sheet]:
        """None of them has a line yet."""
        return {sheet_id: Sheet() for sheet_id in sheet_ids}

    def results(self, keys: Collection[ClassKey]) -> Mapping[ClassKey, Results]:
        return dict.fromkeys(keys, NO_RESULTS_YET)

    def class_results(self, school_year: str, class_group: str) -> Results:  # noqa: ARG002
        return NO_RESULTS_YET

    def privacy(self) -> Privacy:
        return NOTHING_PRIVATE_YET

    def credentials(self) -> Credentials:
        return NO_CREDENTIALS_YET

    def dossiers(self, _school_year: str) -> Dossiers:
        return NO_DOSSIERS_YET

    def when(self, command: Command) -> "Asked":
        return Asked(self, command)


@dataclass(frozen=True)
class Asked:
    """A command given to the school, or to the year."""

    given: Given
    command: Command

    def then(self, *expected: Fact) -> None:
        """Exactly these facts, in this order; and the state can live with them."""
        decided = self._decided()
        assert decided == list(expected)
        rulebook = rulebook_of(self.command)
        by, at = self.command.by, self.command.at
        state = self._state()
        rulebook.evolve(state, lines_of([(fact, by, at) for fact in decided], after=state.version))

    def then_nothing_happens(self) -> None:
        self.then()

    def then_refused(self, reason: type[Refused], /, **details: object) -> None:
        """This very reason; of the details, those that are given here."""
        with pytest.raises(Refused) as caught:
            self._decided()
        assert type(caught.value) is reason
        assert {name: caught.value.details.get(name) for name in details} == details

    def _decided(self) -> list[Fact]:
        rulebook = rulebook_of(self.command)
        return list(rulebook.decide(self.command, self._state(), self.given))

    def _state(self) -> School | Year:
        is_of_school = isinstance(self.command, commands.SchoolCommand)
        return self.given.school() if is_of_school else self.given.year()


def given(*past: Past) -> Given:
    """Facts of the past, of the school and of its year in any order."""
    return Given(lines_of(filter(_is_of_school, past)), _of_year(past))


def _of_year(past: Iterable[Past]) -> list[Line]:
    return lines_of(told for told in past if not _is_of_school(told))


def _is_of_school(told: Past) -> bool:
    return isinstance(told if isinstance(told, Fact) else told[0], get_args(AnySchoolFact))
