"""Conduct one verification, and keep with its outcome what a report has to name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version

from sqlalchemy import Engine

from ledger.school.facts import SchoolDescribed
from ledger.store.evidence import EvidenceStore
from ledger.store.keys import KeyFolder, KeyUnusable
from ledger.trust.note import VerifierKey
from ledger.trust.policy import Policy
from ledger.verification import Finding, Remembered, Report, Trusted
from ledger.verification.checks import Batch
from ledger.verification.source import Source
from ledger.verification.vault import VaultCheck
from ledger.verification.verifying import MakeCheck, Progress
from projections.verification import verify_school
from web.verification.dossiers import DossierCheck


@dataclass(frozen=True, slots=True)
class Brought:
    """What is brought along, from outside of the database: keys, remembered heads, the files."""

    trusted: Trusted = field(default_factory=Trusted)
    remembered: Sequence[Remembered] = ()
    evidence: EvidenceStore | None = None
    vault_key: bytes | None = None
    keys: KeyFolder | None = None

    @classmethod
    def of_school(
        cls,
        keys: KeyFolder | None,
        evidence: EvidenceStore | None,
        *,
        logs: Sequence[VerifierKey] = (),
        policy: Policy | None = None,
        remembered: Sequence[Remembered] = (),
    ) -> "Brought":
        """What the school's own folder of keys holds, and what somebody knows besides.

        MalformedKey and MalformedPolicy where a file there is damaged.
        """
        if keys is None:
            return cls(Trusted(logs, policy or Policy()), remembered, evidence)
        if not logs and not (policy and policy.logs):
            # Only where nobody brought a key: whoever broke in may have put another one here.
            logs = [key.verifier for key in keys.log_keys()]
        believed = policy or keys.policy() or Policy()
        return cls(Trusted(logs, believed), remembered, evidence, _vault_key(keys), keys)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found, when, by whom (as people call them) and in which database."""

    report: Report
    school: SchoolDescribed | None
    at: datetime
    by: str
    database: str
    program: str = field(default_factory=lambda: version("grade-ledger"))


class _Described:
    """Not a check: listens for what the school was last called, for the heading of the report."""

    checked: Mapping[str, int] = {}

    def __init__(self) -> None:
        self.school: SchoolDescribed | None = None

    def take(self, batch: Batch) -> Iterator[Finding]:
        for line in batch.lines:
            if line and isinstance(line.fact, SchoolDescribed):
                self.school = line.fact
        yield from ()

    def finish(self, source: Source) -> Iterator[Finding]:  # noqa: ARG002  (as every check)
        yield from ()


def conduct(
    engine: Engine,
    brought: Brought,
    *,
    at: datetime,
    by: str,
    database: str,
    progress: Progress | None = None,
) -> Verification:
    """Verify everything with what was brought along; raises as `ledger.verification.verify`."""
    described = _Described()
    more: list[MakeCheck] = [lambda _: VaultCheck(brought.vault_key), lambda _: described]
    if evidence := brought.evidence:
        more.append(lambda _: DossierCheck(evidence, brought.keys))
    report = verify_school(
        engine,
        trusted=brought.trusted,
        remembered=brought.remembered,
        evidence=brought.evidence,
        more=more,
        progress=progress,
    )
    return Verification(report, described.school, at, by, database)


def _vault_key(keys: KeyFolder) -> bytes | None:
    try:
        return keys.vault_key()
    except KeyUnusable:
        return None
