"""`grade-ledger checkpoint`: sign where the ledger stands, show it, export it, name witnesses."""

from pathlib import Path

import click

from web.command_groups.options import SUBCOMMAND, json_option
from web.commands.speaking import SpeakingGroup, option, texts
from web.settings import Settings


@click.group("checkpoint", cls=SpeakingGroup, subcommand_metavar=SUBCOMMAND, **texts("checkpoint"))
def checkpoint() -> None:
    """The sealing of the ledger."""


@checkpoint.command("publish", **texts("checkpoint-publish"))
@json_option
def publish(*, as_json: bool) -> None:
    from web.commands import checkpoints
    from web.commands.opening import opened_school

    with opened_school(Settings.from_environment()) as desk:
        checkpoints.publish(desk, as_json=as_json)


@checkpoint.command("show", **texts("checkpoint-show"))
@json_option
def show(*, as_json: bool) -> None:
    from web.commands import checkpoints
    from web.commands.opening import opened_school

    with opened_school(Settings.from_environment()) as desk:
        checkpoints.show(desk, as_json=as_json)


@checkpoint.command("export", **texts("checkpoint-export"))
@click.argument("folder", type=click.Path(path_type=Path), metavar="THƯ-MỤC")
def export(*, folder: Path) -> None:
    from web.commands import checkpoints
    from web.commands.opening import opened_school

    with opened_school(Settings.from_environment()) as desk:
        checkpoints.export(desk, folder)


@checkpoint.command("add-witness", **texts("checkpoint-add-witness"))
@click.argument("name", metavar="TÊN")
@click.argument("vkey", metavar="KHÓA")
@click.argument("url", metavar="ĐỊA-CHỈ")
def add_witness(*, name: str, vkey: str, url: str) -> None:
    from web.commands import checkpoints

    checkpoints.name_witness(Settings.from_environment(), name=name, vkey=vkey, url=url)


@checkpoint.command("restart", **texts("checkpoint-restart"))
@option("--reason", key="restart-reason", required=True, metavar="LÍ-DO")
@option("--principal", key="restart-principal", required=True, metavar="TÊN")
@option("--administrator", key="restart-administrator", required=True, metavar="TÊN")
@option("--last-checkpoint", type=click.Path(path_type=Path), metavar="TỆP")
@option("--key-lost", is_flag=True)
@json_option
def restart(
    *,
    reason: str,
    principal: str,
    administrator: str,
    last_checkpoint: Path | None,
    key_lost: bool,
    as_json: bool,
) -> None:
    from web.commands.opening import opened_school
    from web.commands.restarting import restart

    with opened_school(Settings.from_environment()) as desk:
        restart(
            desk,
            reason=reason,
            principal=principal,
            administrator=administrator,
            last_checkpoint=last_checkpoint,
            key_lost=key_lost,
            as_json=as_json,
        )
