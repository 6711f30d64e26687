"""What the newest file holds, where the school itself kept something else than its lines say."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from pyhanko.pdf_utils.generic import NumberObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from ledger.dossiers.state import Dossier
from ledger.sheet.grounds import CorrectionCause
from ledger.vocabulary import Mark
from tests.web.dossiers import made_up
from tests.web.dossiers.unpacked import Left
from web.dossiers.account import Account
from web.dossiers.bundle import Bundle
from web.dossiers.document import draw
from web.dossiers.flaws import Flaw
from web.dossiers.inside import content_flaws, flaws_inside
from web.dossiers.verifying import trust_in, verify
from web.signing.attachments import attached_to
from web.signing.trust import Trust


class Kept(NamedTuple):
    """What the school has: the newest file, what its lines say, whom it trusts."""

    pdf: bytes
    account: Account
    trust: Trust

    def told(self, **changed: object) -> "Kept":
        """The same with another dossier: its fields changed."""
        dossier = replace(self.account.dossier, **changed)  # type: ignore[arg-type]
        return self._replace(account=replace(self.account, dossier=dossier))

    def signed(self, number: int, **changed: object) -> "Kept":
        """The same with a line of a signature that says something else."""
        signatures = list(self.account.dossier.signatures)
        one = signatures[number]
        signatures[number] = one._replace(fact=one.fact.model_copy(update=changed))
        return self.told(signatures=tuple(signatures))

    def asked(self, **changed: object) -> "Kept":
        """The same with another correction."""
        correction = replace(self.account.correction, **changed)  # type: ignore[arg-type]
        return self._replace(account=replace(self.account, correction=correction))

    @property
    def dossier(self) -> Dossier:
        return self.account.dossier

    @property
    def flaws(self) -> set[tuple[Flaw, str]]:
        found = flaws_inside(self.pdf, self.account, self.trust)
        return {(one.flaw, one.where) for one in found if not one.is_note}


@pytest.fixture(scope="module")
def kept(left: Left) -> Kept:
    bundle = Bundle.parse(left.content)
    account = verify(left.content, policy=left.policy).account
    assert account
    return Kept(bundle.pdf, account, trust_in(bundle, account))


def cut_to(kept: Kept, revision: int) -> Kept:
    return kept._replace(pdf=kept.pdf[: kept.dossier.revisions[revision].size])


def turned_page(kept: Kept) -> Kept:
    """Something else than a signature is added, as any program for PDFs can."""
    writer = IncrementalPdfFileWriter(BytesIO(kept.pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Rotate")] = NumberObject(180)
    writer.update_container(page)
    made = BytesIO()
    writer.write(made)
    return kept._replace(pdf=made.getvalue())


def other_letters(kept: Kept) -> Kept:
    """A letter of what was signed, changed in place."""
    assert b"pdfaid:conformance" in kept.pdf
    return kept._replace(pdf=kept.pdf.replace(b"pdfaid:conformance", b"pdfaid:conformancf"))


def with_mark(kept: Kept, mark: str) -> Kept:
    (line,) = kept.account.correction.lines
    return kept.asked(lines=(line.model_copy(update={"after": Mark.of(mark)}),))


def with_evidence(kept: Kept, digest: str) -> Kept:
    first, *rest = kept.account.correction.evidence
    return kept.asked(evidence=(first.model_copy(update={"sha256": digest}), *rest))


def drafted(kept: Kept, **changed: Any) -> Kept:  # noqa: ANN401
    return kept.told(drafted=kept.dossier.drafted.model_copy(update=changed))


def archived_until(kept: Kept, day: date) -> Kept:
    (archived,) = kept.dossier.archives
    return kept.told(archives=(archived.model_copy(update={"holds_until": day}),))


PRINCIPAL = "principal"
CASES = (
    (
        "another certificate",
        lambda kept: kept.signed(2, certificate="a" * 64),
        {(Flaw.SIGNATURE_OF_ANOTHER, PRINCIPAL)},
    ),
    (
        "another revision",
        lambda kept: kept.signed(2, revision=kept.dossier.revisions[1]),
        {(Flaw.SIGNATURE_COVERS_OTHER, PRINCIPAL)},
    ),
    (
        "a signature less",
        lambda kept: cut_to(kept.told(archives=()), 2),
        {(Flaw.SIGNATURE_MISSING, PRINCIPAL)},
    ),
    (
        "a signature more",
        lambda kept: kept.told(signatures=kept.dossier.signatures[:2]),
        {(Flaw.SIGNATURE_UNKNOWN, PRINCIPAL)},
    ),
    (
        "another principal in the teacher's place",
        lambda kept: kept.signed(0, role="homeroom-teacher"),
        {
            (Flaw.SIGNATURE_MISSING, "homeroom-teacher"),
            (Flaw.SIGNATURE_UNKNOWN, "subject-teacher"),
        },
    ),
    ("never archived", lambda kept: cut_to(kept, 3), {(Flaw.ARCHIVE_FAILS, "")}),
    (
        "kept too long",
        lambda kept: archived_until(kept, date(2099, 1, 1)),
        {(Flaw.ARCHIVE_FAILS, "")},
    ),
    ("no paper", lambda kept: kept._replace(pdf=b"%PDF-1.7\n%%EOF\n"), {(Flaw.PDF_UNREADABLE, "")}),
)
CONTENT = (
    (
        "other evidence",
        lambda kept: with_evidence(kept, "b" * 64),
        {(Flaw.EVIDENCE_DIFFERS, "teacher-book")},
    ),
    ("another mark", lambda kept: with_mark(kept, "9.5"), {(Flaw.RECORD_DIFFERS, "lines")}),
    (
        "another cause",
        lambda kept: kept.asked(cause=CorrectionCause.ROUNDING),
        {(Flaw.RECORD_DIFFERS, "cause")},
    ),
    ("another head", lambda kept: drafted(kept, root="c" * 64), {(Flaw.RECORD_DIFFERS, "head")}),
    ("another number", lambda kept: drafted(kept, number=9), {(Flaw.RECORD_DIFFERS, "number")}),
)
EVERY_SIGNATURE = {
    (Flaw.SIGNATURE_BROKEN, role) for role in ("subject-teacher", "administrator", PRINCIPAL)
}


def test_what_was_kept_is_what_the_lines_say(kept: Kept) -> None:
    assert kept.flaws == set()


@pytest.mark.parametrize(
    ("change", "flaws"), [pytest.param(change, flaws, id=name) for name, change, flaws in CASES]
)
def test_it_is_found(
    kept: Kept, change: Callable[[Kept], Kept], flaws: set[tuple[Flaw, str]]
) -> None:
    assert change(kept).flaws == flaws


@pytest.mark.parametrize(
    ("change", "flaws"), [pytest.param(change, flaws, id=name) for name, change, flaws in CONTENT]
)
def test_other_content_is_found(
    kept: Kept, change: Callable[[Kept], Kept], flaws: set[tuple[Flaw, str]]
) -> None:
    changed = change(kept)
    found = content_flaws(changed.account, attached_to(changed.pdf))
    assert {(one.flaw, one.where) for one in found} == flaws


@pytest.mark.parametrize("change", [turned_page, other_letters])
def test_whatever_touches_the_paper_breaks_every_signature(
    kept: Kept, change: Callable[[Kept], Kept]
) -> None:
    assert change(kept).flaws >= EVERY_SIGNATURE


def test_a_paper_without_its_data_is_found(kept: Kept) -> None:
    drawn = kept._replace(pdf=draw(made_up.record(), []).pdf)
    assert drawn.flaws >= {(Flaw.RECORD_MISSING, "bien-ban.json")}
