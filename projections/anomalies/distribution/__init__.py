"""How the marks of one class and subject stand among those of the school; pure numpy, no I/O."""

from projections.anomalies.distribution.candidates import Kept, distribution_candidates

__all__ = ["Kept", "distribution_candidates"]
