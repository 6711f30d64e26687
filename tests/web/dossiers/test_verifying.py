"""Every way to tamper with a dossier that left the house is found, and told by its reason."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from ledger.trust.note import Algorithm, Note, SigningKey
from ledger.trust.policy import Policy
from ledger.trust.proof import TlogProof
from tests.web.dossiers.unpacked import Files, Left, packed
from web.dossiers.bundle import MANIFEST, PDF, Bundle
from web.dossiers.flaws import NOTES, Flaw, Found
from web.dossiers.verifying import Verified, verify
from web.wording.dossier_checks import flaw_sentence

Tamper = Callable[[Files, Left], None]


class Case(NamedTuple):
    """What somebody does to the files, and what it has to be found as."""

    name: str
    tamper: Tamper
    flaw: Flaw
    where: str | None = None


def stems(files: Files, fact: str) -> list[str]:
    """The lines with this fact, as the names of their files without the ending."""
    found = (name.removesuffix(".entry") for name in sorted(files) if name.endswith(".entry"))
    return [stem for stem in found if stem.endswith(f"-{fact}")]


def drop(fact: str, number: int = 0) -> Tamper:
    def tamper(files: Files, _left: Left) -> None:
        stem = stems(files, fact)[number]
        del files[f"{stem}.entry"], files[f"{stem}.tlog-proof"]

    return tamper


def edit_entry(fact: str, old: bytes, new: bytes) -> Tamper:
    def tamper(files: Files, _left: Left) -> None:
        name = f"{stems(files, fact)[0]}.entry"
        assert old in files[name]
        files[name] = files[name].replace(old, new)

    return tamper


def edit_proofs(change: Callable[[TlogProof, Left], TlogProof], *, every: bool = True) -> Tamper:
    def tamper(files: Files, left: Left) -> None:
        names = [name for name in files if name.endswith(".tlog-proof")]
        for name in names if every else names[:1]:
            proof = TlogProof.parse(files[name])
            files[name] = change(proof, left).to_bytes()

    return tamper


def edit_manifest(**changed: Any) -> Tamper:  # noqa: ANN401
    def tamper(files: Files, _left: Left) -> None:
        files[MANIFEST] = json.dumps(json.loads(files[MANIFEST]) | changed).encode()

    return tamper


def edit_pdf(change: Callable[[bytes, Left], bytes]) -> Tamper:
    def tamper(files: Files, left: Left) -> None:
        files[PDF] = change(files[PDF], left)

    return tamper


def together(*tampers: Tamper) -> Tamper:
    def tamper(files: Files, left: Left) -> None:
        for each in tampers:
            each(files, left)

    return tamper


def cut_to(revision: int) -> Tamper:
    return edit_pdf(lambda pdf, left: pdf[: left.revisions[revision].size])


def drop_last_in_manifest(files: Files, _left: Left) -> None:
    told = json.loads(files[MANIFEST])
    told["revisions"] = told["revisions"][:-2]
    told["signers"][-1]["certificate"] = None
    files[MANIFEST] = json.dumps(told).encode()


def of_another_log(proof: TlogProof, left: Left) -> TlogProof:
    """The same checkpoint, signed with another key under the log's name."""
    thief = SigningKey.from_seed(left.log.name, Algorithm.ED25519, bytes(32))
    return TlogProof(proof.index, proof.path, Note(proof.note.text, (thief.sign(proof.note.text),)))


def forged(proof: TlogProof, left: Left) -> TlogProof:
    """The log's name and key id over a signature of something else."""
    return TlogProof(proof.index, proof.path, Note(proof.note.text, (left.log.sign("x\n"),)))


def of_a_larger_tree(proof: TlogProof, _left: Left) -> TlogProof:
    origin, size, rest = proof.note.text.split("\n", 2)
    text = f"{origin}\n{int(size) + 1}\n{rest}"
    return TlogProof(proof.index, proof.path, Note(text, proof.note.signatures))


def elsewhere(proof: TlogProof, _left: Left) -> TlogProof:
    return TlogProof(proof.index + 1, proof.path, proof.note)


def swap_proofs(files: Files, _left: Left) -> None:
    first, second = stems(files, "correction-execution-agreed")
    one, other = f"{first}.tlog-proof", f"{second}.tlog-proof"
    files[one], files[other] = files[other], files[one]


def bring_foreign(files: Files, left: Left) -> None:
    files["so-cai/00000001-mark-corrected.entry"] = left.foreign.entry
    files["so-cai/00000001-mark-corrected.tlog-proof"] = left.foreign.proof.to_bytes()


def bring_twice(files: Files, _left: Left) -> None:
    (stem,) = stems(files, "mark-corrected")
    for ending in ("entry", "tlog-proof"):
        files[f"so-cai/1-mark-corrected.{ending}"] = files[f"{stem}.{ending}"]


def under_an_earlier_seal(files: Files, left: Left) -> None:
    (stem,) = stems(files, "sheet-opened")
    files[f"{stem}.tlog-proof"] = left.earlier.proof.to_bytes()


def flip(place: int) -> Tamper:
    def change(pdf: bytes, _left: Left) -> bytes:
        return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]

    return edit_pdf(change)


def rewrite_the_last_signature(pdf: bytes, left: Left) -> bytes:
    """The last revisions replaced by others of the same length, as with another certificate."""
    kept = left.revisions[2].size
    return pdf[:kept] + bytes(len(pdf) - kept)


CASES = (
    Case("a mark in a line", edit_entry("mark-corrected", b'"8.5"', b'"9.5"'), Flaw.LINE_DIFFERS),
    Case("who approved", edit_entry("correction-approved", b"0", b"1"), Flaw.LINE_DIFFERS),
    Case(
        "a hash in a line",
        edit_entry("dossier-archived", b'"size":', b'"size":1'),
        Flaw.LINE_DIFFERS,
    ),
    Case("proofs swapped", swap_proofs, Flaw.LINE_DIFFERS),
    Case("a line at another place", edit_proofs(elsewhere, every=False), Flaw.LINE_DIFFERS),
    Case("another log", edit_proofs(of_another_log), Flaw.LOG_UNSIGNED),
    Case("a forged seal", edit_proofs(forged), Flaw.SEAL_FORGED),
    Case("a larger tree", edit_proofs(of_a_larger_tree), Flaw.SEAL_FORGED),
    Case("seals of two moments", under_an_earlier_seal, Flaw.SEALS_DIFFER),
    Case(
        "no proof",
        lambda files, _: files.update(
            {f"{stems(files, 'correction-requested')[0]}.tlog-proof": b"proof"}
        ),
        Flaw.PROOF_MALFORMED,
    ),
    Case("another correction's line", bring_foreign, Flaw.LINE_FOREIGN),
    Case("a line twice", bring_twice, Flaw.LINE_FOREIGN),
    *(
        Case(f"without {fact}", drop(fact), Flaw.LINE_MISSING, fact)
        for fact in (
            *("sheet-opened", "correction-requested", "correction-approved"),
            *("correction-executed", "dossier-drafted"),
        )
    ),
    Case("without what was corrected", drop("mark-corrected"), Flaw.MARKS_NOT_CORRECTED),
    Case("without the second signature's line", drop("dossier-signed", 1), Flaw.REVISIONS_BROKEN),
    Case("without the first signature's line", drop("dossier-signed"), Flaw.SIGNER_OTHER),
    Case("without a certificate's line", drop("certificate-enrolled"), Flaw.SIGNER_NOT_ENROLLED),
    Case("without the passkey's line", drop("passkey-enrolled"), Flaw.APPROVAL_DIFFERS, "passkey"),
    Case("another number", edit_manifest(number=2), Flaw.MANIFEST_DIFFERS, "number"),
    Case("another year", edit_manifest(school_year="2027-2028"), Flaw.MANIFEST_DIFFERS),
    Case("nobody has to sign", edit_manifest(signers=[]), Flaw.MANIFEST_DIFFERS, "signers"),
    Case("no revisions", edit_manifest(revisions=[]), Flaw.MANIFEST_DIFFERS, "revisions"),
    Case(
        "another correction",
        edit_manifest(correction_id="00000000-0000-4000-8000-000000008502"),
        Flaw.LINE_MISSING,
    ),
    Case("the draft", cut_to(0), Flaw.PDF_OLDER, "subject-teacher, administrator, principal"),
    Case("one signature", cut_to(1), Flaw.PDF_OLDER, "administrator, principal"),
    Case("the last signature stripped", cut_to(2), Flaw.PDF_OLDER, "principal"),
    Case("the archive stripped", cut_to(3), Flaw.PDF_OLDER),
    Case(
        "the last signature stripped, with its lines and from the manifest",
        together(
            drop("dossier-archived"), drop("dossier-signed", 2), drop_last_in_manifest, cut_to(2)
        ),
        Flaw.SIGNATURE_AWAITED,
        "principal",
    ),
    Case("something added", edit_pdf(lambda pdf, _: pdf + b"%more\n"), Flaw.PDF_LONGER),
    Case("a byte of the page", flip(400), Flaw.PDF_FOREIGN),
    Case("the last byte", flip(-1), Flaw.PDF_ALTERED, "3"),
    Case("one byte less", edit_pdf(lambda pdf, _: pdf[:-1]), Flaw.PDF_ALTERED, "3"),
    Case("another last signature", edit_pdf(rewrite_the_last_signature), Flaw.PDF_ALTERED, "2"),
    Case("another file", edit_pdf(lambda _, __: b"%PDF-1.7\n%%EOF\n"), Flaw.PDF_FOREIGN),
    Case("no file", edit_pdf(lambda _, __: b""), Flaw.PDF_FOREIGN),
)


def verified(left: Left, tamper: Tamper) -> Verified:
    files = left.files
    tamper(files, left)
    return verify(packed(files), policy=left.policy)


def test_what_left_the_school_is_sound(left: Left) -> None:
    told = verify(left.content, policy=left.policy)
    assert list(told.flaws) == []
    assert {one.flaw for one in told.notes} == {*(Flaw.NO_WITNESS, Flaw.SIGNATURE_REMARK)}
    assert told.account
    assert len(told.account.dossier.signatures) == 3
    assert told.lines == sum(name.endswith(".entry") for name in left.files)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_found_and_told(left: Left, case: Case) -> None:
    told = verified(left, case.tamper)
    assert not told.is_sound
    found = [one for one in told.flaws if one.flaw is case.flaw]
    assert found, told.flaws
    if case.where is not None:
        assert [one.where for one in found] == [case.where]


def test_a_file_packed_again_is_the_same_dossier(left: Left) -> None:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("so-cai/", b"")
        for name, content in reversed(left.files.items()):
            archive.writestr(name, content)
    assert Bundle.parse(made.getvalue()) == Bundle.parse(left.content)


def test_without_a_key_it_is_told_which_one_was_believed(left: Left) -> None:
    told = verify(packed({**left.files, PDF: b""}))
    assert [one.flaw for one in told.flaws] == [Flaw.PDF_FOREIGN]
    (key,) = (one for one in told.notes if one.flaw is Flaw.LOG_KEY_FROM_FILE)
    assert key.told == str(left.log.verifier)


def test_witnesses_that_are_asked_for_have_to_be_there(left: Left) -> None:
    other = SigningKey.from_seed("phong-gd", Algorithm.COSIGNATURE, bytes(32)).verifier
    lines = f"log {left.log.verifier}\nwitness so {other}\nquorum so\n"
    told = verify(left.content, policy=Policy.parse(lines.encode()))
    assert {one.flaw for one in told.flaws} >= {Flaw.QUORUM_MISSING}


def test_every_flaw_and_note_has_its_sentence() -> None:
    for flaw in Flaw:
        sentence = flaw_sentence(Found(flaw, "principal", "3"))
        assert sentence or flaw is Flaw.APPROVAL_DIFFERS
        assert "{" not in sentence
    assert set(Flaw) > NOTES
