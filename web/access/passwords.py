"""Passwords: argon2id at a cost that fifty teachers at seven o'clock can bear."""

import secrets
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from web.refusals import PasswordTooWeak

SHORTEST: Final = 10
_LONGEST: Final = 200

_HASHER: Final = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
# Each hashing takes 19 MiB and a whole core, so more at once only make everybody wait longer.
_AT_ONCE: Final = BoundedSemaphore(2)

# Without 0/o, 1/l and the like: an initial password is read aloud or copied from paper.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def hashed(password: str) -> str:
    """The argon2id hash of a password."""
    with _AT_ONCE:
        return _HASHER.hash(password)


# Checked against where no account is: both wrong answers take the same time.
_NOBODY: Final = hashed(secrets.token_urlsafe(16))


def matches(password: str, stored: str | None) -> bool:
    """Whether the password is the hashed one; None, for nobody, takes as long and never is."""
    if len(password) > _LONGEST:
        password = ""
    with _AT_ONCE:
        try:
            return _HASHER.verify(stored or _NOBODY, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made at another cost than today's."""
    return _HASHER.check_needs_rehash(stored)


def initial_password() -> str:
    """A password to be told once: 59 bits."""
    return read_aloud(groups=3)


def read_aloud(*, groups: int) -> str:
    """Random groups of four letters and digits, almost 20 bits each, as people copy them."""
    made = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(groups))
    return "-".join(made)


def check_strength(password: str, username: str) -> None:
    """Refuse a password that is too short or too long, or that holds the account's name."""
    if not SHORTEST <= len(password) <= _LONGEST or username.lower() in password.lower():
        raise PasswordTooWeak(shortest=SHORTEST)
