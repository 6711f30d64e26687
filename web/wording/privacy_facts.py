"""One sentence per fact about personal data, and one per line of the register."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from ledger.line import Fact
from ledger.privacy import facts
from ledger.privacy.facts import Retention
from web.moments import shown_day
from web.wording.privacy_words import GROUNDS, REQUESTERS
from web.wording.school import ended

PRIVACY_FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        facts.RetentionSet.NAME: "Đặt thời hạn lưu giữ dữ liệu cá nhân",
        facts.PersonalDataRestricted.NAME: "Hạn chế xử lí dữ liệu cá nhân của một học sinh",
        facts.RestrictionLifted.NAME: "Thôi hạn chế xử lí dữ liệu cá nhân",
        facts.ErasureRequested.NAME: "Ghi yêu cầu xóa dữ liệu cá nhân",
        facts.ErasureDeclined.NAME: "Từ chối xóa dữ liệu cá nhân",
        facts.ErasureWithdrawn.NAME: "Rút yêu cầu xóa dữ liệu cá nhân",
        facts.PersonalDataErased.NAME: "Xóa dữ liệu cá nhân của một học sinh",
    }
)


def privacy_sentence(fact: Fact, whose: str) -> str:
    """What a fact says to people; `whose` is what the pupil is called there."""
    return (
        f"{PRIVACY_FACTS[fact.NAME]}{f': {whose}' if whose else ''}. {_TELLERS[type(fact)](fact)}"
    )


def shown_retention(retention: Retention) -> str:
    """A retention as people say it, inside a sentence."""
    basis = retention.legal_basis.removesuffix(".")
    return f"{retention.years} năm sau năm rời trường, theo {basis}"


def _retention(fact: facts.RetentionSet) -> str:
    return f"Giữ {shown_retention(fact.retention)}."


def _because(
    fact: facts.PersonalDataRestricted
    | facts.RestrictionLifted
    | facts.ErasureDeclined
    | facts.ErasureWithdrawn,
) -> str:
    return f"Lý do: {ended(fact.reason)}"


def _requested(fact: facts.ErasureRequested) -> str:
    who, ground = REQUESTERS[fact.requested_by], GROUNDS[fact.ground]
    return f"Người yêu cầu: {who}. Căn cứ: {ground}. Nội dung: {ended(fact.reason)}"


def _erased(fact: facts.PersonalDataErased) -> str:
    files = len(fact.evidence)
    with_files = f" Hủy cùng {files} tệp minh chứng." if files else ""
    return (
        f"Người yêu cầu: {REQUESTERS[fact.requested_by]}. Căn cứ: {GROUNDS[fact.ground]}. Ngày "
        f"cuối ở trường: {shown_day(fact.left_on)}; đã giữ {shown_retention(fact.retention)}."
        f"{with_files}"
    )


_TELLERS: Final[Mapping[type[Fact], Callable[[Any], str]]] = MappingProxyType(
    {
        facts.RetentionSet: _retention,
        facts.PersonalDataRestricted: _because,
        facts.RestrictionLifted: _because,
        facts.ErasureRequested: _requested,
        facts.ErasureDeclined: _because,
        facts.ErasureWithdrawn: _because,
        facts.PersonalDataErased: _erased,
    }
)
