"""One verification, from the first row to the report."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine

from ledger.store.evidence import EvidenceStore
from ledger.store.failures import FAILURES
from ledger.store.reading import reading
from ledger.verification.approvals import ApprovalCheck
from ledger.verification.checks import Check
from ledger.verification.codes import REMARKS
from ledger.verification.commands import CommandCheck
from ledger.verification.evidence import EvidenceCheck
from ledger.verification.facts import FactCheck, decoded
from ledger.verification.findings import Finding
from ledger.verification.guards import GuardCheck
from ledger.verification.seals import SealCheck, SeenCheckpoint
from ledger.verification.source import Source
from ledger.verification.told import ToldHeadCheck, told_sizes
from ledger.verification.tree import TreeCheck
from ledger.verification.trusted import Remembered, Trusted

# Of each code so many are told one by one: after the first, most are its consequences.
TOLD: Final = 20

# Called with how many lines are done, and how many there are.
Progress = Callable[[int, int], None]
# A check of a room further out, for one source.
MakeCheck = Callable[[Source], Check]

_NOBODY: Final = Trusted()
_INTEGRITY: Final = f"PRAGMA integrity_check({TOLD})"


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification has found.

    `lines` and `root` are made anew from the rows, whatever the head says. `counts` has every
    code with how often it was found, of which `findings` and `remarks` tell the first ones in the
    order in which they were found. `checked` says how many of what were looked at.
    """

    lines: int
    root: str
    findings: Sequence[Finding]
    remarks: Sequence[Finding]
    counts: Mapping[str, int]
    checked: Mapping[str, int]
    checkpoints: Sequence[SeenCheckpoint]
    latest_cosigned: SeenCheckpoint | None

    @property
    def is_clean(self) -> bool:
        return not self.findings

    @property
    def count_of_findings(self) -> int:
        """How many there are, those included that `findings` does not tell."""
        return sum(count for code, count in self.counts.items() if code not in REMARKS)


def verify(
    engine: Engine,
    *,
    trusted: Trusted = _NOBODY,
    remembered: Sequence[Remembered] = (),
    evidence: EvidenceStore | None = None,
    more: Sequence[MakeCheck] = (),
    progress: Progress | None = None,
) -> Report:
    """Check everything that the ledger's own rows can show, in one transaction that only reads.

    Raises NotALedger where its tables are missing, and what the driver raises when the database
    cannot be reached; a database that breaks off while it is read is a finding.
    """
    with reading(engine) as connection:
        source = Source(connection)
        tree = TreeCheck([*_sizes(source), *(head.size for head in remembered)])
        seals = SealCheck(tree, trusted, remembered)
        checks: list[Check] = [tree, FactCheck(), CommandCheck(source.commands()), seals]
        checks += [
            ToldHeadCheck(tree),
            ApprovalCheck(),
            GuardCheck(),
            *([EvidenceCheck(evidence)] if evidence else ()),
        ]
        checks += [make(source) for make in more]
        told = _Told()
        told.take(_found(source, checks, progress))
    return Report(
        lines=tree.frontier.size,
        root=tree.frontier.root().hex(),
        findings=told.findings,
        remarks=told.remarks,
        counts=dict(told.counts),
        checked={name: count for check in checks for name, count in check.checked.items()},
        checkpoints=list(seals.latest),
        latest_cosigned=seals.latest_cosigned,
    )


class _Told:
    """Findings by what they weigh, not more of a code than anybody reads."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.remarks: list[Finding] = []
        self.counts: Counter[str] = Counter()

    def take(self, found: Iterator[Finding]) -> None:
        for finding in found:
            self.counts[finding.code] += 1
            if self.counts[finding.code] <= TOLD:
                kept = self.remarks if finding.code in REMARKS else self.findings
                kept.append(finding)


def _found(source: Source, checks: Sequence[Check], progress: Progress | None) -> Iterator[Finding]:
    try:
        yield from _damage(source.connection)
        total = max((head[0] for head in source.heads() if isinstance(head[0], int)), default=0)
        done = 0
        for rows in source.lines():
            batch = decoded(rows)
            for check in checks:
                yield from check.take(batch)
            done += len(rows)
            if progress:
                progress(done, max(total, done))
        for check in checks:
            yield from check.finish(source)
    except FAILURES as failure:
        # A damaged file; the first line says it, the others repeat the statement.
        yield Finding("database-unreadable", None, "", "", str(failure).splitlines()[0])


def _sizes(source: Source) -> Iterator[int]:
    """Of how many first lines a root will be asked for."""
    # What breaks off here breaks off again where it is told.
    with suppress(*FAILURES):
        yield from source.sealed_sizes()
        yield from told_sizes(source)


def _damage(connection: Connection) -> Iterator[Finding]:
    """What SQLite itself sees: an index, say, that no longer leads to every row of its table."""
    if connection.dialect.name == "sqlite":
        for (said,) in connection.exec_driver_sql(_INTEGRITY):
            if said != "ok":
                yield Finding("database-damaged", None, "", "ok", said)
