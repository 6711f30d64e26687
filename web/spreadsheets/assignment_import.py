"""Assignments, from the bytes of a file to the year: who teaches what, who leads which class."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ledger.authority import SETS_UP, only_for
from ledger.command import Command
from ledger.school.commands import (
    AssignHomeroom,
    AssignTeacher,
    ChangeStaffRoles,
    UnassignTeacher,
)
from ledger.vocabulary import Author, CommandId, PersonId
from web.desk import Desk
from web.spreadsheets.assignments import (
    AssignmentsNow,
    AssignmentsPlan,
    AssignmentsPreview,
    Change,
    rows_of,
)
from web.spreadsheets.class_list_import import planned_year, today_of
from web.spreadsheets.plain_tables import text_tables
from web.spreadsheets.problem import FileRefused
from web.spreadsheets.reader import read_workbook
from web.spreadsheets.reading_assignments import (
    ASSIGNMENT_COLUMNS,
    ASSIGNMENTS_NEEDED,
    assignments_preview,
    is_assignment_table,
    needed_roles,
)

Progress = Callable[[int, int], None]


class Recorded(NamedTuple):
    """How many people were put to a place, and taken off one."""

    assigned: int
    unassigned: int


def preview_assignments(desk: Desk, *, school_year: str, content: bytes) -> AssignmentsPreview:
    """What confirming this file would do to the year; raises FileRefused and YearNotPlanned."""
    now = _now(desk, school_year)
    sheets = read_workbook(content)
    found = text_tables(sheets, ASSIGNMENT_COLUMNS, ASSIGNMENTS_NEEDED)
    tables = [table for table in found if is_assignment_table(table)]
    if not tables:
        names = ", ".join(sheet.name for sheet in sheets)
        raise FileRefused("no-assignments-found", sheets=names)
    return assignments_preview(tables, now)


def confirm_assignments(
    desk: Desk,
    by: Author,
    *,
    plan: AssignmentsPlan,
    command_id: CommandId,
    progress: Progress = lambda _done, _total: None,
) -> Recorded:
    """Record the plan in one append, all of it or nothing; confirmed twice it happens once.

    Who lacks the role of a subject or homeroom teacher is given it. Raises `Refused`.
    """
    only_for(by, *SETS_UP)
    now = _now(desk, plan.school_year)
    progress(0, 1)
    recorded = Recorded(0, 0)
    if desk.ledger.recorder.find_command(command_id) is None:
        asked = {"command_id": command_id, "by": by, "at": desk.clock()}
        if commands := list(_commands(desk, plan, now, asked)):
            desk.handle_together(commands)
        recorded = Recorded(
            sum(isinstance(one, AssignTeacher | AssignHomeroom) for one in commands),
            sum(isinstance(one, UnassignTeacher) for one in commands),
        )
    progress(1, 1)
    return recorded


def _now(desk: Desk, school_year: str) -> AssignmentsNow:
    year, school = planned_year(desk, school_year), desk.ledger.school()
    here = [person for person, place in school.staff.items() if place.is_here(today_of(desk))]
    named = desk.people.staff_members(here)
    return AssignmentsNow(year, school, {PersonId(person): one for person, one in named.items()})


def _commands(
    desk: Desk, plan: AssignmentsPlan, now: AssignmentsNow, asked: Mapping[str, Any]
) -> Iterator[Command]:
    """Roles first, since rules ask for them; then who comes, and last who goes.

    A subject with sheets always has a teacher, so nobody is taken off before the next is there.
    """
    today = today_of(desk)
    rows = [row for row in rows_of(plan, now.year) if row.change is not Change.SAME]
    for person in dict.fromkeys(row.person for row in rows if row.change is Change.ASSIGNED):
        if lacking := needed_roles(plan, now, person):
            roles = now.school.staff[person].roles | lacking
            yield ChangeStaffRoles(**asked, person=person, roles=roles, since=today)
    year = {**asked, "school_year": plan.school_year}
    for row in rows:
        if row.change is Change.ASSIGNED and row.subject:
            yield AssignTeacher(
                **year,
                class_group=row.class_group,
                subject=row.subject,
                teacher=row.person,
                since=today,
            )
        elif row.change is Change.ASSIGNED:
            yield AssignHomeroom(
                **year, class_group=row.class_group, teacher=row.person, since=today
            )
    for row in rows:
        if row.change is Change.UNASSIGNED and row.subject:
            yield UnassignTeacher(
                **year,
                class_group=row.class_group,
                subject=row.subject,
                teacher=row.person,
                until=today,
            )
