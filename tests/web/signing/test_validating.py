"""What a check finds: of good signatures, of attacked papers, of old and weak certificates."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from ledger.store.keys import KeyFolder
from tests.web.signing import attacks
from tests.web.signing.outside import Outside
from tests.web.signing.paper import FIELDS, NAMES, NOON, SCHOOL, TEACHER, asked, paper
from web.refusals import AcceptedRootUnreadable
from web.signing.authority import INTERNAL, KeyPair, SchoolAuthority, new_key
from web.signing.certificates import der, fingerprint
from web.signing.found import Remark
from web.signing.revising import Unreadable
from web.signing.school import SchoolSigner
from web.signing.timestamps import outside as tsa_at
from web.signing.trust import Trust
from web.signing.validating import signatures_of


def test_three_signatures_of_the_school(
    revisions: list[bytes], pairs: dict[str, KeyPair], trust: Trust
) -> None:
    found = signatures_of(revisions[-1], trust, at=NOON)
    assert [each.field for each in found] == list(FIELDS)
    assert [each.signer for each in found] == list(NAMES.values())
    # So the ledger sees which of its revisions each of them signed.
    assert [each.covers for each in found] == [len(each) for each in revisions[1:]]
    for number, each in enumerate(found):
        assert each.certificate == fingerprint(der(pairs[each.field].certificate))
        assert each.holds
        assert each.trusted
        assert each.unchanged_since
        assert (each.issuer, each.internal) == (INTERNAL, True)
        assert each.algorithm == "RSASSA-PSS 2048, SHA-256"
        assert each.timestamped_at == each.claimed_at == NOON + timedelta(minutes=number)
        assert each.remarks == (Remark.INTERNAL, Remark.INTERNAL_TIME)


def test_a_paper_cut_back_is_valid_and_shows_its_length(
    revisions: list[bytes], trust: Trust
) -> None:
    found = signatures_of(revisions[2], trust, at=NOON)
    assert [(each.holds, each.covers) for each in found] == [
        (True, len(revisions[1])),
        (True, len(revisions[2])),
    ]


@pytest.mark.parametrize("attack", attacks.ADDING, ids=lambda attack: str(attack.__name__))
def test_what_is_added_to_a_signed_paper_is_told(
    attack: attacks.Attack, revisions: list[bytes], trust: Trust
) -> None:
    found = signatures_of(attack(revisions[-1]), trust, at=NOON)
    assert all(each.intact for each in found)
    # The first signature certifies the paper, and forbids what the later ones cannot.
    assert not found[0].holds
    assert Remark.CHANGED_LATER in found[0].remarks


def test_a_flipped_byte_breaks_every_signature(revisions: list[bytes], trust: Trust) -> None:
    found = signatures_of(attacks.byte_flipped(revisions[-1]), trust, at=NOON)
    assert [Remark.CHANGED in each.remarks for each in found] == [True, True, True]


def test_a_wrapped_signature_covers_only_a_part(revisions: list[bytes], trust: Trust) -> None:
    found = signatures_of(attacks.wrapped(revisions[1]), trust, at=NOON)
    assert [each.intact for each in found] == [True]
    assert Remark.COVERS_PART in found[0].remarks


def test_a_rewritten_paper_is_not_the_one_that_was_signed(
    revisions: list[bytes], trust: Trust
) -> None:
    found = signatures_of(attacks.rewritten(revisions[-1]), trust, at=NOON)
    assert not any(each.holds for each in found)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no paper at all" * 99], ids=[0, 1, 2])
def test_what_is_no_pdf_cannot_be_read(content: bytes, trust: Trust) -> None:
    with pytest.raises(Unreadable):
        signatures_of(content, trust, at=NOON)


@pytest.mark.parametrize(
    ("label", "algorithm", "remarks"),
    [
        (
            "lan",
            "RSA PKCS#1 v1.5 2048, SHA-256",
            {Remark.OLD_PADDING, Remark.NO_TIMESTAMP},
        ),
        ("curve", "ECDSA 256, SHA-256", {Remark.NO_TIMESTAMP}),
        (
            "weak",
            "RSA PKCS#1 v1.5 1024, SHA-256",
            {Remark.WEAK, Remark.NOT_TRUSTED, Remark.OLD_PADDING, Remark.NO_TIMESTAMP},
        ),
        (
            "ended",
            "RSA PKCS#1 v1.5 2048, SHA-256",
            {Remark.EXPIRED, Remark.NOT_TRUSTED, Remark.OLD_PADDING, Remark.NO_TIMESTAMP},
        ),
    ],
    ids=["lan", "curve", "weak", "ended"],
)
def test_certificates_from_outside(
    label: str, algorithm: str, remarks: set[Remark], outside: Outside, trust: Trust
) -> None:
    (found,) = signatures_of(outside.signs(paper(), TEACHER, label), trust, at=NOON)
    assert (found.algorithm, set(found.remarks)) == (algorithm, remarks)
    assert found.certificate == fingerprint(outside.certificate(label))
    assert not found.internal


def test_a_timestamp_from_outside_outlives_the_certificate(outside: Outside, trust: Trust) -> None:
    """The authority of time says that the certificate was used before it ended."""
    signed = outside.signs(paper(), TEACHER, timestamper=tsa_at(outside.tsa))
    (found,) = signatures_of(signed, trust, at=datetime(2055, 1, 1, tzinfo=UTC))
    assert (found.holds, found.trusted) == (True, True)
    assert (found.timestamped_at, found.time_by) == (NOON, "Dấu thời gian Công cộng")
    (found,) = signatures_of(signed, trust, at=datetime(2061, 1, 1, tzinfo=UTC))
    assert {Remark.EXPIRED, Remark.TIMESTAMP_NOT_TRUSTED} <= set(found.remarks)


def test_who_is_not_believed_is_told_apart_from_what_is_broken(
    outside: Outside, revisions: list[bytes]
) -> None:
    signed = outside.signs(paper(), TEACHER)
    for pdf in (signed, revisions[1]):
        (found,) = signatures_of(pdf, Trust(), at=NOON)
        assert found.holds
        assert not found.trusted
        assert Remark.NOT_TRUSTED in found.remarks


def test_a_withdrawn_key_signs_nothing_afterwards_and_what_it_signed_stays(
    authority: SchoolAuthority, pairs: dict[str, KeyPair], revisions: list[bytes]
) -> None:
    serial = pairs[TEACHER].certificate.serial_number

    def found_with(withdrawn_at: timedelta) -> tuple[Remark, ...]:
        revoked = authority.revocation_lists({serial: NOON + withdrawn_at}, NOON + withdrawn_at)
        trust = Trust(school=authority.roots, revoked=revoked)
        return signatures_of(revisions[1], trust, at=NOON + timedelta(days=9))[0].remarks

    assert Remark.REVOKED not in found_with(timedelta(days=1))
    assert Remark.REVOKED in found_with(-timedelta(days=1))


def test_a_namesake_of_the_school_is_not_the_school(
    authority: SchoolAuthority, trust: Trust
) -> None:
    """Whoever calls an authority of his own as the school's is called is not believed."""
    key = new_key()
    false = SchoolAuthority(
        KeyPair(key, authority.root.certificate), authority.timestamps, authority.earlier
    )
    pair = KeyPair(new_key(), authority.root.certificate)
    pair = KeyPair(pair.key, false.issue(pair.key.public_key(), NAMES[TEACHER], NOON))
    signer = SchoolSigner(pair, authority, authority.timestamper(lambda: NOON))
    (found,) = signatures_of(signer.sign(paper(), asked(TEACHER)), trust, at=NOON)
    assert (found.trusted, found.internal) == (False, False)


def test_what_an_earlier_root_of_the_school_signed_stays_believed(
    keys: KeyFolder, pairs: dict[str, KeyPair], revisions: list[bytes], tmp_path: Path
) -> None:
    copied = KeyFolder(tmp_path / "keys")
    shutil.copytree(keys.folder, copied.folder)
    after = SchoolAuthority.found(copied, SCHOOL, NOON)
    serial = pairs[TEACHER].certificate.serial_number
    for withdrawn, believed in (({}, True), ({serial: NOON - timedelta(days=1)}, False)):
        trust = Trust(school=after.roots, revoked=after.revocation_lists(withdrawn, NOON))
        found = signatures_of(revisions[2], trust, at=NOON)
        assert [each.trusted for each in found] == [believed, True]


def test_a_root_that_cannot_be_read_is_not_passed_over(outside: Outside, tmp_path: Path) -> None:
    """Else the school would believe anybody, as one does that has named nobody."""
    roots = tmp_path / "roots"
    roots.mkdir()
    certificate = x509.load_der_x509_certificate(outside.root)
    (roots / "ca.pem").write_bytes(certificate.public_bytes(Encoding.PEM) * 2)
    assert Trust.in_folder(tmp_path).roots == (outside.root, outside.root)
    (roots / "broken.pem").write_text("-----BEGIN CERTIFICATE-----")
    with pytest.raises(AcceptedRootUnreadable) as refused:
        Trust.in_folder(tmp_path)
    assert refused.value.details == {"file": "broken.pem"}
