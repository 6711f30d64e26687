"""Options that several groups of commands share."""

from typing import Final

import click

from web.commands.speaking import option
from web.commands.wording import USAGE

SUBCOMMAND: Final = USAGE["command-metavar"]
json_option = option("--json", "as_json", is_flag=True)
host_option = option("--host", default="127.0.0.1")
port_option = option("--port", type=click.IntRange(0, 65535), default=8000)
