"""How the ledger says no: what every refusal is, and those that any room may give.

A refusal is an answer to a command: not a failure, and nothing was recorded. The codes are
permanent; the sentences for people are elsewhere, found by `code`.
"""

from enum import Enum
from typing import ClassVar


class Standing(Enum):
    """What kind of answer a refusal is; the web gives each its status."""

    NOT_YOUR_PLACE = "not-your-place"
    NO_SUCH_THING = "no-such-thing"
    NOT_NOW = "not-now"


class Refused(Exception):
    """An answer to a command: not a failure, and nothing was recorded.

    `details` holds plain values for the page (ids, moments, lists of cells). `kept` says that the
    attempt itself is recorded in a stream of its own, since auditors will ask for it.
    """

    code: ClassVar[str]
    standing: ClassVar[Standing] = Standing.NOT_NOW
    kept: ClassVar[bool] = False

    def __init__(self, **details: object) -> None:
        super().__init__(self.code)
        self.details = details


class CommandIdReused(Refused):
    """The command id was used before, for another command."""

    code = "command-id-reused"


class LineTooLong(Refused):
    """What was asked would make a line longer than any reader of a log takes: ask it in parts."""

    code = "line-too-long"


class NotForYourRole(Refused):
    """The role acted in may not do this."""

    code = "not-for-your-role"
    standing = Standing.NOT_YOUR_PLACE
    kept = True
