"""`grade-ledger verify-dossier`: whether a biên bản that left the house is whole."""

from pathlib import Path

import click

from web.command_groups.options import json_option
from web.commands.speaking import SpeakingCommand, option, texts

_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("verify-dossier", cls=SpeakingCommand, **texts("verify-dossier"))
@click.argument("file", type=_file, metavar="TỆP")
@option("--log", "logs", key="verify-dossier-log", multiple=True, metavar="KHÓA")
@option("--policy", key="verify-dossier-policy", type=_file, metavar="TỆP")
@json_option
def verify_dossier(*, file: Path, logs: tuple[str, ...], policy: Path | None, as_json: bool) -> int:
    """A dossier that left the house, without the school."""
    from web.commands.verifying_dossier import verify_file

    return verify_file(file, logs=logs, policy_file=policy, as_json=as_json)
