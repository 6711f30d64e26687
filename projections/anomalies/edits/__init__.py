"""How marks were changed: what stands out of the school's own ways of mending them."""

from projections.anomalies.edits.screening import edit_candidates

__all__ = ["edit_candidates"]
