"""The rule book's table of contents: which rule answers which command about results."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from ledger.line import Fact
from ledger.reader import Reader
from ledger.results import approving, commands, recording, summer
from ledger.results.state import Results

RULES: Final[
    Mapping[type[commands.ResultsCommand], Callable[[Any, Results, Reader], Sequence[Fact]]]
] = MappingProxyType(
    {
        commands.RecordAttendance: recording.record_attendance,
        commands.AssessConduct: recording.assess_conduct,
        commands.WriteHomeroomComments: recording.write_comments,
        commands.ApproveResults: approving.approve_results,
        commands.RecordReassessment: summer.record_reassessment,
        commands.ReassessConduct: summer.reassess_conduct,
        commands.ApprovePromotionAfterSummer: summer.approve_after_summer,
    }
)


def decide_results(
    command: commands.ResultsCommand, results: Results, reader: Reader
) -> Sequence[Fact]:
    """The facts that the command makes of the results, [] where it is so; raises `Refused`."""
    return RULES[type(command)](command, results, reader)
