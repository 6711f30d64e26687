"""Whether the files kept beside the ledger are those whose hashes its facts name."""

from collections.abc import Iterator, Mapping

from ledger.dossiers.facts import DossierArchived, DossierDrafted, DossierSigned
from ledger.dossiers.files import DossierFiles
from ledger.line import Fact
from ledger.privacy.facts import PersonalDataErased
from ledger.sheet.facts import CorrectionAnswered, CorrectionRequested
from ledger.signals.facts import MonthlyReportSubmitted
from ledger.store.evidence import EvidenceAltered, EvidenceMissing, EvidenceStore
from ledger.verification.checks import Batch
from ledger.verification.findings import Finding
from ledger.verification.source import Source


class EvidenceCheck:
    """Every digest that a fact names is a file with that content, or was disposed of by a fact.

    Of a dossier only the newest state has to be there: every earlier one is its beginning.
    """

    def __init__(self, store: EvidenceStore) -> None:
        self._store = store
        self._named: dict[str, int] = {}
        self._disposed: set[str] = set()
        self._of_dossiers = DossierFiles()
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
                self._of_dossiers.take(line.fact)
        yield from ()

    def finish(self, source: Source) -> Iterator[Finding]:  # noqa: ARG002  (as every check)
        self._disposed |= self._of_dossiers.disposed
        for digest in self._of_dossiers.superseded:
            self._named.pop(digest, None)
        for digest, position in self._named.items():
            yield from self._of_file(digest, position)
        for digest in sorted(self._store.digests() - self._named.keys()):
            yield Finding("evidence-orphaned", None, digest, "", digest)

    def _of_file(self, digest: str, position: int) -> Iterator[Finding]:
        try:
            self._store.read(digest)
            self._right += 1
        except EvidenceMissing:
            if digest not in self._disposed:
                yield Finding("evidence-missing", position, digest, digest, "")
        except EvidenceAltered as altered:
            _, found = altered.args
            yield Finding("evidence-altered", position, digest, digest, found)


def _named_by(fact: Fact) -> Iterator[str]:
    if isinstance(fact, CorrectionRequested | CorrectionAnswered):
        yield from (one.sha256 for one in fact.evidence)
    if isinstance(fact, DossierDrafted | DossierSigned | DossierArchived):
        yield fact.revision.sha256
    if isinstance(fact, MonthlyReportSubmitted):
        yield fact.sha256
