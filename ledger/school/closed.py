"""The fact with which a school year ends, and who has seen what was approved in it."""

from pydantic import Field

from ledger.line import Fact
from ledger.vocabulary import Label, Moment, SchoolYear, Sha256, Value


class Cosigned(Value):
    """A witness that has cosigned a checkpoint: the name of its key, and its own clock's moment."""

    witness: Label
    cosigned_at: Moment


class Seal(Value):
    """A checkpoint of the log of `origin` that witnesses have cosigned: its lines, their root."""

    origin: Label
    size: int = Field(ge=1)
    root: Sha256
    cosigned: tuple[Cosigned, ...] = Field(min_length=1)


class YearClosed(Fact):
    """The principal closed a year whose approved results enough witnesses have seen.

    All of these results are among the lines under the seal: whoever has been given one can ask the
    witnesses whether it is still the same.
    """

    NAME = "year-closed"
    school_year: SchoolYear
    seal: Seal
