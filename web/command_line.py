"""The command `grade-ledger`: what can be asked of it; the work is in `web.commands`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from web.command_groups.checkpoint import checkpoint
from web.command_groups.database import database
from web.command_groups.dossier import verify_dossier
from web.command_groups.options import SUBCOMMAND, host_option, json_option, port_option
from web.command_groups.proof import proof
from web.command_groups.recovery import backup, restore
from web.command_groups.screening import screen
from web.command_groups.verification import verify
from web.command_groups.witness import witness
from web.commands.failing import show_usage_error
from web.commands.speaking import Decorated, SpeakingGroup, option, texts
from web.commands.wording import SCHOOL_EPILOG, SCHOOL_HELP, USAGE
from web.settings import Settings

_ROLES = (
    *("principal", "vice-principal", "administrator", "secretary"),
    *("department-head", "homeroom-teacher", "subject-teacher"),
)
_year = option("--year", "school_year", metavar="NĂM")


def _which_sheet(command: Decorated) -> Decorated:
    """The options by which one sheet is named."""
    for named in (
        _year,
        option("--semester", type=click.IntRange(1, 2), metavar="HK"),
        option("--subject", metavar="MÔN"),
        option("--class", "class_group", metavar="LỚP"),
        option("--sheet", "sheet_id", type=click.UUID, metavar="MÃ"),
    ):
        command = named(command)
    return command


@click.group(
    cls=SpeakingGroup,
    help=SCHOOL_HELP,
    epilog=SCHOOL_EPILOG,
    options_metavar=USAGE["options-metavar"],
    subcommand_metavar=SUBCOMMAND,
)
def cli() -> None:
    """Everything that can be asked of a school's ledger at a terminal."""


@cli.command(**texts("demo"))
@option("--serve/--no-serve", "serving", key="serve", default=True)
@host_option
@port_option
def demo(*, serving: bool, host: str, port: int) -> None:
    from web.commands.demonstrating import demonstrate

    demonstrate(Settings.from_environment(), serving=serving, host=host, port=port)


@cli.command("init", **texts("init"))
@option("--school")
@option("--governing-body")
@option("--department")
@option("--code")
@option("--place")
@option("--principal-name")
@option("--principal")
@option("--administrator-name")
@option("--administrator")
@json_option
def init(*, as_json: bool, **given: str | None) -> None:
    from web.commands import founding
    from web.commands.opening import opened_school

    with opened_school(Settings.from_environment()) as desk:
        founding.must_be_empty(desk)
        founding.found_school(desk, founding.answers(given), as_json=as_json)


@cli.command(**texts("serve"))
@host_option
@port_option
def serve(*, host: str, port: int) -> None:
    from web.commands.serving import serve

    serve(Settings.from_environment(), host=host, port=port)


@cli.command(**texts("rebuild"))
@option("--projection", "names", multiple=True, metavar="TÊN")
@json_option
def rebuild(*, names: Sequence[str], as_json: bool) -> None:
    from web.commands.rebuilding import rebuild

    rebuild(Settings.from_environment(), names=names, as_json=as_json)


@cli.group("year", cls=SpeakingGroup, subcommand_metavar=SUBCOMMAND, **texts("year"))
def year() -> None:
    """A school year."""


@year.command("plan", **texts("year-plan"))
@click.argument("school_year", metavar="NĂM")
@option("--grade", "grades", type=click.IntRange(6, 9), multiple=True, default=(6, 7, 8, 9))
@option("--as", "username", required=True, metavar="TÊN")
@json_option
def plan_year(*, school_year: str, grades: Sequence[int], username: str, as_json: bool) -> None:
    from web.commands import importing_setup, years
    from web.commands.opening import opened_school

    with opened_school(Settings.from_environment()) as desk:
        by = importing_setup.author_for_setup(desk, username)
        years.plan_year(desk, school_year, grades=grades, by=by, as_json=as_json)


@year.command("open", **texts("year-open"))
@click.argument("school_year", metavar="NĂM")
@click.argument("semester", type=click.IntRange(1, 2), metavar="HK")
@option("--as", "username", required=True, metavar="TÊN")
@json_option
def open_semester(*, school_year: str, semester: int, username: str, as_json: bool) -> None:
    from web.commands import importing_setup, years
    from web.commands.opening import opened_school

    with opened_school(Settings.from_environment()) as desk:
        by = importing_setup.author_for_setup(desk, username)
        years.open_semester(desk, school_year, semester, by=by, as_json=as_json)


@cli.group("import", cls=SpeakingGroup, subcommand_metavar=SUBCOMMAND, **texts("import"))
def import_() -> None:
    """Files of marks, and those that set up a year."""


@import_.command("scores", **texts("import-scores"))
@click.argument("file", type=click.Path(path_type=Path), metavar="TỆP")
@_which_sheet
@option("--as", "username", required=True, metavar="TÊN")
@option("--for", "on_behalf_of", metavar="TÊN")
@option("--yes", is_flag=True)
@json_option
def import_scores(
    *,
    file: Path,
    username: str,
    on_behalf_of: str | None,
    yes: bool,
    as_json: bool,
    **which: Any,  # noqa: ANN401
) -> None:
    from web.commands import importing
    from web.commands.opening import chosen_sheet, opened_school

    with opened_school(Settings.from_environment()) as desk:
        sheet_id = chosen_sheet(desk, **which)
        by = importing.author_for_scores(
            desk, username=username, on_behalf_of=on_behalf_of, sheet_id=sheet_id
        )
        importing.import_scores(desk, file, sheet_id=sheet_id, by=by, yes=yes, as_json=as_json)


def _setting_up(command: Decorated) -> Decorated:
    """What every import that sets up a year is told."""
    for told in (
        json_option,
        option("--yes", is_flag=True),
        option("--as", "username", required=True, metavar="TÊN"),
        _year,
        click.argument("file", type=click.Path(path_type=Path), metavar="TỆP"),
    ):
        command = told(command)
    return command


def _set_up_by(what: str, *, school_year: str | None, username: str, **told: Any) -> None:  # noqa: ANN401
    from web.commands import importing_setup
    from web.commands.opening import opened_school, school_year_now

    with opened_school(Settings.from_environment()) as desk:
        by = importing_setup.author_for_setup(desk, username)
        year = school_year or school_year_now(desk)
        getattr(importing_setup, what)(desk, school_year=year, by=by, **told)


@import_.command("class-list", **texts("import-class-list"))
@_setting_up
@option("--class", "class_group", metavar="LỚP")
@option("--take-differences/--keep-differences", key="take-differences", default=None)
def import_class_lists(**told: Any) -> None:  # noqa: ANN401
    _set_up_by("import_class_lists", **told)


@import_.command("staff", **texts("import-staff"))
@_setting_up
def import_staff(**told: Any) -> None:  # noqa: ANN401
    _set_up_by("import_staff", **told)


@import_.command("assignments", **texts("import-assignments"))
@_setting_up
def import_assignments(**told: Any) -> None:  # noqa: ANN401
    _set_up_by("import_assignments", **told)


@cli.group(cls=SpeakingGroup, subcommand_metavar=SUBCOMMAND, **texts("ledger"))
def ledger() -> None:
    """The ledger itself."""


@ledger.command("show", **texts("ledger-show"))
@_which_sheet
@option("--from", "first", type=click.IntRange(min=1), default=1, metavar="VỊ-TRÍ")
@option("--to", "last", type=click.IntRange(min=1), metavar="VỊ-TRÍ")
@option("--names", "with_names", is_flag=True)
@json_option
def show(*, first: int, last: int | None, with_names: bool, as_json: bool, **which: Any) -> None:  # noqa: ANN401
    from web.commands import showing
    from web.commands.opening import chosen_sheet, opened_school

    with opened_school(Settings.from_environment()) as desk:
        if any(which.values()):
            lines = showing.lines_of_sheet(
                desk, chosen_sheet(desk, **which), first=first, last=last
            )
        else:
            lines = showing.lines_between(desk, first=first, last=last)
        showing.show(desk, lines, with_names=with_names, as_json=as_json)


@ledger.command("head", **texts("ledger-head"))
@json_option
def head(*, as_json: bool) -> None:
    from web.commands import showing
    from web.commands.opening import opened_school

    with opened_school(Settings.from_environment()) as desk:
        showing.show_head(desk.ledger.recorder.head(), as_json=as_json)


@cli.group(cls=SpeakingGroup, subcommand_metavar=SUBCOMMAND, **texts("account"))
def account() -> None:
    """Accounts of members of staff."""


@account.command("add", **texts("account-add"))
@click.argument("username", metavar="TÊN-ĐĂNG-NHẬP")
@option("--name", "full_name", required=True, metavar="HỌ-TÊN")
@option("--role", "roles", type=click.Choice(_ROLES), multiple=True, required=True)
@json_option
def add_account(*, username: str, full_name: str, roles: Sequence[str], as_json: bool) -> None:
    from web.commands import staff
    from web.commands.opening import opened_school

    with opened_school(Settings.from_environment()) as desk:
        staff.add_account(
            desk, username=username, full_name=full_name, roles=roles, as_json=as_json
        )


@account.command("list", **texts("account-list"))
@json_option
def list_accounts(*, as_json: bool) -> None:
    from web.commands import staff
    from web.commands.opening import opened_school

    with opened_school(Settings.from_environment()) as desk:
        staff.list_accounts(desk, as_json=as_json)


@account.command("password", **texts("account-password"))
@click.argument("username", metavar="TÊN-ĐĂNG-NHẬP")
@json_option
def renew_password(*, username: str, as_json: bool) -> None:
    from web.commands import staff
    from web.commands.opening import opened_school

    with opened_school(Settings.from_environment()) as desk:
        staff.renew_password(desk, username=username, as_json=as_json)


cli.add_command(database)
cli.add_command(proof)
cli.add_command(witness)
cli.add_command(verify)
cli.add_command(verify_dossier)
cli.add_command(screen)
cli.add_command(backup)
cli.add_command(restore)
cli.add_command(checkpoint)


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask; the exit code: 0 done, 1 it could not be, 2 not understood."""
    try:
        given = None if arguments is None else list(arguments)
        return cli.main(given, "grade-ledger", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as bare:
        click.echo(bare.format_message())
        return 2
    except click.UsageError as error:
        show_usage_error(error)
        return 2
    except click.ClickException as error:
        error.show()
        return 1
    except BrokenPipeError:
        # `… | head` has read enough; what is still in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (click.Abort, KeyboardInterrupt):
        return 130


def main() -> None:
    """The program `grade-ledger`."""
    sys.exit(run())
