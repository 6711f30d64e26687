"""Evidence files, kept outside the ledger under the SHA-256 that the facts name."""

import os
import re
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Final

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class EvidenceMissing(LookupError):
    """No evidence is kept under this digest."""


class EvidenceAltered(Exception):
    """The file kept under this digest has other content than was put there; both digests."""


class EvidenceStore:
    """A folder of files, each named by the SHA-256 of its content, in lower-case hex."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep the content and return its digest; once returned, it survives a power cut."""
        digest = sha256(content).hexdigest()
        place = self._place(digest)
        # A file that is there but damaged is written anew: the same evidence uploaded again
        # is the one way to repair it.
        if not (place.is_file() and sha256(place.read_bytes()).hexdigest() == digest):
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, content)
        return digest

    def read(self, digest: str) -> bytes:
        """The content, checked against its digest; raises EvidenceMissing, EvidenceAltered."""
        try:
            content = self._place(digest).read_bytes()
        except FileNotFoundError as missing:
            raise EvidenceMissing(digest) from missing
        if (found := sha256(content).hexdigest()) != digest:
            raise EvidenceAltered(digest, found)
        return content

    def remove(self, digest: str) -> None:
        """Remove the file for good, if it is there."""
        place = self._place(digest)
        if place.is_file():
            place.unlink(missing_ok=True)
            sync_folder(place.parent)

    def digests(self) -> frozenset[str]:
        """The digests of all that is kept, altered or not."""
        folders = self._folder.iterdir() if self._folder.is_dir() else ()
        return frozenset(
            file.name
            for folder in folders
            if folder.is_dir()
            for file in folder.iterdir()
            if _DIGEST.fullmatch(file.name)
        )

    def _place(self, digest: str) -> Path:
        # The digest may come from a page's address: anything but 64 hex digits could name
        # a file outside the folder.
        if _DIGEST.fullmatch(digest) is None:
            raise EvidenceMissing(digest)
        return self._folder / digest[:2] / digest


def write_whole(place: Path, content: bytes) -> None:
    """Put the content at its place at once: a reader sees all of it or nothing."""
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".incoming-")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(place.parent)
    sync_folder(place.parent.parent)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder reach the disk too: that is where a new file's name lives."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
