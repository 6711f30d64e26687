"""The gradebook: every sheet as it stands."""

from projections.columns import ColumnView, DeadlineView, LockView
from projections.gradebook.read import Gradebook
from projections.gradebook.views import (
    EMPTY_CELL_VIEW,
    CellView,
    PupilView,
    SheetCard,
    SheetPage,
)

__all__ = [
    "EMPTY_CELL_VIEW",
    "CellView",
    "ColumnView",
    "DeadlineView",
    "Gradebook",
    "LockView",
    "PupilView",
    "SheetCard",
    "SheetPage",
]
