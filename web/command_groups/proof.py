"""`grade-ledger proof`: the proof of one line, as two files."""

from pathlib import Path

import click

from web.command_groups.options import json_option
from web.commands.speaking import SpeakingCommand, option, texts
from web.settings import Settings


@click.command("proof", cls=SpeakingCommand, **texts("proof"))
@click.argument("position", type=int, metavar="SỐ-DÒNG")
@option(
    "--output",
    "folder",
    key="proof-output",
    type=click.Path(path_type=Path),
    default=".",
    metavar="THƯ-MỤC",
)
@json_option
def proof(*, position: int, folder: Path, as_json: bool) -> None:
    """The proof of one line."""
    from web.commands.opening import opened_school
    from web.commands.proving import write_proof

    with opened_school(Settings.from_environment()) as desk:
        write_proof(desk, position, folder=folder, as_json=as_json)
