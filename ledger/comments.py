"""The one place where comments on pupils are: facts hold only their hashes.

A comment is personal. It is sealed in the vault under the pupil's key, outside the hashed bytes,
so that it is erased with the pupil; with the salt gone, the hash tells nothing about the text.
"""

from collections.abc import Mapping
from hashlib import sha256
from secrets import token_bytes
from typing import Annotated, Final
from unicodedata import normalize
from uuid import UUID

from pydantic import AfterValidator, StringConstraints, TypeAdapter

from ledger.vault import Texts, Vault
from ledger.vocabulary import PupilId

CommentText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    # Some keyboards send letters and tones apart, which look the same and hash differently.
    AfterValidator(lambda text: normalize("NFC", text)),
]
_TEXT: Final[TypeAdapter[str]] = TypeAdapter(CommentText)
_SALT_BYTES: Final = 32
_COMMENT: Final = "comment-"


def digest_of_comment(salt: bytes, text: str) -> str:
    """SHA-256 of the salt and the UTF-8 text, in hexadecimal."""
    return sha256(salt + text.encode()).hexdigest()


class Comments:
    """The comments in the vault; every method is one transaction."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def keep(self, texts: Mapping[PupilId, str]) -> Mapping[PupilId, str]:
        """Keep a comment on each pupil under a fresh salt; the digests, for the command.

        ValidationError for an empty text, and for one of more than 2000 letters. NotInVault for
        a pupil whom nobody knows, or who was erased: nothing is kept then.
        """
        digests: dict[PupilId, str] = {}
        boxes: dict[UUID, Texts] = {}
        for pupil, text in texts.items():
            kept, salt = _TEXT.validate_python(text), token_bytes(_SALT_BYTES)
            digests[pupil] = digest_of_comment(salt, kept)
            boxes[pupil] = {_field(digests[pupil]): f"{salt.hex()}{kept}"}
        self._vault.seal(boxes)
        return digests

    def texts(self, digests: Mapping[PupilId, str]) -> Mapping[PupilId, str]:
        """The text of each comment; one that was erased is left out, as is one altered."""
        fields = {_field(digest) for digest in digests.values()}
        found = {}
        for person, texts in self._vault.open(fields, digests).items():
            pupil = PupilId(person)
            field = _field(digests[pupil])
            if (text := comment_in(field, texts.get(field, ""))) is not None:
                found[pupil] = text
        return found

    def erase(self, digests: Mapping[PupilId, str]) -> None:
        """Take text and salt away; the digest in the ledger then tells nothing."""
        taken: dict[UUID, Texts] = {
            pupil: {_field(digest): None} for pupil, digest in digests.items()
        }
        self._vault.seal(taken, strangers_left_out=True)


def is_comment(field: str) -> bool:
    """Whether a field of the vault holds a comment."""
    return field.startswith(_COMMENT)


def comment_in(field: str, content: str) -> str | None:
    """The comment that a field holds; None where it is not the one that the field is named by."""
    try:
        salt, text = bytes.fromhex(content[: _SALT_BYTES * 2]), content[_SALT_BYTES * 2 :]
    except ValueError:
        return None
    return text if _field(digest_of_comment(salt, text)) == field else None


def _field(digest: str) -> str:
    return f"{_COMMENT}{digest}"
