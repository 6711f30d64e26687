"""A dossier beside what its libraries do alone: typst draws a page, pyHanko signs and validates."""

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import typst
from asn1crypto import x509
from asn1crypto.keys import PrivateKeyInfo
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from bench.timing import Watch
from ledger.store.keys import KeyFolder
from tests.web.dossiers import made_up
from web.dossiers.document import Appearance, Drawn, appearance, draw
from web.papers.letters import FONTS
from web.papers.typesetting import Attachment
from web.signing.authority import KeyPair, SchoolAuthority, new_key
from web.signing.certificates import der
from web.signing.fields import with_fields
from web.signing.port import Asked
from web.signing.school import SchoolSigner
from web.signing.trust import Trust
from web.signing.validating import signatures_of
from web.signing.waiting import result_of

LINES: Final = 45
_EVIDENCE: Final = 300_000  # bytes of each of two photos
_TABLE: Final = """
#set page(paper: "a4")
#set text(font: "Tinos", size: 13pt)
#let rows = json(bytes(sys.inputs.rows))
#table(columns: 5, ..rows.flatten())
#for each in ("1.jpg", "2.jpg") {
  pdf.attach(each, mime-type: "image/jpeg", relationship: "source", description: "photo")
}
"""


def measure_dossiers(folder: Path, *, times: int = 5) -> dict[str, Any]:
    """Medians in milliseconds for a biên bản of 45 lines with two photos, and times of the bare.

    Bare typst sets a table of the same lines with the same files inside. Bare pyHanko signs the
    same fields with the same keys and timestamps, without drawing a signature and without checking
    what it made, and validates the same file.
    """
    watch = Watch()
    photos = [made_up.attached(number, bytes(_EVIDENCE)) for number in (1, 2)]
    bare = _BareTypst(folder / "bare", photos)
    school = _School(folder / "keys")
    for _ in range(times):
        with watch.timing("draft"):
            drawn = draw(made_up.record(LINES), photos)
            paper = with_fields(drawn.pdf, drawn.boxes)
        with watch.timing("draft, bare typst"):
            bare.draw()
        with watch.timing("three signatures"):
            signed = school.signs(paper, drawn)
        with watch.timing("three signatures, bare pyHanko"):
            school.signs_barely(paper, drawn)
        with watch.timing("validation"):
            found = signatures_of(signed, school.trust, at=made_up.BEGAN)
        with watch.timing("validation, bare pyHanko"):
            school.validates_barely(signed)
        assert [one.holds for one in found] == [True] * 3, "what is measured is done"
    beside = {"draft": "typst", "three signatures": "pyHanko", "validation": "pyHanko"}
    return {
        "times_ms": watch.medians_ms(),
        "times_of_bare": {
            name: round(watch.median_ms(name) / watch.median_ms(f"{name}, bare {tool}"), 2)
            for name, tool in beside.items()
        },
    }


class _BareTypst:
    """A page of the same lines, as short as typst lets one write it."""

    def __init__(self, folder: Path, photos: Sequence[Attachment]) -> None:
        folder.mkdir(parents=True)
        (folder / "table.typ").write_text(_TABLE, encoding="utf-8")
        for number, photo in enumerate(photos, 1):
            (folder / f"{number}.jpg").write_bytes(photo.content)
        self._table = folder / "table.typ"
        rows = [
            [str(number), one.code, one.name, one.line.before.text, one.line.after.text]
            for number, one in enumerate(made_up.record(LINES).lines, 1)
        ]
        self._rows = json.dumps(rows)

    def draw(self) -> None:
        compiler = typst.Compiler(
            self._table,
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[FONTS]),
            ignore_system_fonts=True,
            sys_inputs={"rows": self._rows},
        )
        moment = int(made_up.BEGAN.timestamp())
        assert compiler.compile(format="pdf", pdf_standards=["a-3b"], timestamp=moment)


class _School:
    """A school's authority and three persons with keys of it."""

    def __init__(self, folder: Path) -> None:
        authority = SchoolAuthority.found(KeyFolder(folder), "Trường THCS", made_up.BEGAN)
        pairs: list[KeyPair] = []
        for name in made_up.NAMES[:3]:
            key = new_key()
            pairs.append(KeyPair(key, authority.issue(key.public_key(), name, made_up.BEGAN)))
        self._timestamper: TimeStamper = authority.timestamper(lambda: made_up.BEGAN)
        self._signers = [SchoolSigner(pair, authority, self._timestamper) for pair in pairs]
        self._bare = [
            SimpleSigner(
                x509.Certificate.load(der(pair.certificate)),
                PrivateKeyInfo.load(pair.key_der),
                SimpleCertificateStore(),
                prefer_pss=True,
            )
            for pair in pairs
        ]
        self.trust = Trust(school=authority.roots)

    def signs(self, pdf: bytes, drawn: Drawn) -> bytes:
        roles = made_up.record().signatures
        for number, (signer, place) in enumerate(zip(self._signers, roles, strict=True)):
            box = drawn.boxes[place.role]
            seen = Appearance(place.name, place.role, made_up.BEGAN, box, internal=True)
            asked = Asked(
                field=place.role,
                name=place.name,
                reason="Biên bản sửa chữa điểm",
                place="An Biên",
                at=made_up.BEGAN,
                appearance=appearance(seen),
                first=number == 0,
            )
            pdf = signer.sign(pdf, asked)
        return pdf

    def signs_barely(self, pdf: bytes, drawn: Drawn) -> bytes:
        for signer, field in zip(self._bare, drawn.boxes, strict=True):
            about = PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
            pen = PdfSigner(about, signer, timestamper=self._timestamper)
            made = BytesIO()
            writer = IncrementalPdfFileWriter(BytesIO(pdf))
            result_of(pen.async_sign_pdf(writer, output=made))
            pdf = made.getvalue()
        return pdf

    def validates_barely(self, pdf: bytes) -> None:
        context = ValidationContext(
            trust_roots=[x509.Certificate.load(root) for root in self.trust.school],
            moment=made_up.BEGAN,
        )
        for signature in PdfFileReader(BytesIO(pdf)).embedded_regular_signatures:
            status = result_of(async_validate_pdf_signature(signature, context))
            assert status.intact
            assert status.valid
