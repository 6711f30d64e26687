"""The Ministry's circulars on assessing pupils, as formulas: the same results give the same answer.

`choosing` says which circular a school year and a grade fall under, `circular` what every circular
can be asked, `tt22` and `tt58` are the rules themselves.
"""
