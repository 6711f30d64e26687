"""`grade-ledger database`: who owns the ledger, and what the application may do with it."""

import click

from web.command_groups.options import SUBCOMMAND, json_option
from web.commands.speaking import SpeakingGroup, option, texts
from web.settings import Settings


@click.group("database", cls=SpeakingGroup, subcommand_metavar=SUBCOMMAND, **texts("database"))
def database() -> None:
    """The database of a school."""


@database.command("prepare", **texts("database-prepare"))
@option("--role", key="database-role", metavar="TÊN")
def prepare(*, role: str | None) -> None:
    from web.commands.database import prepare

    prepare(Settings.from_environment(), role=role)


@database.command("check", **texts("database-check"))
@json_option
def check(*, as_json: bool) -> None:
    from web.commands.database import check

    check(Settings.from_environment(), as_json=as_json)
