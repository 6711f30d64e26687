"""The history: who did what to which mark, when, in which role and why."""

from projections.columns import LockState
from projections.history.read import History
from projections.history.views import (
    HistoryCounts,
    HistoryFilter,
    HistoryRow,
    NamedCell,
)

__all__ = [
    "History",
    "HistoryCounts",
    "HistoryFilter",
    "HistoryRow",
    "LockState",
    "NamedCell",
]
