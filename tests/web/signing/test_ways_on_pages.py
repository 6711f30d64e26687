"""A dossier is signed with public certificates through its page: by token, by service, by file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from starlette.testclient import TestClient

from ledger.credentials.facts import SigningWay
from ledger.dossiers.refusals import DossierIsArchived
from tests.browser.stage import Stage, copied_stage
from tests.school import FIX, KHOA, LAN, NGOC
from tests.web.conftest import SignIn
from tests.web.signing.outside import Outside
from tests.web.signing.paper import NOON
from tests.web.signing.service import CREDENTIAL, Service
from tests.web.signing.token import PIN, Token
from tests.web.signing_staff import (
    correct_a_mark,
    corrected,
    enrol,
    filed,
    give_keys,
    signs,
)
from web.dossiers.checking import signatures_in
from web.dossiers.files import newest_file
from web.dossiers.filing import archive, draft, renew
from web.signing.certificates import fingerprint
from web.signing.found import Remark
from web.signing.trust import ROOTS

WAYS = {"thiet-bi": SigningWay.DEVICE, "tu-xa": SigningWay.REMOTE, "tep": SigningWay.UPLOADED}
TYPED: Mapping[str, Mapping[str, str]] = {
    "thiet-bi": {"pin": PIN},
    "tu-xa": {"credential": CREDENTIAL, "pin": PIN},
    "tep": {},
}


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with a biên bản that awaits its first signature, made once."""
    folder = tmp_path_factory.mktemp("ways") / "school"
    with copied_stage(built_school, folder) as stage:
        stage.clock.moment = NOON - timedelta(hours=1)
        correct_a_mark(stage)
        draft(stage.desk, corrected(stage.desk), KHOA.author)
    return folder


@pytest.fixture
def stage(stage: Stage, outside: Outside, token: Token, service: Service) -> Stage:
    """A school that knows a token, a service and a timestamping authority, and believes a root."""
    desk = stage.desk
    stage.clock.moment = NOON
    root = x509.load_der_x509_certificate(outside.root).public_bytes(Encoding.PEM)
    roots = desk.keys.folder / ROOTS
    roots.mkdir()
    (roots / "outside.pem").write_bytes(root)
    settings = replace(
        desk.settings,
        tsa=outside.tsa,
        device=token.device.module,
        device_label=token.device.label,
        remote=service.url,
    )
    stage.desk = replace(desk, settings=settings)
    return stage


@pytest.mark.parametrize("path", WAYS)
def test_a_public_certificate_signs(
    stage: Stage, signed_in: SignIn, outside: Outside, path: str
) -> None:
    desk, lan = stage.desk, signed_in("lan")
    known = fingerprint(outside.certificate("lan"))
    enrol(stage, LAN, known, WAYS[path], (NOON - timedelta(days=1), NOON + timedelta(days=300)))
    assert "Đến lượt bạn ký" in lan.get(f"/ho-so/{FIX}").text
    answer = sends(lan, stage, path, outside)
    assert answer == 303
    (signed,) = filed(desk).signatures
    assert (signed.fact.way, signed.fact.certificate) == (WAYS[path], known)
    (found,) = signatures_in(desk, filed(desk)).values()
    assert found.holds
    assert found.trusted
    assert Remark.INTERNAL not in found.remarks


def test_an_archive_whose_proof_ends_is_renewed(stage: Stage, signed_in: SignIn) -> None:
    """The authority of time outside ends in 2050; the one that the school founded ends later."""
    desk = stage.desk
    give_keys(stage)
    for voice in (LAN, KHOA, NGOC):
        signs(stage, voice)
    first = archive(desk, filed(desk), NGOC.author)
    assert "Gia hạn lưu trữ" not in signed_in("ngoc").get(f"/ho-so/{FIX}").text
    stage.clock.moment = NOON.replace(year=2049)
    assert "Gia hạn lưu trữ" in signed_in("ngoc").get(f"/ho-so/{FIX}").text
    stage.clock.moment = NOON + timedelta(hours=1)  # Its answers about revocations are of today.
    by_itself = replace(desk, settings=replace(desk.settings, tsa=None))
    renewed = renew(by_itself, first, NGOC.author)
    assert [one.holds_until.year for one in renewed.archives] == [2050, 2056]
    assert first.revision.sha256 not in desk.evidence.digests()
    page = signed_in("ngoc").get(f"/ho-so/{FIX}").text
    assert "Gia hạn lưu trữ" not in page
    assert "Gia hạn bằng chứng lưu trữ, " in page
    assert page.count("Toàn vẹn: nội dung không thay đổi kể từ khi ký.") == 3
    with pytest.raises(DossierIsArchived):
        renew(by_itself, renewed, NGOC.author)
    assert newest_file(desk, filed(desk))


def sends(client: TestClient, stage: Stage, path: str, outside: Outside) -> int:
    dossier = filed(stage.desk)
    form = {"role": "subject-teacher", "revision": dossier.revision.sha256, **TYPED[path]}
    files = {}
    if path == "tep":
        signed = outside.signs(newest_file(stage.desk, dossier), "subject-teacher")
        files["file"] = ("da-ky.pdf", signed, "application/pdf")
    return client.post(f"/ho-so/{FIX}/ky/{path}", data=form, files=files or None).status_code
