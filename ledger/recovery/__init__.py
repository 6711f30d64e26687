"""Losing nothing: a backup that can be trusted, and the way back from it."""
