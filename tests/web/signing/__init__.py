"""Signatures: made in four ways, attacked, checked, archived."""
