"""The proof of a line as people take it home: made now where it must be, and put into one file."""

from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from ledger import proving
from ledger.proving import LineProof
from ledger.trust.note import MalformedKey
from web.desk import Desk
from web.refusals import LineDiffersFromPublished, LineNotPublishedYet, NoSuchLine
from web.wording.proofs import READ_ME, READ_ME_NAME


def proof_of(desk: Desk, position: int) -> LineProof:
    """The proof of a line; where no checkpoint covers it yet, one is published first.

    Raises NoSuchLine, LineNotPublishedYet, LineDiffersFromPublished.
    """
    (proven,) = proofs_together(desk, [position])
    return proven


def proofs_together(desk: Desk, positions: Sequence[int]) -> list[LineProof]:
    """The proofs of several lines under one checkpoint; the same may happen, and be raised."""
    try:
        return _proven(desk, positions)
    except LineNotPublishedYet:
        # What keeps the log from publishing is told on the first page, to those who can mend it.
        with suppress(Exception):
            desk.publisher.publish()
    return _proven(desk, positions)


def _proven(desk: Desk, positions: Sequence[int]) -> list[LineProof]:
    try:
        return proving.prove_together(
            positions,
            recorder=desk.ledger.recorder,
            checkpoints=desk.checkpoints,
            keys=desk.keys,
        )
    except proving.NoSuchLine as unknown:
        raise NoSuchLine from unknown
    except (proving.NotPublished, MalformedKey) as unsealed:
        raise LineNotPublishedYet from unsealed
    except proving.LineDiffers as differs:
        raise LineDiffersFromPublished from differs


def files_of(proven: LineProof) -> dict[str, bytes]:
    """The two files of a proof by name: the exact bytes of the line, and what proves them."""
    name = f"dong-{proven.position}"
    return {f"{name}.entry": proven.entry, f"{name}.tlog-proof": proven.proof.to_bytes()}


def zipped(proven: LineProof) -> bytes:
    """The two files and what to do with them, in one; the same bytes for the same proof.

    Nothing is compressed, so that the page which checks it can read it with a few lines of script.
    """
    files = files_of(proven)
    entry, proof = files
    origin, _, _ = proven.proof.note.text.partition("\n")
    read_me = READ_ME.format(position=proven.position, origin=origin, entry=entry, proof=proof)
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in {**files, READ_ME_NAME: read_me.encode()}.items():
            archive.writestr(ZipInfo(name), content)
    return made.getvalue()
