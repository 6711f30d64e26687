"""Phổ điểm: how often each mark was given in a column, and what is told of it."""

from projections.distributions.counts import AVERAGE, MarkCounts, SheetPlace
from projections.distributions.past import PastDistributions
from projections.distributions.read import Distributions

__all__ = ["AVERAGE", "Distributions", "MarkCounts", "PastDistributions", "SheetPlace"]
