"""`grade-ledger backup` and `grade-ledger restore`."""

from pathlib import Path

import click

from web.command_groups.options import json_option
from web.commands.speaking import SpeakingCommand, option, texts
from web.settings import Settings

_PATH = click.Path(path_type=Path)


@click.command("backup", cls=SpeakingCommand, **texts("backup"))
@click.argument("folder", type=_PATH, required=False, metavar="[THƯ-MỤC]")
@option("--vault-keys", key="backup-vault-keys", type=_PATH, metavar="TỆP")
@json_option
def backup(*, folder: Path | None, vault_keys: Path | None, as_json: bool) -> None:
    """Bring a backup up."""
    from web.commands.backing_up import back_up

    back_up(Settings.from_environment(), folder, vault_keys, as_json=as_json)


@click.command("restore", cls=SpeakingCommand, **texts("restore"))
@click.argument("folder", type=_PATH, metavar="THƯ-MỤC")
@option("--vault-keys", key="restore-vault-keys", type=_PATH, metavar="TỆP")
@option("--incomplete", "incomplete", is_flag=True)
@json_option
def restore(*, folder: Path, vault_keys: Path | None, incomplete: bool, as_json: bool) -> None:
    """Bring a backup back."""
    from web.commands.restoring import bring_back

    bring_back(
        Settings.from_environment(), folder, vault_keys, incomplete=incomplete, as_json=as_json
    )
