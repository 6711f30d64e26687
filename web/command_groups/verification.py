"""`grade-ledger verify`: whether a ledger is what it says it is."""

from pathlib import Path
from typing import Any

import click

from web.command_groups.options import json_option
from web.commands.speaking import SpeakingCommand, option, texts
from web.settings import Settings

_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_folder = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("verify", cls=SpeakingCommand, **texts("verify"))
@option("--database", key="verify-database", metavar="NƠI")
@option("--evidence", key="verify-evidence", type=_folder, metavar="THƯ-MỤC")
@option("--keys", key="verify-keys", type=_folder, metavar="THƯ-MỤC")
@option("--policy", key="verify-policy", type=_file, metavar="TỆP")
@option("--log", "logs", key="verify-log", multiple=True, metavar="KHÓA")
@option("--remembered", key="verify-remembered", type=_file, multiple=True, metavar="TỆP")
@option("--head", "heads", key="verify-head", multiple=True, metavar="SỐ-DÒNG:GỐC")
@option(
    "--report",
    key="verify-report",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="TỆP",
)
@json_option
def verify(*, as_json: bool, report: Path | None, **brought: Any) -> int:  # noqa: ANN401
    from web.commands import verifying

    return verifying.verify(
        Settings.from_environment(),
        verifying.Asked(**brought),
        as_json=as_json,
        report_file=report,
    )
