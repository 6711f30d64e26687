"""The overview of the progress: groups of columns with their numbers, and one group alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from ledger.vocabulary import PersonId
from projections.progress import (
    ColumnProgress,
    Counts,
    Group,
    Grouping,
    Standing,
    grouped,
    total,
)
from web.names import Names
from web.wording import column_name, subject_name

# How groupings and standings are called in addresses.
GROUPING_OF: Final[Mapping[str, Grouping]] = MappingProxyType(
    {
        "giao-vien": Grouping.TEACHER,
        "lop": Grouping.CLASS,
        "mon": Grouping.SUBJECT,
        "cot": Grouping.COLUMN,
    }
)
STANDING_OF: Final[Mapping[str, Standing]] = MappingProxyType(
    {
        "qua-han": Standing.LATE,
        "sap-den-han": Standing.COMING_DUE,
        "dang-nhap": Standing.OPEN,
        "da-du": Standing.DONE,
    }
)
_WORST_FIRST: Final = tuple(Standing)


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One group: what it is called, and the address part that leads into it."""

    label: str
    key: str
    group: Group


@dataclass(frozen=True, slots=True)
class Overview:
    """Rows of groups, and all their columns counted once."""

    rows: tuple[OverviewRow, ...]
    counts: Counts
    standings: Mapping[Standing, int]

    @classmethod
    def of(
        cls,
        columns: Iterable[ColumnProgress],
        by: Grouping,
        names: Names,
        moment: datetime,
        *,
        only: Standing | None = None,
    ) -> "Overview":
        """Group the columns; with `only`, just those that stand so, but all standings counted."""
        every = list(columns)
        standings = dict.fromkeys(Standing, 0)
        for one in every:
            standings[one.standing(moment)] += 1
        chosen = [one for one in every if only in {None, one.standing(moment)}]
        rows = [
            OverviewRow(label_of(by, group.key, names), str(group.key), group)
            for group in grouped(chosen, by, moment)
        ]
        return cls(tuple(_in_order(rows, by, names)), total(chosen), standings)


def _in_order(rows: list[OverviewRow], by: Grouping, names: Names) -> list[OverviewRow]:
    """Teachers as in a list of names; the rest in the order of the book."""
    if by is not Grouping.TEACHER:
        return rows
    order = {key: place for place, key in enumerate(names.in_order(_people(rows)))}
    return sorted(rows, key=lambda row: order[PersonId(UUID(row.key))])


def _people(rows: Iterable[OverviewRow]) -> list[PersonId]:
    return [PersonId(UUID(row.key)) for row in rows]


def label_of(by: Grouping, key: PersonId | str, names: Names) -> str:
    """What people call a group."""
    if isinstance(key, UUID):
        return names.staff(key)
    if by is Grouping.SUBJECT:
        return subject_name(key)
    return column_name(key) if by is Grouping.COLUMN else f"Lớp {key}"


def group_of(
    columns: Iterable[ColumnProgress], by: Grouping, key: str, moment: datetime
) -> Group | None:
    """The group whose key stands in an address."""
    return next((one for one in grouped(columns, by, moment) if str(one.key) == key), None)


def urgency(one: ColumnProgress, moment: datetime) -> tuple[int, bool, float]:
    """Orders columns by standing, then by deadline; those without one come last."""
    deadline = one.deadline
    at = deadline.timestamp() if deadline else 0.0
    return _WORST_FIRST.index(one.standing(moment)), deadline is None, at
