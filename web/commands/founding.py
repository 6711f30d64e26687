"""A new school from the terminal: its name, its first principal and its first administrator."""

import json
import sys
from collections.abc import Mapping

import click
from pydantic import ValidationError

from ledger.school.calendar import local_day
from ledger.school.commands import DescribeSchool
from ledger.vocabulary import Role
from web.commands.failing import Failed, unusable
from web.commands.staff import joining, let_in, newcomer, said_at_the_terminal
from web.commands.wording import QUESTIONS, SAID
from web.desk import Desk


def answers(given: Mapping[str, str | None]) -> dict[str, str]:
    """What was given by options; what was not is asked for at a terminal, else a usage error."""
    attached = sys.stdin.isatty()
    told = {}
    for name, answer in given.items():
        if answer is None and not attached:
            unusable("missing", name=f"--{name.replace('_', '-')}")
        told[name] = answer if answer is not None else click.prompt(QUESTIONS[name])
    return told


def must_be_empty(desk: Desk) -> None:
    """Refuse, before anything is asked, where there is a school already."""
    if desk.ledger.recorder.head().position:
        raise Failed("school-exists")


def found_school(desk: Desk, told: Mapping[str, str], *, as_json: bool) -> None:
    """Describe the school and let its first two people join, in one append; tell the passwords."""
    must_be_empty(desk)
    act, today = said_at_the_terminal(desk), local_day(desk.clock())
    try:
        described = DescribeSchool(
            **act,
            since=today,
            school_name=told["school"],
            governing_body=told["governing_body"],
            department=told["department"],
            school_code=told["code"],
            place=told["place"],
        )
    except ValidationError as unfit:
        raise Failed("school-unfit") from unfit
    firsts = {
        Role.PRINCIPAL: newcomer(
            desk, username=told["principal"], full_name=told["principal_name"]
        ),
        Role.ADMINISTRATOR: newcomer(
            desk, username=told["administrator"], full_name=told["administrator_name"]
        ),
    }
    usernames = {role: account.username for role, (_, account) in firsts.items()}
    if len(set(usernames.values())) < len(usernames):
        raise Failed("username-taken", username=told["administrator"])
    passwords = {role: let_in(desk, *first) for role, first in firsts.items()}
    joins = [
        joining(desk, member.person_id, [role], by_now=act) for role, (member, _) in firsts.items()
    ]
    desk.handle_together([described, *joins])
    _tell(described.school_name, usernames, passwords, as_json=as_json)


def _tell(
    school_name: str,
    usernames: Mapping[Role, str],
    passwords: Mapping[Role, str],
    *,
    as_json: bool,
) -> None:
    if as_json:
        accounts = {
            role.value: {"username": usernames[role], "password": passwords[role]}
            for role in usernames
        }
        click.echo(json.dumps({"school": school_name, "accounts": accounts}, ensure_ascii=False))
        return
    click.echo(SAID["founded"].format(school=school_name))
    for role, username in usernames.items():
        said = SAID[f"first-{role.value}"]
        click.echo(said.format(username=username, password=passwords[role]))
    click.echo(SAID["start"])
