"""Phổ điểm: how often each mark was given in a column, and what is told of it.

Nothing is imported here: charts are drawn of `summary` alone, also where there is no database.
"""
