"""What people sign with: keys of the school behind PINs, certificates from outside, the roots."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import serialize_certificates
from cryptography.x509.oid import NameOID
from starlette.testclient import TestClient

from ledger.credentials.commands import WithdrawCertificate
from ledger.credentials.facts import SigningWay
from ledger.credentials.state import Certificate
from ledger.school.commands import LeaveStaff
from ledger.store.keys import KeyFolder
from tests.browser.stage import Stage, copied_stage
from tests.school import LAN, NGOC, NOW, Voice
from tests.web.conftest import SignIn
from tests.web.published import describe
from tests.web.signing_staff import asked, correct_a_mark, corrected, signs
from tests.web.strict_page import StrictPage
from web.desk import open_desk
from web.dossiers.filing import draft
from web.refusals import NoSchoolKey
from web.settings import Settings
from web.signing.authority import SchoolAuthority
from web.signing.certificates import certificate_in, common_name
from web.wording.enrolling import NOT_PUBLIC

OWN, SCHOOL = "/toi/chu-ky", "/quan-tri/chu-ky"
PIN, OTHER_PIN = "260503", "971826"
LAN_IS = "Trần Thị Ngọc Lan"


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with a name, which stands in its certificates; made once."""
    folder = tmp_path_factory.mktemp("signs") / "school"
    with copied_stage(built_school, folder) as stage:
        describe(stage)
    return folder


@pytest.fixture(scope="session")
def spare_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The keys of an authority, made once: that takes time."""
    folder = tmp_path_factory.mktemp("authority")
    SchoolAuthority.found(KeyFolder(folder), "Trường THCS Hoa Phượng", NOW)
    return folder / "authority-1.key"


@pytest.fixture
def founded(stage: Stage, signed_in: SignIn, spare_keys: Path) -> None:
    """The principal founds the authority; its keys were left by a process that died before."""
    copied = shutil.copy2(spare_keys, stage.desk.keys.folder)
    assert Path(copied).stat().st_mode & 0o077 == 0
    found(signed_in)


def send(client: TestClient, path: str, **fields: str) -> httpx2.Response:
    return client.post(path, data={"command_id": str(uuid4()), **fields})


def found(signed_in: SignIn) -> None:
    assert send(signed_in("ngoc"), f"{SCHOOL}/noi-cap").status_code == 303


def make_key(client: TestClient, pin: str = PIN) -> httpx2.Response:
    return send(client, f"{OWN}/khoa", pin=pin, pin_again=pin)


def certificates(stage: Stage, voice: Voice = LAN) -> list[Certificate]:
    return stage.desk.ledger.credentials().certificates_of(voice.person)


def text(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(StrictPage(answer.text).text.split())


def certificate(
    name: str = LAN_IS, *, authority: bool = False, since: datetime = NOW
) -> x509.Certificate:
    """A certificate of a year, made by nobody whom anybody knows."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = dict.fromkeys(
        (
            *("key_encipherment", "data_encipherment", "key_agreement"),
            *("encipher_only", "decipher_only", "crl_sign", "content_commitment"),
        ),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since - timedelta(days=1))
        .not_valid_after(since + timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, key_cert_sign=authority, **usage), critical=True
        )
        .sign(key, SHA256())
    )


def upload(client: TestClient, content: bytes, **fields: str) -> httpx2.Response:
    files = {"file": ("chung-thu.cer", content, "application/pkix-cert")}
    data = {"command_id": str(uuid4()), **fields}
    return client.post(f"{OWN}/chung-thu", data=data, files=files)


def test_the_principal_founds_the_authority_and_everybody_makes_a_key(
    stage: Stage, signed_in: SignIn
) -> None:
    teacher = signed_in("lan")
    assert "Trường chưa lập nơi cấp" in text(teacher, OWN)
    assert make_key(teacher).status_code == 409
    assert send(signed_in("duc"), f"{SCHOOL}/noi-cap").status_code == 403
    found(signed_in)
    assert make_key(teacher).headers["location"] == OWN
    (key,) = certificates(stage)
    assert key.way is SigningWay.SCHOOL
    assert stage.desk.school_keys.of(LAN.person) == key.sha256
    page = text(teacher, OWN)
    assert NOT_PUBLIC in page
    assert "dùng được" in page
    shown = text(signed_in("khoa"), SCHOOL)
    assert LAN_IS in shown
    assert NOT_PUBLIC in shown


def test_a_form_that_comes_twice_makes_one_authority_and_one_key(
    stage: Stage, signed_in: SignIn
) -> None:
    principal, teacher = signed_in("ngoc"), signed_in("lan")
    once = str(uuid4())
    for _ in range(2):
        answer = principal.post(f"{SCHOOL}/noi-cap", data={"command_id": once})
        assert answer.status_code == 303
    assert len(stage.desk.ledger.credentials().authorities) == 1
    again = str(uuid4())
    for _ in range(2):
        fields = {"command_id": again, "pin": PIN, "pin_again": PIN}
        assert teacher.post(f"{OWN}/khoa", data=fields).status_code == 303
    (key,) = certificates(stage)
    assert stage.desk.school_keys.of(LAN.person) == key.sha256


@pytest.mark.usefixtures("founded")
def test_a_key_that_was_made_here_signs_a_paper(stage: Stage, signed_in: SignIn) -> None:
    make_key(signed_in("lan"))
    correct_a_mark(stage)
    draft(stage.desk, corrected(stage.desk), LAN.author)
    assert len(signs(stage, LAN).signatures) == 1


@pytest.mark.usefixtures("founded")
def test_a_key_that_outlived_its_withdrawal_is_destroyed_at_the_next_start(
    stage: Stage, signed_in: SignIn, tmp_path: Path
) -> None:
    make_key(signed_in("lan"))
    (key,) = certificates(stage)
    withdraws = WithdrawCertificate(**asked(stage, LAN), certificate=key.sha256, reason="Lộ mã PIN")
    stage.desk.ledger.handle(withdraws)  # and the process dies
    assert stage.desk.school_keys.of(LAN.person) == key.sha256
    again = open_desk(Settings.in_folder(tmp_path / "school"), clock=stage.clock)
    with pytest.raises(NoSchoolKey):
        again.school_keys.of(LAN.person)
    again.engine.dispose()


def test_the_certificates_of_who_has_left_are_told(stage: Stage, signed_in: SignIn) -> None:
    upload(signed_in("lan"), certificate().public_bytes(Encoding.DER))
    leaves = LeaveStaff(**asked(stage, NGOC), person=LAN.person, until=NOW.date())
    stage.desk.handle(leaves)
    assert "đã rời trường" not in text(signed_in("khoa"), SCHOOL)
    stage.clock.forward(days=1)
    assert f"{LAN_IS} đã rời trường" in text(signed_in("khoa"), SCHOOL)


@pytest.mark.parametrize(
    ("pin", "again", "sentence"),
    [
        ("123456", "123456", "từ 6 chữ số trở lên"),
        ("2605", "2605", "từ 6 chữ số trở lên"),
        ("260503", "260504", "Hai lần nhập mã PIN không giống nhau."),
    ],
    ids=["in-a-row", "short", "differ"],
)
@pytest.mark.usefixtures("founded")
def test_a_pin_that_will_not_do_makes_no_key(
    stage: Stage, signed_in: SignIn, pin: str, again: str, sentence: str
) -> None:
    answer = send(signed_in("lan"), f"{OWN}/khoa", pin=pin, pin_again=again)
    assert sentence in answer.text
    assert f'value="{pin}"' not in answer.text
    assert certificates(stage) == []


@pytest.mark.usefixtures("founded")
def test_a_pin_is_changed_by_who_knows_it(stage: Stage, signed_in: SignIn) -> None:
    teacher = signed_in("lan")
    make_key(teacher)
    new = {"pin": OTHER_PIN, "pin_again": OTHER_PIN}
    wrong = send(teacher, f"{OWN}/pin", old_pin="555111", **new)
    assert "Mã PIN đang dùng không đúng." in wrong.text
    assert send(teacher, f"{OWN}/pin", old_pin=PIN, **new).status_code == 303
    keys, now = stage.desk.school_keys, stage.clock()
    assert keys.open(LAN.person, OTHER_PIN, address="127.0.0.1", now=now)


@pytest.mark.usefixtures("founded")
def test_a_new_key_puts_the_old_one_out_of_use(stage: Stage, signed_in: SignIn) -> None:
    teacher = signed_in("lan")
    make_key(teacher)
    (old,) = certificates(stage)
    make_key(teacher, OTHER_PIN)
    (new,) = certificates(stage)
    assert new.sha256 != old.sha256
    assert stage.desk.ledger.credentials().certificates[old.sha256].withdrawn_at
    assert "đã thôi dùng" in text(teacher, OWN)


@pytest.mark.parametrize("form", ["cer", "pem", "p7b", "p7b-text"])
def test_a_certificate_from_outside_is_registered(
    stage: Stage, signed_in: SignIn, form: str
) -> None:
    own = certificate()
    chain = [certificate("Nơi cấp", authority=True), own]
    content = {
        "cer": own.public_bytes(Encoding.DER),
        "pem": b"".join(one.public_bytes(Encoding.PEM) for one in chain),
        "p7b": serialize_certificates(chain, Encoding.DER),
        "p7b-text": serialize_certificates(chain, Encoding.PEM),
    }[form]
    assert common_name(certificate_in(content).subject) == LAN_IS
    assert upload(signed_in("lan"), content).headers["location"] == OWN
    (known,) = certificates(stage)
    assert (known.way, known.valid_until) == (SigningWay.UPLOADED, own.not_valid_after_utc)


def test_a_certificate_in_another_name_is_to_be_confirmed(stage: Stage, signed_in: SignIn) -> None:
    teacher, content = signed_in("lan"), certificate("Trần T. N. Lan").public_bytes(Encoding.DER)
    answer = upload(teacher, content)
    assert "Tên trong chứng thư là “Trần T. N. Lan”" in answer.text
    assert certificates(stage) == []
    assert upload(teacher, content, mine="yes").status_code == 303
    assert len(certificates(stage)) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Không đọc được chứng thư"),
        (b"MZ\x90\x00", "Không đọc được chứng thư"),
        (certificate(authority=True).public_bytes(Encoding.DER), "Không đọc được chứng thư"),
        (
            certificate(since=NOW - timedelta(days=700)).public_bytes(Encoding.DER),
            "Chứng thư đã hết hạn",
        ),
    ],
    ids=["empty", "program", "authority", "expired"],
)
def test_a_file_that_will_not_do_registers_nothing(
    stage: Stage, signed_in: SignIn, content: bytes, sentence: str
) -> None:
    answer = upload(signed_in("lan"), content)
    assert answer.status_code in {409, 422}
    assert sentence in answer.text
    assert certificates(stage) == []


def test_a_way_that_the_school_has_not_is_none(stage: Stage, signed_in: SignIn) -> None:
    content = certificate().public_bytes(Encoding.DER)
    answer = upload(signed_in("lan"), content, way=SigningWay.REMOTE.value)
    assert "Hãy chọn một cách ký trong danh sách." in answer.text
    assert certificates(stage) == []


def test_the_owner_is_told_in_time_and_withdraws(stage: Stage, signed_in: SignIn) -> None:
    upload(signed_in("lan"), certificate().public_bytes(Encoding.DER))
    stage.clock.forward(days=330)
    teacher = signed_in("lan")
    assert "sắp hết hạn" in text(teacher, OWN)
    assert "Chứng thư của bạn hết hạn 05/10/2027." in text(teacher, OWN)
    (own,) = certificates(stage)
    path = f"{OWN}/thoi-dung/{own.sha256}"
    assert send(signed_in("vinh"), path, reason="Đã mất").status_code == 404
    assert send(teacher, path, reason="x").status_code == 422
    assert send(teacher, path, reason="Đã mất thiết bị").status_code == 303
    assert certificates(stage) == []


@pytest.mark.usefixtures("founded")
def test_the_administrator_withdraws_a_lost_one(stage: Stage, signed_in: SignIn) -> None:
    make_key(signed_in("lan"))
    (key,) = certificates(stage)
    path = f"{SCHOOL}/{key.sha256}"
    assert LAN_IS in text(signed_in("khoa"), path)
    assert send(signed_in("duc"), path, reason="Đã mất").status_code == 403
    assert send(signed_in("khoa"), path, reason="").status_code == 422
    assert send(signed_in("khoa"), path, reason="Cô Lan báo lộ mã PIN").status_code == 303
    assert certificates(stage) == []
    with pytest.raises(NoSchoolKey):
        stage.desk.school_keys.of(LAN.person)
    assert signed_in("khoa").get(path).status_code == 404


def test_what_decides_asks_for_the_password_again(stage: Stage, signed_in: SignIn) -> None:
    principal, teacher = signed_in("ngoc"), signed_in("lan")
    stage.clock.forward(minutes=6)
    assert send(principal, f"{SCHOOL}/noi-cap").status_code == 403
    assert make_key(teacher).status_code in {403, 409}
    assert stage.desk.ledger.credentials().version == 0
    assert not list((stage.desk.keys.folder).glob("authority-*"))


def test_the_accepted_roots_are_told_one_by_one(stage: Stage, signed_in: SignIn) -> None:
    assert "Chưa có. Người quản máy chủ đặt chứng thư gốc" in text(signed_in("khoa"), SCHOOL)
    folder = stage.desk.keys.folder / "roots"
    folder.mkdir()
    root = certificate("CA thử nghiệm", authority=True).public_bytes(Encoding.PEM)
    (folder / "a.pem").write_bytes(root)
    (folder / "b.pem").write_text("không phải chứng thư")
    page = text(signed_in("khoa"), SCHOOL)
    assert "CA thử nghiệm" in page
    assert "Không đọc được tệp b.pem." in page
    assert "Đồng hồ của trường" in page
