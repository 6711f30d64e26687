"""Staff from the terminal: people join with their roles, and get accounts and passwords."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

import click
from rich.console import Console
from rich.table import Table

from ledger.people import StaffMember
from ledger.school.calendar import local_day
from ledger.school.commands import JoinStaff
from ledger.vocabulary import CommandId, PersonId, Role
from web.access.accounts import Account
from web.access.identity import AT_THE_TERMINAL
from web.access.passwords import initial_password
from web.commands.failing import Failed
from web.commands.opening import account_named
from web.commands.wording import SAID
from web.desk import Desk
from web.spreadsheets.usernames import is_username
from web.wording import role_name


def add_account(
    desk: Desk, *, username: str, full_name: str, roles: Sequence[str], as_json: bool
) -> None:
    """Let somebody join the staff with an account, and tell the initial password once."""
    member, account = newcomer(desk, username=username, full_name=full_name)
    join = joining(desk, member.person_id, map(Role, roles), by_now=said_at_the_terminal(desk))
    password = let_in(desk, member, account)
    desk.handle(join)
    _tell("account-added", account.username, password, as_json=as_json)


def newcomer(desk: Desk, *, username: str, full_name: str) -> tuple[StaffMember, Account]:
    """Somebody who is to join, not written anywhere yet; `Failed` where a name is unfit or taken.

    The account of somebody who never joined is what an interrupted attempt left: it is taken over.
    """
    username = username.strip().lower()
    *family, given = full_name.split() or [""]
    if not family:
        raise Failed("name-needs-two-words")
    if not is_username(username):
        raise Failed("username-unfit", username=username)
    person = PersonId(uuid4())
    if known := next((one for one in desk.accounts.all() if one.username == username), None):
        if known.person in desk.ledger.school().staff:
            raise Failed("username-taken", username=username)
        person = known.person
    member = StaffMember(person_id=person, family_name=" ".join(family), given_name=given)
    return member, Account(person, username)


def let_in(desk: Desk, member: StaffMember, account: Account) -> str:
    """Write the name and the account of a newcomer; the initial password.

    Before the newcomer joins: without a role, nobody is let in, so half of it opens nothing.
    """
    password = initial_password()
    if desk.people.staff_members([member.person_id]):
        desk.people.change_staff([member])
    else:
        desk.people.register_staff([member])
    if any(one.person == account.person for one in desk.accounts.all()):
        desk.accounts.set_password(account.person, password)
    else:
        desk.accounts.create(account, password)
    return password


def said_at_the_terminal(desk: Desk) -> Mapping[str, Any]:
    """Id, author and moment of what is said at the terminal now."""
    return {"command_id": CommandId(uuid4()), "by": AT_THE_TERMINAL, "at": desk.clock()}


def joining(
    desk: Desk, person: PersonId, roles: Iterable[Role], *, by_now: Mapping[str, Any]
) -> JoinStaff:
    """The command by which a newcomer joins the staff today."""
    today = local_day(desk.clock())
    return JoinStaff(**by_now, person=person, roles=frozenset(roles), since=today)


def renew_password(desk: Desk, *, username: str, as_json: bool) -> None:
    """Give an account another password, and tell it once."""
    password = initial_password()
    desk.accounts.set_password(account_named(desk, username).person, password)
    _tell("password-set", username, password, as_json=as_json)


def list_accounts(desk: Desk, *, as_json: bool) -> None:
    """Print every account: name to sign in, person, roles of today."""
    names, school, today = desk.names(), desk.ledger.school(), local_day(desk.clock())
    table = Table(SAID["username"], SAID["person"], SAID["role"], "")
    for account in desk.accounts.all():
        name = names.staff(account.person)
        roles = sorted(school.roles_of(account.person, today))
        if as_json:
            row = {"username": account.username, "name": name, "active": account.active}
            click.echo(json.dumps({**row, "roles": roles}, ensure_ascii=False))
        state = SAID["in-use" if account.active else "out-of-use"]
        table.add_row(account.username, name, ", ".join(map(role_name, roles)), state)
    if not as_json:
        Console().print(table)


def _tell(said: str, username: str, password: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"username": username, "password": password}))
    else:
        click.echo(SAID[said].format(username=username, password=password))
