"""The folder of keys, kept apart from the database: whoever has only one of them has nothing."""

import fcntl
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_bytes
from tempfile import NamedTemporaryFile, mkstemp
from typing import ClassVar, Final

from ledger.trust.note import Algorithm, SigningKey
from ledger.trust.policy import Policy

_LOG_KEY: Final = re.compile(r"log-([1-9][0-9]*)\.key")
_OTHERS: Final = 0o077
_SECRET_LENGTH: Final = 32


class KeyUnusable(LookupError):
    """A key without which the school cannot be opened; its file's name, for people to mend it."""

    code: ClassVar[str]


class KeyMissing(KeyUnusable):
    """A key that must be there is not; making a new one would hide the loss.

    Its name, so that people know which copy to bring back.
    """

    code = "key-missing"


class KeyOfAnother(KeyUnusable):
    """The key is damaged, or the one of another school: nothing opens with it."""

    code = "key-of-another"


class KeyExposed(KeyUnusable):
    """Others on this machine may read the key, which is a secret of its owner."""

    code = "key-exposed"


class KeyFolder:
    """The keys of one school: of its log, one for each incarnation, and of its vault.

    `policy` and `policy-close-year` are files that people write there (c2sp.org/tlog-policy):
    which witnesses are asked, and how many it takes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def log_keys(self) -> Sequence[SigningKey]:
        """The keys of the log, the first incarnation first; the last one signs. [] at first."""
        found = {
            int(match[1]): path
            for path in (self.folder.iterdir() if self.folder.is_dir() else ())
            if (match := _LOG_KEY.fullmatch(path.name))
        }
        return [SigningKey.parse(found[number].read_text()) for number in sorted(found)]

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Only one thread of one process at a time signs with these keys."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)  # With it the claim is gone, as it is when a process dies.

    def begin_log(self, origin: str, *, incarnation: int = 1) -> SigningKey:
        """Make the key of an incarnation of the log, counted from 1, and keep it.

        Raises MalformedKey, and FileExistsError where that incarnation has its key. The number is
        told and not counted here: the key of an earlier one may have been lost, and come back.
        """
        key = SigningKey.from_seed(origin, Algorithm.ED25519, token_bytes(_SECRET_LENGTH))
        place = self.folder / f"log-{incarnation}.key"
        keep_secret(place, f"{key.to_text()}\n".encode())
        return key

    def vault_key(self) -> bytes:
        """The key that wraps the keys of persons, 32 bytes.

        Raises KeyMissing, KeyExposed and KeyOfAnother.
        """
        try:
            if self._vault.stat().st_mode & _OTHERS:
                raise KeyExposed(self._vault.name)
            key = bytes.fromhex(self._vault.read_text("ascii"))
        except FileNotFoundError as missing:
            raise KeyMissing(self._vault.name) from missing
        except ValueError as unfit:
            raise KeyOfAnother(self._vault.name) from unfit
        if len(key) != _SECRET_LENGTH:
            raise KeyOfAnother(self._vault.name)
        return key

    def begin_vault(self) -> bytes:
        """Make the key of the vault, for a school that has nobody in it yet.

        As one line of 64 hexadecimal digits, so that a copy can be kept on paper.
        """
        key = token_bytes(_SECRET_LENGTH)
        keep_secret(self._vault, f"{key.hex()}\n".encode())
        return key

    def policy(self, name: str = "policy") -> Policy | None:
        """What people have decided about witnesses; None where nobody has. MalformedPolicy."""
        place = self.folder / name
        return Policy.parse(place.read_bytes()) if place.exists() else None

    def decide(self, name: str, content: bytes) -> None:
        """Put a policy in the place of the one before, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(self.folder / name)
        _reach_the_disk(self.folder)

    @property
    def _vault(self) -> Path:
        return self.folder / "vault.key"


def keep_secret(place: Path, content: bytes) -> None:
    """Write a key that is not there yet, for the owner's eyes alone, down to the disk.

    FileExistsError where it is there: a key is never written over.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = mkstemp(dir=place.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # Under its name it is whole from the first moment: another process may be reading.
        os.link(unfinished, place)
    finally:
        Path(unfinished).unlink()
    _reach_the_disk(place.parent)


def _reach_the_disk(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
