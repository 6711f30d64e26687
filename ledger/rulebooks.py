"""The rooms' rulebooks, and which one decides which command."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from ledger.command import Command
from ledger.credentials.commands import CredentialsCommand
from ledger.credentials.rules import decide_credentials
from ledger.credentials.state import NO_CREDENTIALS_YET, Credentials, evolve_credentials
from ledger.dossiers.commands import DossierCommand
from ledger.dossiers.rules import decide_dossier
from ledger.dossiers.state import NO_DOSSIERS_YET, evolve_dossiers
from ledger.line import Fact
from ledger.privacy.commands import PrivacyCommand
from ledger.privacy.rules import decide_privacy
from ledger.privacy.state import NOTHING_PRIVATE_YET, evolve_privacy
from ledger.reader import Reader
from ledger.results.commands import ResultsCommand
from ledger.results.rules import decide_results
from ledger.results.state import NO_RESULTS_YET, evolve_results
from ledger.rulebook import Rulebook
from ledger.school import carrying, commands, rules
from ledger.school.school import NO_SCHOOL_YET, evolve_school
from ledger.school.year import NO_YEAR_YET, evolve_year
from ledger.sheet.commands import AnyCommand, SheetCommand
from ledger.sheet.decide import decide
from ledger.sheet.state import Sheet, evolve
from ledger.signals.commands import SignalsCommand
from ledger.signals.rules import decide_signals
from ledger.signals.state import NO_SIGNALS_YET, evolve_signals
from ledger.supervision.commands import SupervisionCommand
from ledger.supervision.rules import decide_supervision
from ledger.supervision.state import NOTHING_SUPERVISED, evolve_supervision


def _decide_sheet(command: AnyCommand, sheet: Sheet, _reader: Reader) -> Sequence[Fact]:
    return decide(command, sheet)


def _decide_credentials(
    command: CredentialsCommand, credentials: Credentials, _reader: Reader
) -> Sequence[Fact]:
    return decide_credentials(command, credentials)


SHEETS: Final = Rulebook(Sheet(), _decide_sheet, evolve)
SCHOOL: Final = Rulebook(NO_SCHOOL_YET, rules.decide_school, evolve_school)
YEARS: Final = Rulebook(NO_YEAR_YET, rules.decide_year, evolve_year, carrying.carry)
RESULTS: Final = Rulebook(NO_RESULTS_YET, decide_results, evolve_results)
SUPERVISION: Final = Rulebook(NOTHING_SUPERVISED, decide_supervision, evolve_supervision)
PRIVACY: Final = Rulebook(NOTHING_PRIVATE_YET, decide_privacy, evolve_privacy)
CREDENTIALS: Final = Rulebook(NO_CREDENTIALS_YET, _decide_credentials, evolve_credentials)
DOSSIERS: Final = Rulebook(NO_DOSSIERS_YET, decide_dossier, evolve_dossiers)
SIGNALS: Final = Rulebook(NO_SIGNALS_YET, decide_signals, evolve_signals)

_OF_COMMANDS: Final[Mapping[type[Command], Rulebook]] = MappingProxyType(
    {
        SheetCommand: SHEETS,
        commands.SchoolCommand: SCHOOL,
        commands.YearCommand: YEARS,
        ResultsCommand: RESULTS,
        SupervisionCommand: SUPERVISION,
        PrivacyCommand: PRIVACY,
        CredentialsCommand: CREDENTIALS,
        DossierCommand: DOSSIERS,
        SignalsCommand: SIGNALS,
    }
)


def rulebook_of(command: Command) -> Rulebook:
    """The rulebook of the command's room; KeyError where no room knows the command."""
    for kind in type(command).__mro__:
        if rulebook := _OF_COMMANDS.get(kind):
            return rulebook
    raise KeyError(type(command))
