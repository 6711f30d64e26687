"""What was read of a file and what was not, as values."""

from dataclasses import dataclass
from enum import Enum

from projections.screening.table import ScoreTable
from web.spreadsheets.problem import Problem


class GroupedBy(Enum):
    """Where the groups came from."""

    COLUMN = "column"
    WORKSHEET = "worksheet"
    FIRST_DIGITS = "first-digits"  # of the pupils' numbers


@dataclass(frozen=True, slots=True)
class Account:
    """How a table was understood: its columns, its counts, and whatever somebody should know."""

    columns: tuple[str, ...]
    is_long: bool
    grouped_by: GroupedBy
    group_column: str
    pupils: int
    scores: int
    not_taken: int  # of those cells that a score could have stood in
    unread: int
    remarks: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A table ready for screening, and its account."""

    table: ScoreTable
    account: Account
