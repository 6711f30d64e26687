"""Tell a rule about personal data as a story: pupils who left long ago, and what was decided."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import uuid4

from ledger.credentials.state import NO_CREDENTIALS_YET, Credentials
from ledger.dossiers.state import NO_DOSSIERS_YET, Dossiers
from ledger.privacy import commands
from ledger.privacy.commands import PrivacyCommand
from ledger.privacy.facts import ErasureId, Ground, Requester
from ledger.privacy.state import Privacy
from ledger.reader import ClassKey
from ledger.results.state import NO_RESULTS_YET, Results
from ledger.rulebooks import PRIVACY
from ledger.school import facts as school_facts
from ledger.school.policy import SEED_REGULATION
from ledger.school.school import NO_SCHOOL_YET, School
from ledger.school.year import NO_YEAR_YET, Year, evolve_year
from ledger.sheet.facts import NumberedPupil
from ledger.sheet.state import Sheet, replay
from ledger.vocabulary import CommandId, PupilId, SheetId
from tests.opened_year import SEMESTERS
from tests.scenario import Past, lines_of
from tests.school import AN, BAO, CHI, DIEP, MAI, NGOC, SHEET, Voice, numbered_id
from tests.telling import Given

Kind = TypeVar("Kind", bound=PrivacyCommand)

LEFT_ON = date(2026, 12, 11)
YEAR_ENDS = SEMESTERS[1].last
# An and Bảo left in 2026, the careful twenty years end with 2046.
AFTERWARDS = datetime(2047, 1, 1, 1, 0, tzinfo=UTC)
TOO_EARLY = datetime(2046, 12, 31, 1, 0, tzinfo=UTC)
ERASURE, OTHER = ErasureId(numbered_id(961)), ErasureId(numbered_id(962))


def _left(pupil: PupilId) -> school_facts.PupilLeftSchool:
    return school_facts.PupilLeftSchool(
        pupil=pupil, class_group="6A1", until=LEFT_ON, reason="Chuyển trường"
    )


def _listed(*pupils: PupilId) -> school_facts.ClassListSet:
    numbered = tuple(NumberedPupil(pupil=one, number=n) for n, one in enumerate(pupils, 1))
    return school_facts.ClassListSet(class_group="6A1", pupils=numbered, since=date(2026, 8, 20))


def the_year(*more: Past) -> Year:
    """6A1 with An and Bảo, who left in December, and Chi, who stayed; Điệp is on no list."""
    told: list[Past] = [
        school_facts.YearPlanned(
            school_year="2026-2027", semesters=SEMESTERS, policy=SEED_REGULATION
        ),
        school_facts.ClassFormed(class_group="6A1", grade=6),
        _listed(AN, BAO, CHI),
        school_facts.SemesterOpened(semester=1, sheets=(("6A1", "toan"),)),
        _left(AN),
        _left(BAO),
        *more,
    ]
    return evolve_year(NO_YEAR_YET, lines_of(told))


def the_year_after(*pupils: PupilId) -> Year:
    """The year 2027-2028, with these pupils in 6A1."""
    later = tuple(
        school_facts.SemesterFrame(
            first=frame.first.replace(year=frame.first.year + 1),
            last=frame.last.replace(year=frame.last.year + 1),
        )
        for frame in SEMESTERS
    )
    told: list[Past] = [
        school_facts.YearPlanned(
            school_year="2027-2028", semesters=(later[0], later[1]), policy=SEED_REGULATION
        ),
        school_facts.ClassFormed(class_group="6A1", grade=6),
        _listed(*pupils),
    ]
    return evolve_year(NO_YEAR_YET, lines_of(told))


@dataclass(frozen=True)
class Known:
    """What a rule may look at: one year, and its sheet of maths."""

    years: Mapping[str, Year] = field(default_factory=lambda: {"2026-2027": the_year()})
    maths: Sheet = field(default_factory=Sheet)
    private: Privacy = field(default_factory=Privacy)

    def sheets(self, sheet_ids: Collection[SheetId]) -> Mapping[SheetId, Sheet]:
        return {each: self.maths if each == SHEET else Sheet() for each in sheet_ids}

    def results(self, keys: Collection[ClassKey]) -> Mapping[ClassKey, Results]:
        return dict.fromkeys(keys, NO_RESULTS_YET)

    def class_results(self, _school_year: str, _class_group: str) -> Results:
        return NO_RESULTS_YET

    def school(self) -> School:
        return NO_SCHOOL_YET

    def year(self, school_year: str) -> Year:
        return self.years.get(school_year, NO_YEAR_YET)

    def privacy(self) -> Privacy:
        return self.private

    def credentials(self) -> Credentials:
        return NO_CREDENTIALS_YET

    def dossiers(self, _school_year: str) -> Dossiers:
        return NO_DOSSIERS_YET


def given(*past: Past, known: Known | None = None) -> Given:
    return Given(PRIVACY, lines_of(past), known or Known())


def sheet_with(*facts: Past) -> Known:
    """A year whose sheet of maths has this past."""
    return Known(maths=replay(lines_of(facts)))


def asks(
    voice: Voice,
    command: type[Kind],
    *,
    at: datetime = AFTERWARDS,
    **content: Any,  # noqa: ANN401
) -> Kind:
    """The command, asked by this voice when everything may be erased, or at another moment."""
    asked = {"command_id": CommandId(uuid4()), "by": voice.author, "at": at}
    return command(**{**asked, **content})


def requests(
    voice: Voice = MAI,
    pupil: PupilId = AN,
    erasure_id: ErasureId = ERASURE,
    *,
    at: datetime = AFTERWARDS,
) -> commands.RequestErasure:
    return asks(
        voice,
        commands.RequestErasure,
        at=at,
        erasure_id=erasure_id,
        pupil=pupil,
        requested_by=Requester.PARENT,
        ground=Ground.REQUEST,
        reason="Đơn của mẹ em",
    )


def approves(
    voice: Voice = NGOC, *evidence: str, at: datetime = AFTERWARDS
) -> commands.ApproveErasure:
    return asks(voice, commands.ApproveErasure, at=at, erasure_id=ERASURE, evidence=evidence)


NOBODY_LISTED, STAYS = DIEP, CHI
