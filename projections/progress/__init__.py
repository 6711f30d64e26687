"""The progress of mark entry: which marks of a semester are there, and which are still to come."""

from projections.progress.read import Progress
from projections.progress.views import (
    ColumnProgress,
    Counts,
    Group,
    Grouping,
    MissingCell,
    Standing,
    grouped,
    total,
)

__all__ = [
    "ColumnProgress",
    "Counts",
    "Group",
    "Grouping",
    "MissingCell",
    "Progress",
    "Standing",
    "grouped",
    "total",
]
