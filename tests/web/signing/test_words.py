"""Whatever signing may answer has its sentence, and a finding says who, when and whether whole."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import web.signing
from ledger.credentials.facts import SigningWay
from ledger.refusal import Refused
from tests.web.signing.paper import NOON
from web.refusals import ArchivingFailed, CertificateUnfit, SignedFileUnfit, SigningFailed
from web.signing.found import FoundSignature, Remark
from web.signing.trust import Trust
from web.signing.validating import signatures_of
from web.wording.signing import REMARKS, WAYS, integrity, time_of_signing
from web.wording.signing_refusals import SIGNING_REFUSALS

ROOM = Path(web.signing.__file__).parent
KINDS = (SigningFailed, SignedFileUnfit, CertificateUnfit, ArchivingFailed)


def reasons(refusal: type[Refused]) -> set[str]:
    """The reasons with which a refusal is raised by name."""
    raised = re.compile(rf'{refusal.__name__}\(\s*why="([a-z-]+)"')
    return {why for path in ROOM.glob("*.py") for why in raised.findall(path.read_text())}


@pytest.mark.parametrize("refusal", KINDS, ids=lambda kind: str(kind.code))
def test_every_reason_has_a_sentence(refusal: type[Refused]) -> None:
    say = SIGNING_REFUSALS[refusal.code]
    said = {why: say({"why": why}, None) for why in reasons(refusal)}  # type: ignore[arg-type]
    assert said
    assert all(sentence.endswith(".") for sentence in said.values())


def test_every_remark_and_way_has_words() -> None:
    assert set(REMARKS) == set(Remark)
    assert set(WAYS) == set(SigningWay)


@pytest.fixture(scope="module")
def found(revisions: list[bytes], trust: Trust) -> FoundSignature:
    return signatures_of(revisions[1], trust, at=NOON)[0]


def test_who_when_and_whether_whole(found: FoundSignature) -> None:
    assert integrity(found) == "Toàn vẹn: nội dung không thay đổi kể từ khi ký."
    assert time_of_signing(found) == (
        "12:00 ngày 20/11/2026 (dấu thời gian của máy chủ nhà trường)"
    )
    claimed = replace(found, timestamped_at=None)
    assert time_of_signing(claimed) == "12:00 ngày 20/11/2026 (người ký khai)"
    assert time_of_signing(replace(claimed, claimed_at=None)) == "không ghi"
    assert integrity(replace(found, intact=False)).startswith("Không còn toàn vẹn")
    assert "sau đó có thay đổi" in integrity(replace(found, unchanged_since=False))
