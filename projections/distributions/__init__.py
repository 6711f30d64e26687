"""Phổ điểm: how often each mark was given in a column, and what is told of it."""
