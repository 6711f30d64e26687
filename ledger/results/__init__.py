"""The results of a class: attendance, conduct, and what follows from them and from the marks.

One stream for each class and school year. `computing` says what the marks mean, `approving` lets
the principal put a name under it, `summer` what the holidays still change.
"""
