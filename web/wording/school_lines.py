"""One sentence per line of the school: what exactly was decided, with its names and days."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from ledger.line import Fact
from ledger.school import facts
from ledger.school.incarnation import LogRestarted
from ledger.vocabulary import Role
from web.moments import shown_day
from web.wording.building import KnowsNames
from web.wording.school import ended, role_name


def school_sentence(fact: Fact, names: KnowsNames) -> str:
    """What a fact of the school says to people."""
    return _TELLERS[type(fact)](fact, names)


def _described(fact: facts.SchoolDescribed, _names: KnowsNames) -> str:
    return (
        f"Từ {shown_day(fact.since)}: {fact.school_name}; cơ quan chủ quản: "
        f"{fact.governing_body}; {fact.department}; mã trường {fact.school_code}; địa danh: "
        f"{fact.place}."
    )


def _joined(fact: facts.StaffJoined, names: KnowsNames) -> str:
    who, since = names.staff(fact.person), shown_day(fact.since)
    return f"{who} vào trường từ {since}, vai trò: {_roles(fact.roles)}."


def _roles_changed(fact: facts.StaffRolesChanged, names: KnowsNames) -> str:
    who, since = names.staff(fact.person), shown_day(fact.since)
    return f"{who} đổi vai trò từ {since}: {_roles(fact.roles)}."


def _left(fact: facts.StaffLeft, names: KnowsNames) -> str:
    return f"{names.staff(fact.person)} rời trường, ngày cuối {shown_day(fact.until)}."


def _delegated(fact: facts.DelegationGiven, names: KnowsNames) -> str:
    return (
        f"{names.staff(fact.deputy)} được quyết định thay hiệu trưởng từ {shown_day(fact.since)} "
        f"đến hết {shown_day(fact.until)}. Lý do: {ended(fact.reason)}"
    )


def _ended(fact: facts.DelegationEnded, names: KnowsNames) -> str:
    who = names.staff(fact.deputy)
    return f"{who} thôi quyết định thay hiệu trưởng. Lý do: {ended(fact.reason)}"


def _restarted(fact: LogRestarted, names: KnowsNames) -> str:
    agreed = names.staff(fact.administrator)
    lost = "Khóa ký của sổ bị mất, không dòng nào mất"
    if fact.lost:
        lost = (
            f"Sổ được khôi phục từ bản sao lưu còn {fact.restored.size} dòng. Các dòng "
            f"{fact.lost.first}–{fact.lost.last} đã niêm phong dưới tên {fact.old_origin} bị mất, "
            "phải nhập lại từ sổ in"
        )
    return (
        f"{lost}; từ đây sổ niêm phong dưới tên {fact.new_origin}. Quản trị cùng xác nhận: "
        f"{agreed}. Lý do: {ended(fact.reason)}"
    )


def _roles(roles: tuple[Role, ...]) -> str:
    return ", ".join(role_name(role).lower() for role in roles)


_TELLERS: Final[Mapping[type[Fact], Callable[[Any, KnowsNames], str]]] = MappingProxyType(
    {
        facts.SchoolDescribed: _described,
        facts.StaffJoined: _joined,
        facts.StaffRolesChanged: _roles_changed,
        facts.StaffLeft: _left,
        facts.DelegationGiven: _delegated,
        facts.DelegationEnded: _ended,
        LogRestarted: _restarted,
    }
)
