"""How the demo school begins: its name, its staff, and who decides in the principal's place."""

from datetime import date
from typing import Final

from ledger.school.commands import DescribeSchool, GiveDelegation, JoinStaff
from ledger.vocabulary import Role
from web.access.identity import AT_THE_TERMINAL
from web.demo.days import moment
from web.demo.school import SCHOOL_NAME, School, StaffPlan
from web.demo.stage import Act, Actor, Script, Stage

_SET_UP: Final = date(2026, 8, 3)
_YEAR_ENDS: Final = date(2027, 5, 31)
_FIRST: Final = ("hiệu-trưởng", "quản-trị")
_SERVER: Final = Actor(AT_THE_TERMINAL.person, AT_THE_TERMINAL.role)


def write_founding(school: School, script: Script) -> None:
    """The school is set up at the server, then the principal takes in everybody else."""
    principal = Actor(school.person("hiệu-trưởng"), Role.PRINCIPAL)
    script.add(moment(_SET_UP, 7, 30), _describing)
    for post in _FIRST:
        script.add(moment(_SET_UP, 7, 30), _joining(school.staff[post], _SERVER))
    others = [plan for post, plan in school.staff.items() if post not in _FIRST]
    for number, plan in enumerate(others):
        script.add(moment(_SET_UP, 8, number), _joining(plan, principal))
    script.add(moment(_SET_UP, 9, 30), _delegating(school, principal))


def _describing(stage: Stage) -> None:
    stage.do_for_school(
        DescribeSchool,
        _SERVER,
        since=_SET_UP,
        school_name=SCHOOL_NAME,
        governing_body="Ủy ban nhân dân phường Hoa Phượng",
        department="Sở Giáo dục và Đào tạo",
        school_code="00000501",
        place="Hoa Phượng",
    )


def _joining(plan: StaffPlan, by: Actor) -> Act:
    return lambda stage: stage.do_for_school(
        JoinStaff, by, person=plan.person_id, roles=frozenset(plan.roles), since=_SET_UP
    )


def _delegating(school: School, principal: Actor) -> Act:
    """The first vice-principal signs in the principal's place when she is away."""
    return lambda stage: stage.do_for_school(
        GiveDelegation,
        principal,
        deputy=school.person("hiệu-phó-1"),
        since=_SET_UP,
        until=_YEAR_ENDS,
        reason="Phân công đầu năm học: quyết định thay khi hiệu trưởng vắng mặt.",
    )
