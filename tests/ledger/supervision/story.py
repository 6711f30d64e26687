"""Tell a rule of supervision as a story, in a year with one department and one open sheet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import uuid4

from ledger.credentials.state import NO_CREDENTIALS_YET, Credentials
from ledger.dossiers.state import NO_DOSSIERS_YET, Dossiers
from ledger.line import Line
from ledger.privacy.state import NOTHING_PRIVATE_YET, Privacy
from ledger.reader import ClassKey
from ledger.results.state import NO_RESULTS_YET, Results
from ledger.rulebooks import SUPERVISION
from ledger.school.school import NO_SCHOOL_YET, School
from ledger.school.year import NO_YEAR_YET, Year, evolve_year
from ledger.sheet.state import Sheet, replay
from ledger.supervision.commands import SupervisionCommand
from ledger.supervision.state import NOTHING_SUPERVISED, Supervision, evolve_supervision
from ledger.vocabulary import CommandId, SheetId
from tests.every_school_fact import YEAR, YEAR_NAME
from tests.scenario import Past, lines_of
from tests.school import OPENED, SHEET, Voice
from tests.telling import Given

Kind = TypeVar("Kind", bound=SupervisionCommand)


@dataclass(frozen=True)
class Known:
    """What a rule may look at: the years and sheets that are named here."""

    years: Mapping[str, Year]
    opened: Mapping[SheetId, Sheet]

    def sheets(self, sheet_ids: Collection[SheetId]) -> Mapping[SheetId, Sheet]:
        return {sheet_id: self.opened.get(sheet_id, Sheet()) for sheet_id in sheet_ids}

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
        return self.years.get(school_year, NO_YEAR_YET)


KNOWN = Known(
    {YEAR_NAME: evolve_year(NO_YEAR_YET, lines_of(YEAR))}, {SHEET: replay(lines_of([OPENED]))}
)


def given(*past: Past, known: Known = KNOWN) -> Given:
    return Given(SUPERVISION, lines_of(past), known)


def supervised(past: list[Line]) -> Supervision:
    return evolve_supervision(NOTHING_SUPERVISED, past)


def asks(voice: Voice, command: type[Kind], **content: Any) -> Kind:  # noqa: ANN401  (any fields)
    """The command, asked now by this voice about the year of the stories."""
    asked = {"command_id": CommandId(uuid4()), "by": voice.author, "at": voice.moment}
    return command(**{"school_year": YEAR_NAME, **asked, **content})
