"""What the ledger knows of a paper that somebody holds: by its QR code, or by its bytes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

from ledger.vocabulary import CorrectionId, Role
from projections.dossiers import DossierView
from web.desk import Desk

_NAMED: Final = re.compile(r"([0-9a-f-]{36})\.([1-9][0-9]{0,11})\.([0-9a-f]{16})")


class Paper(StrEnum):
    """How a paper stands beside the ledger."""

    NAMED = "named"  # by a QR code whose head is the ledger's
    OTHER_HEAD = "other-head"  # the code names a head that this ledger never had
    NEWEST = "newest"
    OLDER = "older"
    LONGER = "longer"  # something stands behind the newest revision
    ALTERED = "altered"  # begins as a revision, then differs
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Recognized:
    """A paper and the dossier that it is of; None where it is of none here.

    `missing` are those whose signatures the ledger has and the paper has not.
    """

    paper: Paper
    dossier: DossierView | None = None
    missing: tuple[Role, ...] = ()

    @property
    def is_right(self) -> bool:
        return self.paper in {Paper.NAMED, Paper.NEWEST}


_UNKNOWN: Final = Recognized(Paper.UNKNOWN)


def named_by_code(desk: Desk, text: str) -> Recognized:
    """What a QR code names. Whoever has no paper cannot guess what is in the code."""
    match = _NAMED.fullmatch(text)
    try:
        dossier = match and desk.dossiers.find(CorrectionId(UUID(match[1])))
    except ValueError:
        return _UNKNOWN
    if not match or not dossier:
        return _UNKNOWN
    position, root = int(match[2]), match[3]
    recorder = desk.ledger.recorder
    known = position <= recorder.head().position
    if known and recorder.tree.root(position).hex().startswith(root):
        return Recognized(Paper.NAMED, dossier)
    return Recognized(Paper.OTHER_HEAD, dossier)


def recognized(desk: Desk, pdf: bytes) -> Recognized:
    """Which revision of which dossier a file is; it is hashed, and never opened."""
    dossiers = desk.dossiers.list()
    begins = _beginnings(pdf, (one.size for each in dossiers for one in each.revisions))
    found = _UNKNOWN
    longest = 0
    for dossier in dossiers:
        for number, revision in enumerate(dossier.revisions):
            if begins.get(revision.size) == revision.sha256 and revision.size > longest:
                longest = revision.size
                found = _as_revision(pdf, dossier, number)
    return found


def _as_revision(pdf: bytes, dossier: DossierView, number: int) -> Recognized:
    revision, is_newest = dossier.revisions[number], number == len(dossier.revisions) - 1
    if len(pdf) > revision.size:
        return Recognized(Paper.LONGER if is_newest else Paper.ALTERED, dossier)
    if is_newest:
        return Recognized(Paper.NEWEST, dossier)
    signers = dossier.signers[number : dossier.signed]
    return Recognized(Paper.OLDER, dossier, tuple(signer.role for signer in signers))


def _beginnings(content: bytes, sizes: Iterable[int]) -> Mapping[int, str]:
    """The hash of the first so many bytes, for each size: the content is read once."""
    hashed, done = sha256(), 0
    found: dict[int, str] = {}
    for size in sorted({size for size in sizes if size <= len(content)}):
        hashed.update(content[done:size])
        found[size], done = hashed.hexdigest(), size
    return found
