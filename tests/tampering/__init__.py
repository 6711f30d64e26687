"""Attacks on a real school, and who finds each of them."""
