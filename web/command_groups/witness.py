"""`grade-ledger witness`: a witness of schools' ledgers, on a machine that is not a school's."""

from collections.abc import Sequence
from pathlib import Path

import click

from web.command_groups.options import SUBCOMMAND, host_option, json_option
from web.commands.speaking import SpeakingGroup, option, texts

_file = click.Path(path_type=Path)
_folder = option(
    "--folder", key="witness-folder", type=_file, default=Path("nhan-chung"), metavar="THƯ-MỤC"
)


@click.group(cls=SpeakingGroup, subcommand_metavar=SUBCOMMAND, **texts("witness"))
def witness() -> None:
    """A witness."""


@witness.command("init", **texts("witness-init"))
@_folder
@option("--name", key="witness-name", required=True, metavar="TÊN")
@json_option
def init(*, folder: Path, name: str, as_json: bool) -> None:
    from web.commands import witnessing

    witnessing.begin(folder, name, as_json=as_json)


@witness.command("add-school", **texts("witness-add-school"))
@click.argument("vkey", metavar="KHÓA")
@_folder
def add_school(*, vkey: str, folder: Path) -> None:
    from web.commands import witnessing

    witnessing.trust(folder, vkey)


@witness.command("drop-key", **texts("witness-drop-key"))
@click.argument("vkey", metavar="KHÓA")
@_folder
def drop_key(*, vkey: str, folder: Path) -> None:
    from web.commands import witnessing

    witnessing.distrust(folder, vkey)


@witness.command("serve", **texts("witness-serve"))
@_folder
@host_option
@option("--port", key="witness-port", type=click.IntRange(0, 65535), default=7380)
def serve(*, folder: Path, host: str, port: int) -> None:
    from web.commands import witnessing

    witnessing.serve(folder, host=host, port=port)


@witness.command("show", **texts("witness-show"))
@_folder
@json_option
def show(*, folder: Path, as_json: bool) -> None:
    from web.commands import witnessing

    witnessing.show(folder, as_json=as_json)


@witness.command("check", **texts("witness-check"))
@click.argument("files", nargs=-1, required=True, type=_file, metavar="TỆP…")
@_folder
@json_option
def check(*, files: Sequence[Path], folder: Path, as_json: bool) -> None:
    from web.commands import witnessing

    witnessing.check(folder, files, as_json=as_json)


@witness.command("export", **texts("witness-export"))
@click.argument("origin", metavar="TÊN-SỔ")
@_folder
@option("--to", key="witness-to", type=_file, metavar="TỆP")
def export(*, origin: str, folder: Path, to: Path | None) -> None:
    from web.commands import witnessing

    witnessing.export(folder, origin, to=to)
