"""Signatures in PDFs: places for them, four ways to make them, what they are worth, keeping them.

Everything that knows pyHanko is here. Loading it takes a second or two, so whoever serves pages
imports these modules when somebody signs or checks, not before.
"""

import logging
from typing import Final

# Its warnings repeat what the answers say, and name people, whom no log of ours may name.
_TALKATIVE: Final = ("pyhanko", "pyhanko_certvalidator")

for _name in _TALKATIVE:
    logging.getLogger(_name).setLevel(logging.CRITICAL)
