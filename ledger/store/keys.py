"""The folder of keys, kept apart from the database: whoever has only one of them has nothing."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from secrets import token_bytes
from typing import Final

from ledger.trust.note import Algorithm, SigningKey
from ledger.trust.policy import Policy

_LOG_KEY: Final = re.compile(r"log-([1-9][0-9]*)\.key")
_OWNER_ONLY: Final = 0o600
_SECRET_LENGTH: Final = 32


class KeyMissing(LookupError):
    """A key that must be there is not; making a new one would hide the loss.

    Its name, so that people know which copy to bring back.
    """


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

    def begin_log(self, origin: str) -> SigningKey:
        """Make the key of the next incarnation of the log and keep it. MalformedKey."""
        key = SigningKey.from_seed(origin, Algorithm.ED25519, token_bytes(_SECRET_LENGTH))
        self._keep(f"log-{len(self.log_keys()) + 1}.key", f"{key.to_text()}\n".encode())
        return key

    def vault_key(self) -> bytes:
        """The key that wraps the keys of persons, 32 bytes; raises KeyMissing."""
        try:
            return self._vault.read_bytes()
        except FileNotFoundError as missing:
            raise KeyMissing(self._vault.name) from missing

    def begin_vault(self) -> bytes:
        """Make the key of the vault, for a school that has nobody in it yet."""
        key = token_bytes(_SECRET_LENGTH)
        self._keep(self._vault.name, key)
        return key

    def policy(self, name: str = "policy") -> Policy | None:
        """What people have decided about witnesses; None where nobody has. MalformedPolicy."""
        place = self.folder / name
        return Policy.parse(place.read_bytes()) if place.exists() else None

    @property
    def _vault(self) -> Path:
        return self.folder / "vault.key"

    def _keep(self, name: str, content: bytes) -> None:
        """Write a key that is not there yet, for the owner's eyes alone, down to the disk.

        FileExistsError where it is there: a key is never written over.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(self.folder / name, flags, _OWNER_ONLY), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
