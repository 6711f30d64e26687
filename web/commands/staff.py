"""Accounts from the terminal: how a school gets its first principal and administrators."""

import json
from collections.abc import Sequence
from uuid import uuid4

import click
from rich.console import Console
from rich.table import Table

from ledger.people import StaffMember
from ledger.vocabulary import PersonId, Role
from web.access.accounts import Account
from web.access.passwords import initial_password
from web.commands.failing import Failed
from web.commands.opening import account_named
from web.commands.wording import SAID
from web.desk import Desk
from web.wording import role_name


def add_account(
    desk: Desk, *, username: str, full_name: str, roles: Sequence[str], as_json: bool
) -> None:
    """Add a member of staff with an account, and tell the initial password once."""
    *family, given = full_name.split() or [""]
    if not family:
        raise Failed("name-needs-two-words")
    if any(account.username == username.strip().lower() for account in desk.accounts.all()):
        raise Failed("username-taken", username=username)
    person = PersonId(uuid4())
    member = StaffMember(person_id=person, family_name=" ".join(family), given_name=given)
    password = initial_password()
    desk.people.register_staff([member])
    desk.accounts.create(Account(person, username, frozenset(map(Role, roles))), password)
    _tell("account-added", username, password, as_json=as_json)


def renew_password(desk: Desk, *, username: str, as_json: bool) -> None:
    """Give an account another password, and tell it once."""
    password = initial_password()
    desk.accounts.set_password(account_named(desk, username).person, password)
    _tell("password-set", username, password, as_json=as_json)


def list_accounts(desk: Desk, *, as_json: bool) -> None:
    """Print every account: name to sign in, person, roles."""
    names = desk.names()
    table = Table(SAID["username"], SAID["person"], SAID["role"], "")
    for account in desk.accounts.all():
        name = names.staff(account.person)
        roles = sorted(account.roles)
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
