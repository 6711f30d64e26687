"""Signatures in PDFs: places for them, four ways to make them, what they are worth, keeping them.

Everything that knows pyHanko is here. Loading it takes a second or two, so whoever serves pages
imports these modules when somebody signs or checks, not before.
"""
