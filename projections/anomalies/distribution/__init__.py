"""How the marks of one class and subject stand among those of the school; pure numpy, no I/O."""

from projections.anomalies.distribution.candidates import distribution_candidates

__all__ = ["distribution_candidates"]
