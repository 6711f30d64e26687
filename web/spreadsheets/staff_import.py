"""A list of staff, from the bytes of a file to the directory, the school's facts and accounts."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from ledger.authority import SETS_UP, only_for
from ledger.command import Command
from ledger.people import StaffMember
from ledger.school.commands import ChangeStaffRoles, FormDepartment, JoinStaff
from ledger.school.founding import DECIDES, may_make_deciders
from ledger.school.refusals import OnlyThePrincipalMakesDeciders
from ledger.school.school import School
from ledger.vocabulary import Author, CommandId, PersonId
from web.access.accounts import Account
from web.access.passwords import initial_password
from web.desk import Desk
from web.refusals import FileIsStale
from web.spreadsheets.class_list_import import planned_year, today_of
from web.spreadsheets.departments import NamedDepartment, departments_named
from web.spreadsheets.plain_tables import text_tables
from web.spreadsheets.problem import FileRefused, Problem
from web.spreadsheets.reader import read_workbook
from web.spreadsheets.reading_staff import STAFF_COLUMNS, STAFF_NEEDED, staff_preview
from web.spreadsheets.staff_lists import ListedStaff, SchoolNow, StaffPlan, StaffPreview
from web.spreadsheets.usernames import username_for

Progress = Callable[[int, int], None]


class NewAccount(NamedTuple):
    """What a person has to be told once."""

    full_name: str
    username: str
    password: str


def may_decide(by: Author) -> bool:
    """Whether the author may let people act in roles that decide."""
    return may_make_deciders(by)


def preview_staff(desk: Desk, by: Author, *, school_year: str, content: bytes) -> StaffPreview:
    """What confirming this file would do to the school; raises FileRefused and YearNotPlanned."""
    year = planned_year(desk, school_year)
    sheets = read_workbook(content)
    tables = list(text_tables(sheets, STAFF_COLUMNS, STAFF_NEEDED))
    if not tables:
        names = ", ".join(sheet.name for sheet in sheets)
        raise FileRefused("no-staff-list-found", sheets=names)
    if len(tables) > 1:
        names = ", ".join(table.sheet.name for table in tables)
        raise FileRefused("several-sheets-fit", sheets=names)
    preview = staff_preview(tables[0], _school_now(desk), deciding=may_decide(by))
    named = list(departments_named(preview.plan.people, year.departments))
    headless = [
        Problem("department-without-head", "", {"title": one.title})
        for one in named
        if not one.head
    ]
    return replace(
        preview,
        departments=tuple(
            one.title for one in named if one.head and _changes(desk, school_year, one)
        ),
        warnings=(*preview.warnings, *headless),
    )


def confirm_staff(
    desk: Desk,
    by: Author,
    *,
    school_year: str,
    plan: StaffPlan,
    take: Collection[PersonId],
    command_id: CommandId,
    progress: Progress = lambda _done, _total: None,
) -> Sequence[NewAccount]:
    """Write the people into the directory, let them join, and make their accounts.

    `take` are the people who get the name of the file; all others keep theirs. The facts are one
    append. Returns the new accounts with their passwords, which nobody can be shown again.
    Raises `Refused`, FileIsStale where the directory has moved on since the preview.
    """
    only_for(by, *SETS_UP)
    school, people = desk.ledger.school(), plan.people
    wanted = _accounts_to_make(desk, people)
    if not may_decide(by):
        for person in people:
            makes_account = person.person_id in {one.person for one in wanted}
            _may_touch(person, school, makes_account=makes_account)
    total = len(wanted) + 2
    progress(0, total)
    _write_directory(desk, people, take)
    progress(1, total)
    if desk.ledger.recorder.find_command(command_id) is None:
        asked = {"command_id": command_id, "by": by, "at": desk.clock()}
        if commands := list(_commands(desk, asked, plan, school_year)):
            desk.handle_together(commands)
    made = []
    for done, account in enumerate(wanted, 2):
        progress(done, total)
        password = initial_password()
        desk.accounts.create(account, password)
        name = next(one.full_name for one in people if one.person_id == account.person)
        made.append(NewAccount(name, account.username, password))
    progress(total, total)
    return made


def _school_now(desk: Desk) -> SchoolNow:
    directory = {PersonId(person): member for person, member in desk.people.staff_members().items()}
    usernames = {account.username: account.person for account in desk.accounts.all()}
    return SchoolNow(desk.ledger.school(), directory, usernames)


def _accounts_to_make(desk: Desk, people: Sequence[ListedStaff]) -> list[Account]:
    """An account for everybody of the plan who has none; a name taken meanwhile is changed."""
    accounts = desk.accounts.all()
    taken = {account.username for account in accounts}
    holders = {account.person for account in accounts}
    made = []
    for person in people:
        if person.username and person.person_id not in holders:
            free = person.username not in taken
            username = person.username if free else username_for(person.full_name, taken)
            taken.add(username)
            made.append(Account(person.person_id, username))
    return made


def _may_touch(person: ListedStaff, school: School, *, makes_account: bool) -> None:
    """Refuse to open a way in to decisions: by new roles, or by an account for who has them."""
    place = school.staff.get(person.person_id)
    held = place.roles if place and place.until is None else frozenset()
    gained = frozenset(person.roles) - held
    if gained & DECIDES or (makes_account and held & DECIDES):
        raise OnlyThePrincipalMakesDeciders


def _write_directory(desk: Desk, people: Sequence[ListedStaff], take: Collection[PersonId]) -> None:
    known = desk.people.staff_members()
    codes = {member.code: member.person_id for member in known.values() if member.code}
    told: list[StaffMember] = []
    for person in people:
        if person.code and codes.get(person.code, person.person_id) != person.person_id:
            raise FileIsStale
        member = known.get(person.person_id)
        names = person.model_dump(include={"person_id", "family_name", "given_name"})
        if member is None or person.person_id in take:
            code = person.code or (member.code if member else None)
            told.append(StaffMember(**names, code=code))
        elif person.code and member.code is None:
            told.append(member.model_copy(update={"code": person.code}))
    desk.people.register_staff(one for one in told if one.person_id not in known)
    desk.people.change_staff(one for one in told if one.person_id in known)


def _commands(
    desk: Desk, asked: Mapping[str, Any], plan: StaffPlan, school_year: str
) -> Iterator[Command]:
    school, today = desk.ledger.school(), today_of(desk)
    for person in plan.people:
        yield from _joining(person, school, asked, today)
    year = desk.ledger.year(school_year)
    if year.planned:
        for one in departments_named(plan.people, year.departments):
            if one.head:
                yield FormDepartment(**asked, school_year=school_year, **_formed(one))


def _joining(
    person: ListedStaff, school: School, asked: Mapping[str, Any], today: date
) -> Iterator[Command]:
    place = school.staff.get(person.person_id)
    roles = frozenset(person.roles)
    if place is None or place.until is not None:
        yield JoinStaff(**asked, person=person.person_id, roles=roles, since=today)
    elif not roles <= place.roles:
        yield ChangeStaffRoles(
            **asked, person=person.person_id, roles=roles | place.roles, since=today
        )


def _formed(one: NamedDepartment) -> dict[str, Any]:
    return {
        "department": one.code,
        "title": one.title,
        "head": one.head,
        "members": one.members,
        "subjects": one.subjects,
    }


def _changes(desk: Desk, school_year: str, one: NamedDepartment) -> bool:
    """Whether the department would be another than it is."""
    formed = desk.ledger.year(school_year).departments.get(one.code)
    return formed is None or formed.model_dump() != _formed(one)
