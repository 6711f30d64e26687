"""A new incarnation of the log: what is recorded where lines, or the key to sign, were lost."""

from typing import Self

from pydantic import Field, model_validator

from ledger.line import Fact
from ledger.vocabulary import Label, PersonId, Reason, Sha256, Value


class TreeHead(Value):
    """The root over the first lines of a ledger, in hexadecimal."""

    size: int = Field(ge=1)
    root: Sha256


class PublishedHead(Value):
    """What is known of the newest checkpoint that witnesses hold.

    A witness that is asked tells its size. Whoever has the checkpoint itself knows the root as
    well, and the SHA-256 of the note's text.
    """

    size: int = Field(ge=1)
    root: Sha256 | None = None
    note: Sha256 | None = None


class LostLines(Value):
    """Positions whose lines were published and are gone, or are other lines now."""

    first: int = Field(ge=1)
    last: int = Field(ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise ValueError("the first position comes after the last")
        return self


class LogRestarted(Fact):
    """The log begins anew: the ledger lost published lines, or the log the key to sign with.

    Lines are lost where it came back from a backup older than what was published; None where only
    the key was. Without the key nobody can sign in the old name, and nothing can replace it.
    `continued` is the newest cosigned checkpoint that the restored lines still hold, None where
    there is none, and `consistency` the proof (RFC 6962) from it to `restored`, the lines before
    this one. The principal is the author; the administrator has agreed with a password of their
    own.
    """

    NAME = "log-restarted"
    old_origin: Label
    new_origin: Label
    published: PublishedHead
    continued: TreeHead | None
    restored: TreeHead
    consistency: tuple[Sha256, ...]
    lost: LostLines | None
    key_lost: bool
    reason: Reason
    administrator: PersonId
