"""Anomalies: how marks were changed and how they are distributed, against the school's own ways."""
