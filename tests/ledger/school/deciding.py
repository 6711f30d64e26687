"""Tell a decision of the year as a story: given sheets, when this is decided, then facts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pytest

from ledger.credentials.state import NO_CREDENTIALS_YET, Credentials
from ledger.dossiers.state import NO_DOSSIERS_YET, Dossiers
from ledger.line import Fact
from ledger.privacy.state import NOTHING_PRIVATE_YET, Privacy
from ledger.reader import ClassKey
from ledger.refusal import Refused
from ledger.results.state import NO_RESULTS_YET, Results
from ledger.school import facts
from ledger.school.carrying import carry
from ledger.school.commands import YearCommand
from ledger.school.policy import SEED_REGULATION
from ledger.school.rules import decide_year
from ledger.school.school import NO_SCHOOL_YET, School
from ledger.school.year import NO_YEAR_YET, Year, evolve_year
from ledger.sheet.commands import SheetCommand
from ledger.sheet.decide import decide
from ledger.sheet.facts import SheetOpened
from ledger.sheet.state import Sheet, replay
from ledger.vocabulary import SheetId, SubjectKind, columns_of, sheet_id_of
from tests.opened_year import SCHOOL_YEAR, SEMESTERS
from tests.scenario import Past, lines_of
from tests.school import KHOA, opened_with

Place = tuple[str, str]  # class and subject

KINDS = {"toan": (SubjectKind.SCORED, 4), "giao-duc-the-chat": (SubjectKind.COMMENT, 2)}


def sheet_of(place: Place) -> SheetId:
    return sheet_id_of(SCHOOL_YEAR, 1, *place)


def opened(place: Place) -> SheetOpened:
    """A sheet as the semester opens it: maths with four regular columns, sports with two."""
    kind, count = KINDS[place[1]]
    return opened_with(
        grade=int(place[0][0]),
        class_group=place[0],
        subject=place[1],
        kind=kind,
        columns=columns_of(count),
    )


def year_of(places: Iterable[Place]) -> Year:
    """A year whose first semester is open with these sheets."""
    told = tuple(places)
    grades = {int(name[0]) for name, _ in told}
    planned = [
        facts.SubjectPlanned(
            grade=grade,
            subject=subject,
            kind=kind,
            lessons_per_year=70,
            regular_count=count,
            semesters=(1, 2),
        )
        for grade in sorted(grades)
        for subject, (kind, count) in KINDS.items()
    ]
    formed = [
        facts.ClassFormed(class_group=name, grade=int(name[0]))
        for name in dict.fromkeys(name for name, _ in told)
    ]
    past: list[Past] = [
        KHOA.wrote(fact)
        for fact in (
            facts.YearPlanned(school_year=SCHOOL_YEAR, semesters=SEMESTERS, policy=SEED_REGULATION),
            *planned,
            *formed,
            *([facts.SemesterOpened(semester=1, sheets=told)] if told else []),
        )
    ]
    return evolve_year(NO_YEAR_YET, lines_of(past))


@dataclass(frozen=True)
class Given:
    """A year, and its sheets as their pasts have left them. It is what a rule may look at."""

    the_year: Year
    states: Mapping[SheetId, Sheet]

    def sheets(self, sheet_ids: Collection[SheetId]) -> Mapping[SheetId, Sheet]:
        return {sheet_id: self.states[sheet_id] for sheet_id in sheet_ids}

    def results(self, keys: Collection[ClassKey]) -> Mapping[ClassKey, Results]:
        return dict.fromkeys(keys, NO_RESULTS_YET)

    def class_results(self, _school_year: str, _class_group: str) -> Results:
        return NO_RESULTS_YET

    def privacy(self) -> Privacy:
        return NOTHING_PRIVATE_YET

    def credentials(self) -> Credentials:
        return NO_CREDENTIALS_YET

    def dossiers(self, _school_year: str) -> Dossiers:
        return NO_DOSSIERS_YET

    def school(self) -> School:
        return NO_SCHOOL_YET

    def year(self, school_year: str) -> Year:
        assert school_year == SCHOOL_YEAR
        return self.the_year

    def when(self, command: YearCommand) -> "Decided":
        return Decided(self, command)


@dataclass(frozen=True)
class Decided:
    """A command given to the year."""

    given: Given
    command: YearCommand

    def then(self, *expected: Fact) -> "Decided":
        """Exactly these facts of the year."""
        assert list(decide_year(self.command, self.given.the_year, self.given)) == list(expected)
        return self

    def then_nothing_happens(self) -> None:
        self.then()

    def then_on_the_sheets(self, expected: Mapping[Place, list[Fact]]) -> None:
        """Exactly these facts on the sheets, decided by their own rules; all others untouched."""
        decided = decide_year(self.command, self.given.the_year, self.given)
        made: dict[SheetId, list[Fact]] = {}
        for asked in carry(self.command, decided, self.given.the_year, self.given):
            assert isinstance(asked, SheetCommand)
            same = (asked.command_id, asked.by, asked.at)
            assert same == (self.command.command_id, self.command.by, self.command.at)
            made.setdefault(asked.sheet_id, []).extend(
                decide(asked, self.given.states[asked.sheet_id])  # type: ignore[arg-type]
            )
        assert made == {sheet_of(place): facts for place, facts in expected.items()}

    def then_refused(self, reason: type[Refused], /, **details: object) -> None:
        """This very reason; of the details, those that are given here."""
        with pytest.raises(Refused) as caught:
            decide_year(self.command, self.given.the_year, self.given)
        assert type(caught.value) is reason
        assert {name: caught.value.details.get(name) for name in details} == details


def given(pasts: Mapping[Place, Iterable[Past]]) -> Given:
    """These sheets are open, and this has happened to each since."""
    states = {
        sheet_of(place): replay(lines_of([KHOA.wrote(opened(place)), *past]))
        for place, past in pasts.items()
    }
    return Given(year_of(pasts), states)
