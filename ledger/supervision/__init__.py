"""Supervision: what leaders and department heads note about the book, beside the marks."""
