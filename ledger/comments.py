"""The one place where comments on pupils are: facts hold only their hashes.

A comment is personal. It stays in this table, outside the hashed bytes, so that it can be erased
without touching the ledger; with the salt gone, the hash tells nothing about the text.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from secrets import token_bytes
from typing import Annotated, Final
from unicodedata import normalize

from pydantic import AfterValidator, StringConstraints, TypeAdapter
from sqlalchemy import (
    Column,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)

metadata = MetaData()

comment = Table(
    "comment",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),
)

CommentText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    # Some keyboards send letters and tones apart, which look the same and hash differently.
    AfterValidator(lambda text: normalize("NFC", text)),
]
_TEXT: Final[TypeAdapter[str]] = TypeAdapter(CommentText)
_SALT_BYTES: Final = 32


def digest_of_comment(salt: bytes, text: str) -> str:
    """SHA-256 of the salt and the UTF-8 text, in hexadecimal."""
    return sha256(salt + text.encode()).hexdigest()


class Comments:
    """The comments over their table; every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create_tables(self) -> None:
        metadata.create_all(self._engine)

    def keep(self, text: str) -> str:
        """Keep a comment under a fresh salt and return its digest, for the command.

        ValidationError for an empty text, and for one of more than 2000 letters.
        """
        kept, salt = _TEXT.validate_python(text), token_bytes(_SALT_BYTES)
        digest = digest_of_comment(salt, kept)
        with self._engine.begin() as connection:
            connection.execute(insert(comment).values(digest=digest, salt=salt, text=kept))
        return digest

    def texts(self, digests: Iterable[str]) -> Mapping[str, str]:
        """The texts by digest; one that was erased is left out, as is one that was altered."""
        with self._engine.connect() as connection:
            found = connection.execute(
                select(comment).where(comment.c.digest.in_(list(digests)))
            ).all()
        return {
            row.digest: row.text
            for row in found
            if digest_of_comment(row.salt, row.text) == row.digest
        }

    def erase(self, digests: Iterable[str]) -> None:
        """Remove text and salt for good; the digest in the ledger then tells nothing."""
        with self._engine.begin() as connection:
            connection.execute(delete(comment).where(comment.c.digest.in_(list(digests))))
