"""What a school records when a year ends."""

from typing import Final

from ledger.school.closed import Cosigned, Seal, YearClosed
from tests.scenario import Past
from tests.school import EARLIER, NGOC, NOW

SEAL: Final = Seal(
    origin="so-diem/31000001",
    size=48_210,
    root="d1" * 32,
    cosigned=(
        Cosigned(witness="hoa-phuong.example/pho-hieu-truong", cosigned_at=EARLIER),
        Cosigned(witness="phong-gddt.example/nhan-chung", cosigned_at=NOW),
    ),
)

CLOSING: tuple[Past, ...] = (NGOC.wrote(YearClosed(school_year="2026-2027", seal=SEAL)),)
