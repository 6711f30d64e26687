"""How the principal asks to close a year."""

from ledger.school.closed import Seal
from ledger.school.commands import CloseYear
from tests.every_closing_fact import SEAL
from tests.ledger.school.scenario import asks
from tests.school import Voice


def closes(
    voice: Voice, seal: Seal | None = SEAL, approved_to: int = SEAL.size, *lacking: str
) -> CloseYear:
    return asks(voice, CloseYear, seal=seal, approved_to=approved_to, lacking=lacking)
