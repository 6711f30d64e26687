"""Marks and class lists from real spreadsheets: guarded, read apart, matched, previewed."""
