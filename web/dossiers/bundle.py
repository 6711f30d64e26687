"""The file in which a dossier leaves the house: what lies in it, and how a stranger's is read."""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from typing import Final, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pydantic import Field, ValidationError

from ledger.dossiers.facts import Revision
from ledger.dossiers.state import Dossier
from ledger.vocabulary import CorrectionId, Role, SchoolYear, Sha256, Value

PDF: Final = "bien-ban.pdf"
MANIFEST: Final = "ho-so.json"
READ_ME: Final = "doc-truoc.txt"
# A signed paper has at most 64 MB.
LARGEST: Final = 80 * 1024 * 1024
_MOST_FILES: Final = 4_000
_LINE: Final = re.compile(r"so-cai/([0-9]{1,12}-[a-z-]{1,40})\.(entry|tlog-proof)")
_ROOT: Final = re.compile(r"goc-chung-thu/[0-9a-f]{64}\.pem")


class BundleUnreadable(ValueError):
    """The bytes are not a dossier as it leaves the house; `why` is one of a few permanent words."""

    def __init__(self, why: str, name: str = "") -> None:
        super().__init__(why, name)
        self.why = why
        self.name = name


class Place(Value):
    """One who has to sign, in the order of signing; the certificate's hash once they have."""

    role: Role
    certificate: Sha256 | None


class Manifest(Value):
    """What the file says of itself. Nothing of it is believed: the lines say it again, proven.

    `log_key` is the public key of the school's log, for who has it from nowhere else.
    """

    form: Literal["grade-ledger/ho-so@v1"] = "grade-ledger/ho-so@v1"
    log_key: str = Field(max_length=1_000)
    correction_id: CorrectionId
    school_year: SchoolYear
    number: int = Field(ge=1)
    signers: tuple[Place, ...] = Field(max_length=8)
    revisions: tuple[Revision, ...] = Field(max_length=100)


def places_of(dossier: Dossier) -> tuple[Place, ...]:
    """Who has to sign by the lines, and with which certificate those did who have."""
    signed = [one.fact.certificate for one in dossier.signatures]
    return tuple(
        Place(role=signer.role, certificate=certificate)
        for signer, certificate in zip_longest(dossier.drafted.signers, signed)
        if signer
    )


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """The exact bytes of a line and the proof over them, as they were handed out or received."""

    name: str
    entry: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """A dossier with all that proves it; `roots` are certificates as PEM."""

    manifest: Manifest
    pdf: bytes
    lines: Sequence[ProvenEntry]
    roots: Mapping[str, bytes]

    def to_bytes(self, read_me: str) -> bytes:
        """One file, the same bytes for the same dossier: nothing is compressed, nothing dated."""
        made = BytesIO()
        with ZipFile(made, "w") as archive:
            for name, content in self._files(read_me):
                archive.writestr(ZipInfo(name), content)
        return made.getvalue()

    def _files(self, read_me: str) -> Iterator[tuple[str, bytes]]:
        yield READ_ME, read_me.encode()
        yield PDF, self.pdf
        yield MANIFEST, f"{self.manifest.model_dump_json(indent=2)}\n".encode()
        for line in self.lines:
            yield f"so-cai/{line.name}.entry", line.entry
            yield f"so-cai/{line.name}.tlog-proof", line.proof
        for digest, pem in self.roots.items():
            yield f"goc-chung-thu/{digest}.pem", pem

    @classmethod
    def parse(cls, content: bytes) -> "Bundle":
        """Read a stranger's file without believing it; raises BundleUnreadable.

        No name of it becomes a path, and what it unfolds to is measured while it unfolds.
        """
        files = _unfolded(content)
        for needed in (PDF, MANIFEST):
            if needed not in files:
                raise BundleUnreadable("file-missing", needed)
        try:
            manifest = Manifest.model_validate_json(files[MANIFEST])
        except ValidationError as malformed:
            raise BundleUnreadable("manifest-malformed", MANIFEST) from malformed
        roots = {
            name.removeprefix("goc-chung-thu/").removesuffix(".pem"): pem
            for name, pem in files.items()
            if _ROOT.fullmatch(name)
        }
        return cls(manifest, files[PDF], list(_lines_in(files)), roots)


def _lines_in(files: Mapping[str, bytes]) -> Iterator[ProvenEntry]:
    names = sorted({match[1] for match in map(_LINE.fullmatch, files) if match})
    for name in names:
        for kind in ("entry", "tlog-proof"):
            if f"so-cai/{name}.{kind}" not in files:
                raise BundleUnreadable("file-missing", f"so-cai/{name}.{kind}")
        yield ProvenEntry(name, files[f"so-cai/{name}.entry"], files[f"so-cai/{name}.tlog-proof"])


def _unfolded(content: bytes) -> dict[str, bytes]:
    if len(content) > LARGEST:
        raise BundleUnreadable("too-large")
    if content.startswith(b"%PDF-"):
        raise BundleUnreadable("only-paper")
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _files_of(archive)
    except (BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as broken:
        if isinstance(broken, BundleUnreadable):
            raise
        raise BundleUnreadable("not-a-zip") from broken


def _files_of(archive: ZipFile) -> dict[str, bytes]:
    inside = archive.infolist()
    if len(inside) > _MOST_FILES:
        raise BundleUnreadable("too-many-files")
    files: dict[str, bytes] = {}
    room = LARGEST
    for each in inside:
        name = each.filename
        if each.is_dir() and name in {"so-cai/", "goc-chung-thu/"}:
            continue
        _admit(each, known=name in files)
        with archive.open(each) as opened:
            files[name] = opened.read(room + 1)
        room -= len(files[name])
        if room < 0:
            raise BundleUnreadable("too-large")
    return files


def _admit(file: ZipInfo, *, known: bool) -> None:
    name = file.filename
    expected = name in {PDF, MANIFEST, READ_ME} or _LINE.fullmatch(name) or _ROOT.fullmatch(name)
    if not expected:
        raise BundleUnreadable("unknown-file", name)
    if known:
        raise BundleUnreadable("file-twice", name)
    if file.flag_bits & 1:
        raise BundleUnreadable("encrypted", name)
    if file.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise BundleUnreadable("not-a-zip", name)
