"""Whether the files kept beside the ledger are those whose hashes its facts name."""

from collections.abc import Iterator, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Final

from ledger.line import Fact
from ledger.privacy.facts import PersonalDataErased
from ledger.sheet.facts import CorrectionRequested
from ledger.verification.checks import Batch
from ledger.verification.findings import Finding
from ledger.verification.source import Source

_UNFINISHED: Final = ".incoming-"


class EvidenceCheck:
    """Every digest that a fact names is a file with that content, or was disposed of by a fact."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._named: dict[str, int] = {}
        self._disposed: set[str] = set()
        self._right = 0

    @property
    def checked(self) -> Mapping[str, int]:
        return {"evidence": self._right}

    def take(self, batch: Batch) -> Iterator[Finding]:
        for line in batch.lines:
            if line:
                for digest in _named_by(line.fact):
                    self._named.setdefault(digest, line.position)
                if isinstance(line.fact, PersonalDataErased):
                    self._disposed.update(line.fact.evidence)
        yield from ()

    def finish(self, source: Source) -> Iterator[Finding]:  # noqa: ARG002  (as every check)
        for digest, position in self._named.items():
            yield from self._of_file(digest, position)
        for path in sorted(self._folder.glob("*/*")):
            if path.name not in self._named and not path.name.startswith(_UNFINISHED):
                yield Finding("evidence-orphaned", None, path.name, "", str(path.stat().st_size))

    def _of_file(self, digest: str, position: int) -> Iterator[Finding]:
        try:
            with (self._folder / digest[:2] / digest).open("rb") as file:
                found = file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            if digest not in self._disposed:
                yield Finding("evidence-missing", position, digest, digest, "")
            return
        if found != digest:
            yield Finding("evidence-altered", position, digest, digest, found)
        self._right += found == digest


def _named_by(fact: Fact) -> Iterator[str]:
    if isinstance(fact, CorrectionRequested):
        yield from (one.sha256 for one in fact.evidence)
