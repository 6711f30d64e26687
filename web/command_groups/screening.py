"""`grade-ledger screen`: which groups of any table of scores stand off from the rest."""

from pathlib import Path

import click

from web.command_groups.options import json_option
from web.commands.speaking import SpeakingCommand, option, texts


@click.command("screen", cls=SpeakingCommand, **texts("screen"))
@click.argument("file", type=click.Path(path_type=Path), metavar="TỆP")
@option("--group", key="screen-group", metavar="CỘT")
@option(
    "--rate",
    key="screen-rate",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.05,
    metavar="TỈ-LỆ",
)
@json_option
def screen(*, file: Path, group: str | None, rate: float, as_json: bool) -> None:
    """A table of scores from anywhere, without any school."""
    from web.commands.screening import screen_file

    screen_file(file, group=group, rate=rate, as_json=as_json)
