"""Where a fact of the year reaches the sheets: what every carried command is made with."""

from typing import Any, NamedTuple

from ledger.reader import Reader
from ledger.school.commands import YearCommand
from ledger.school.year import Year
from ledger.vocabulary import SheetId


class Touched(NamedTuple):
    """A year after its facts, the command they came from, and where to look at sheets."""

    year: Year
    command: YearCommand
    reader: Reader

    def asked(self, sheet_id: SheetId) -> dict[str, Any]:
        """What every carried command shares with the one it follows from."""
        by, at, command_id = self.command.by, self.command.at, self.command.command_id
        return {"command_id": command_id, "sheet_id": sheet_id, "by": by, "at": at}
