"""Three signers by three ways on one paper; two programs that are not ours agree that it holds."""

import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyhanko.sign.timestamps import TimeStamper

from ledger.credentials.facts import SigningWay
from tests.web.signing import attacks
from tests.web.signing.outside import Outside
from tests.web.signing.paper import ADMINISTRATOR, NOON, PRINCIPAL, TEACHER, asked, paper
from tests.web.signing.service import CREDENTIAL, Service
from tests.web.signing.token import MODULE, PIN, Token
from web.refusals import ArchivingFailed, CertificateUnfit, SigningFailed
from web.signing.archiving import archive, holds_at, holds_until, renew
from web.signing.authority import KeyPair, SchoolAuthority
from web.signing.certificates import fingerprint
from web.signing.device import Device, DeviceSigner
from web.signing.found import Remark
from web.signing.port import Signer
from web.signing.remote import Consent, RemoteSigner
from web.signing.revising import read
from web.signing.school import SchoolSigner
from web.signing.timestamps import outside as tsa_at
from web.signing.trust import Trust
from web.signing.uploads import accept
from web.signing.validating import archive_times, signatures_of


def says(*command: str | Path) -> str:
    """What another program says of a file."""
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def signers(
    authority: SchoolAuthority,
    pairs: Mapping[str, KeyPair],
    outside: Outside,
    token: Token,
    service: Service,
) -> Mapping[str, Signer]:
    time = tsa_at(outside.tsa)
    return {
        TEACHER: SchoolSigner(pairs[TEACHER], authority, authority.timestamper(lambda: NOON)),
        ADMINISTRATOR: DeviceSigner(token.device, token.certificate, PIN, time),
        PRINCIPAL: RemoteSigner(service.url, CREDENTIAL, Consent(pin=PIN), time),
    }


@pytest.fixture(scope="module")
def signed(signers: Mapping[str, Signer], trust: Trust) -> bytes:
    """The paper after all three; each addition is one that would be taken as an upload too."""
    made = paper()
    for field, signer in signers.items():
        before, made = made, signer.sign(made, asked(field))
        known_by = signer.certificate()
        accept(before, made, field=field, certificate=known_by, trust=trust, at=NOON)
    return made


@pytest.fixture(scope="module")
def archived(signed: bytes, trust: Trust, outside: Outside) -> bytes:
    return archive(signed, trust, tsa_at(outside.tsa), at=NOON)


def test_every_way_has_its_name(signers: Mapping[str, Signer]) -> None:
    ways = [SigningWay.SCHOOL, SigningWay.DEVICE, SigningWay.REMOTE]
    assert [signer.way for signer in signers.values()] == ways


def test_three_ways_on_one_paper(signed: bytes, trust: Trust) -> None:
    found = signatures_of(signed, trust, at=NOON)
    assert [(each.holds, each.trusted, each.internal) for each in found] == [
        (True, True, True),
        (True, True, False),
        (True, True, False),
    ]
    assert found[0].remarks == (Remark.INTERNAL, Remark.INTERNAL_TIME)
    assert [each.remarks for each in found[1:]] == [(), ()]


def test_what_we_produce_is_pss_with_sha_256(signed: bytes) -> None:
    signatures = read(signed).embedded_regular_signatures
    assert len(signatures) == 3
    for signature in signatures:
        algorithm = signature.signer_info["signature_algorithm"]
        assert algorithm["algorithm"].native == "rsassa_pss"
        assert algorithm["parameters"]["hash_algorithm"]["algorithm"].native == "sha256"
        assert algorithm["parameters"]["salt_length"].native == 32
        assert signature.signer_info["digest_algorithm"]["algorithm"].native == "sha256"
        assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_other_programs_agree(signed: bytes, archived: bytes, tmp_path: Path) -> None:
    for number, pdf in enumerate((signed, archived)):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(pdf)
        assert says("pdfsig", "-nocert", file).count("Signature is Valid") == 3
        assert "No syntax or stream encoding errors" in says("qpdf", "--check", file)


def test_pdfsig_sees_a_flipped_byte_too(signed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "flipped.pdf"
    file.write_bytes(signed[:900] + bytes([signed[900] ^ 1]) + signed[901:])
    assert "Signature is Valid" not in says("pdfsig", "-nocert", file)


def test_only_an_archived_paper_is_proved_by_itself(
    signed: bytes, archived: bytes, trust: Trust
) -> None:
    later = NOON + timedelta(days=365 * 20)
    assert archived.startswith(signed)
    assert archive_times(signed, trust, at=NOON) == []
    assert archive_times(archived, trust, at=NOON) == [NOON]
    assert not holds_at(signed, trust, later, at=NOON)
    assert holds_at(archived, trust, later, at=NOON)
    assert holds_until(archived, trust, at=NOON).year == 2050  # With the roots of two signers.
    after = signatures_of(archived, Trust(trust.roots, trust.school), at=later)
    assert [each.holds and each.trusted for each in after] == [True, True, True]


def test_an_archive_is_renewed(
    revisions: list[bytes], authority: SchoolAuthority, trust: Trust
) -> None:
    later = NOON + timedelta(days=365 * 5)
    stamps = authority.timestamper(lambda: NOON)
    later_stamps = authority.timestamper(lambda: later)
    first = archive(revisions[1], trust, stamps, at=NOON)
    told = Trust(trust.roots, trust.school, authority.revocation_lists({}, later))
    second = renew(first, told, later_stamps, at=later)
    assert second.startswith(first)
    assert archive_times(second, told, at=later) == [NOON, later]
    with pytest.raises(ArchivingFailed):
        renew(revisions[1], told, later_stamps, at=later)


def test_signatures_without_a_timestamp_are_proved_by_the_one_of_the_archive(
    outside: Outside, trust: Trust
) -> None:
    """Programs of other makers often ask no authority of time."""
    made = outside.signs(outside.signs(paper(), TEACHER), ADMINISTRATOR, "curve")
    archived = archive(made, trust, tsa_at(outside.tsa), at=NOON)
    after_all_ended = datetime(2055, 1, 1, tzinfo=UTC)
    found = signatures_of(archived, trust, at=after_all_ended)
    assert [each.holds and each.trusted for each in found] == [True, True]
    assert holds_at(archived, trust, after_all_ended, at=NOON)
    assert not holds_at(archived, trust, datetime(2061, 1, 1, tzinfo=UTC), at=NOON)
    assert not holds_at(made, trust, NOON + timedelta(days=1), at=NOON)


def why(
    refused: pytest.ExceptionInfo[SigningFailed | ArchivingFailed | CertificateUnfit],
) -> object:
    return refused.value.details["why"]


def test_a_changed_or_unprovable_paper_is_not_archived(
    signed: bytes, outside: Outside, authority: SchoolAuthority, trust: Trust
) -> None:
    stamps = authority.timestamper(lambda: NOON)
    cases = (
        ("signature-broken", attacks.byte_flipped(signed), trust, stamps),
        ("signature-broken", outside.signs(paper(), TEACHER, "revoked"), trust, stamps),
        ("not-trusted", outside.signs(paper(), TEACHER), Trust(), stamps),
        ("revocation-unknown", signed, Trust(trust.roots, trust.school), stamps),
        ("no-timestamp", signed, trust, tsa_at("http://127.0.0.1:9/")),
    )
    for expected, pdf, believed, time in cases:
        with pytest.raises(ArchivingFailed) as refused:
            archive(pdf, believed, time, at=NOON)
        assert why(refused) == expected


def test_without_the_authority_of_time_nothing_is_signed(
    authority: SchoolAuthority, pairs: Mapping[str, KeyPair]
) -> None:
    silent = SchoolSigner(pairs[TEACHER], authority, tsa_at("http://127.0.0.1:9/"))
    with pytest.raises(SigningFailed) as refused:
        silent.sign(paper(), asked(TEACHER))
    assert why(refused) == "no-timestamp"


def test_a_certificate_that_ended_signs_nothing(
    authority: SchoolAuthority, pairs: Mapping[str, KeyPair]
) -> None:
    signer = SchoolSigner(pairs[TEACHER], authority, authority.timestamper(lambda: NOON))
    for at, expected in ((timedelta(days=1200), "expired"), (-timedelta(days=1), "not-yet-valid")):
        with pytest.raises(CertificateUnfit) as refused:
            signer.sign(paper(), asked(TEACHER, at=NOON + at))
        assert why(refused) == expected


def test_a_field_is_signed_once(
    authority: SchoolAuthority, pairs: Mapping[str, KeyPair], revisions: list[bytes]
) -> None:
    signer = SchoolSigner(pairs[TEACHER], authority, authority.timestamper(lambda: NOON))
    with pytest.raises(SigningFailed) as refused:
        signer.sign(revisions[1], asked(TEACHER))
    assert why(refused) == "not-signable"


def test_a_token_says_why_it_does_not_sign(
    token: Token, authority: SchoolAuthority, tmp_path: Path
) -> None:
    assert [fingerprint(each) for each in token.device.certificates()] == [token.certificate]
    missing = Device(tmp_path / "no-module.so")
    cases = {
        "wrong-pin": DeviceSigner(token.device, token.certificate, "111111", _time(authority)),
        "no-key": DeviceSigner(token.device, "0" * 64, PIN, _time(authority)),
        "no-device": DeviceSigner(Device(MODULE, "another"), "0" * 64, PIN, _time(authority)),
        "no-module": DeviceSigner(missing, token.certificate, PIN, _time(authority)),
    }
    for expected, signer in cases.items():
        with pytest.raises(SigningFailed) as refused:
            signer.sign(paper(), asked(TEACHER))
        assert why(refused) == expected


def test_a_service_says_why_it_does_not_sign(service: Service, authority: SchoolAuthority) -> None:
    time = _time(authority)
    cases = {
        "service-refused": RemoteSigner(service.url, CREDENTIAL, Consent(pin="111111"), time),
        "no-answer": RemoteSigner("http://127.0.0.1:9", CREDENTIAL, Consent(pin=PIN), time),
        "signed-wrongly": RemoteSigner(service.url, CREDENTIAL, Consent(pin=PIN), time),
    }
    service.broken = True
    try:
        for expected, signer in cases.items():
            with pytest.raises(SigningFailed) as refused:
                signer.sign(paper(), asked(TEACHER))
            assert why(refused) == expected
    finally:
        service.broken = False


def _time(authority: SchoolAuthority) -> TimeStamper:
    return authority.timestamper(lambda: NOON)
