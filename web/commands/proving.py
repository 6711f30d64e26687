"""Write the proof of one line into a folder, never over another file."""

import json
from pathlib import Path

import click

from ledger.trust.checkpoint import Checkpoint
from web.commands.failing import Failed
from web.commands.wording import SAID
from web.desk import Desk
from web.proofs import files_of, proof_of


def write_proof(desk: Desk, position: int, *, folder: Path, as_json: bool) -> None:
    """Write both files; one that is there with the same bytes stays, any other ends the command."""
    proven = proof_of(desk, position)
    files = {folder / name: content for name, content in files_of(proven).items()}
    try:
        for path, content in files.items():
            if path.exists() and path.read_bytes() != content:
                raise Failed("proof-file-exists", path=path)
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            path.write_bytes(content)
    except OSError as failure:
        raise Failed("proof-not-written", folder=folder) from failure
    checkpoint = Checkpoint.parse(proven.proof.note.text)
    told = {"position": position, "origin": checkpoint.origin, "size": checkpoint.size}
    if as_json:
        click.echo(json.dumps({**told, "files": [str(path) for path in files]}))
        return
    for path in files:
        click.echo(str(path))
    click.echo(SAID["proof-written"].format_map(told))
