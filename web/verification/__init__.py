"""Verifying a school's ledger for people: on a page, at a terminal, on paper."""
