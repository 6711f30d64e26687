"""The lines of a dossier that a stranger brings: believed where the log has signed for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ledger.line import Line
from ledger.proving import NotALine, line_in
from ledger.trust.checkpoint import MalformedCheckpoint
from ledger.trust.merkle import ProofFails, leaf_hash
from ledger.trust.note import NotSigned, SignatureInvalid
from ledger.trust.policy import CheckedCheckpoint, Policy, QuorumNotMet
from ledger.trust.proof import MalformedProof, TlogProof
from web.dossiers.bundle import ProvenEntry
from web.dossiers.flaws import Flaw, Found


class _NotProven(Exception):
    """A line is not to be believed, and why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


@dataclass(slots=True)
class Proven:
    """The lines in the order of the ledger, and the checkpoint that all of them are under."""

    lines: list[Line] = field(default_factory=list)
    sealed: CheckedCheckpoint | None = None
    found: list[Found] = field(default_factory=list)


def prove_lines(entries: Sequence[ProvenEntry], policy: Policy) -> Proven:
    """Believe each line that is proven, and tell of each other one why not."""
    proven = Proven()
    for entry in entries:
        try:
            sealed, line = _proven(entry, policy)
        except _NotProven as wrong:
            proven.found.append(Found(wrong.flaw, entry.name))
            continue
        proven.lines.append(line)
        proven.sealed = proven.sealed or sealed
        if sealed.checkpoint != proven.sealed.checkpoint:
            proven.found.append(Found(Flaw.SEALS_DIFFER, entry.name))
    proven.lines.sort(key=lambda line: line.position)
    proven.found += _twice(proven.lines)
    return proven


def _twice(lines: Sequence[Line]) -> Iterator[Found]:
    """A line that is brought twice would be counted twice."""
    for line, following in pairwise(lines):
        if line.position == following.position:
            yield Found(Flaw.LINE_FOREIGN, str(line.position), line.fact.NAME)


def _proven(entry: ProvenEntry, policy: Policy) -> tuple[CheckedCheckpoint, Line]:
    try:
        proof = TlogProof.parse(entry.proof)
        sealed = proof.verify(leaf_hash(entry.entry), policy)
        line = line_in(entry.entry)
    except (MalformedProof, MalformedCheckpoint) as malformed:
        raise _NotProven(Flaw.PROOF_MALFORMED) from malformed
    except NotSigned as unsigned:
        raise _NotProven(Flaw.LOG_UNSIGNED) from unsigned
    except SignatureInvalid as forged:
        raise _NotProven(Flaw.SEAL_FORGED) from forged
    except QuorumNotMet as few:
        raise _NotProven(Flaw.QUORUM_MISSING) from few
    except ProofFails as differs:
        raise _NotProven(Flaw.LINE_DIFFERS) from differs
    except NotALine as unknown:
        raise _NotProven(Flaw.LINE_UNREADABLE) from unknown
    if line.position != proof.index + 1:
        raise _NotProven(Flaw.LINE_DIFFERS)
    return sealed, line
