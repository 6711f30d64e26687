"""Signals on pages: found by the screen, judged by people, reported by the month."""
