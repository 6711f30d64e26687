"""A witness at the terminal: make one, tell it whom to believe, serve it, see what it remembers."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import DatabaseError

from ledger.trust.note import Algorithm, MalformedKey, VerifierKey
from web.commands.failing import Failed
from web.commands.listening import address_of, answer, bound
from web.commands.wording import SAID
from web.moments import shown_moment
from web.witness.answering import Witness, WitnessMissing, begin_witness, open_witness
from web.witness.app import witness_app
from web.witness.comparing import Comparison, NotACheckpoint, compared
from web.witness.memory import Suspect
from web.witness.overview import WatchedSchool, overview
from web.wording.numbers import shown_count
from web.wording.witness import CONDITIONS, suspected


def begin(folder: Path, name: str, *, as_json: bool) -> None:
    """Make a witness, and tell the key that schools have to know."""
    try:
        witness = begin_witness(folder, name)
    except FileExistsError as there:
        raise Failed("witness-exists", folder=folder) from there
    except MalformedKey as unfit:
        raise Failed("witness-name-unfit", name=name) from unfit
    except OSError as failure:
        raise Failed("witness-folder-not-writable", folder=folder, reason=failure) from failure
    witness.memory.close()
    vkey = str(witness.key.verifier)
    said = SAID["witness-begun"].format(name=name, vkey=vkey, folder=folder)
    click.echo(json.dumps({"vkey": vkey}, ensure_ascii=False) if as_json else said)


def trust(folder: Path, text: str) -> None:
    """Believe a key of a school's log from now on."""
    key = _log_key(text)
    with opened(folder) as witness:
        news = witness.memory.trust(key)
    click.echo(SAID["witness-trusts" if news else "witness-trusted"].format(origin=key.name))


def distrust(folder: Path, text: str) -> None:
    """No longer believe a key; what was cosigned under it stays."""
    key = _log_key(text)
    with opened(folder) as witness:
        if not witness.memory.distrust(key):
            raise Failed("witness-knows-no-such-key", origin=key.name)
        left = len(witness.memory.keys(key.name))
    said = "witness-distrusts" if left else "witness-ends"
    click.echo(SAID[said].format(origin=key.name, left=left))


def serve(folder: Path, *, host: str, port: int) -> None:
    """Answer logs until Ctrl+C."""
    with opened(folder) as witness, bound(host, port) as listening:
        address = address_of(listening)
        click.echo(SAID["witness-serves"].format(address=address, name=witness.key.name))
        answer(witness_app(witness), listening)


def show(folder: Path, *, as_json: bool) -> None:
    """What is remembered of each school, and what is suspected."""
    with opened(folder) as witness:
        found = overview(witness)
    if as_json:
        content = {
            "vkey": str(found.key),
            "schools": [_school_as_json(school) for school in found.schools],
            "suspects": [_suspect_as_json(suspect) for suspect in found.suspects],
        }
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    click.echo(SAID["witness-key"].format(vkey=found.key))
    headings = ("witness-school", "witness-size", "witness-at", "witness-condition")
    table = Table(*(SAID[heading] for heading in headings))
    for school in found.schools:
        last = school.last
        size, at = (
            (shown_count(last.checkpoint.size), shown_moment(last.at)) if last else ("–", "–")
        )
        table.add_row(school.origin, size, at, CONDITIONS[school.condition][0])
    Console().print(table)
    for alarm in found.alarms:
        suspect = alarm.suspect
        sentence = suspected(suspect.suspicion, suspect.checkpoint.size)
        origin, at = suspect.checkpoint.origin, shown_moment(suspect.at)
        click.echo(SAID["witness-suspects"].format(origin=origin, at=at, sentence=sentence))
        if alarm.more:
            click.echo(SAID["witness-suspects-more"].format(more=shown_count(alarm.more)))


def check(folder: Path, files: Sequence[Path], *, as_json: bool) -> None:
    """Hold checkpoints against the memory; `Failed` unless each is the same as is remembered."""
    same = 0
    with opened(folder) as witness:
        for file in files:
            try:
                found = compared(witness.memory, file.read_bytes())
            except OSError as failure:
                raise Failed("file-not-readable", file=file) from failure
            except NotACheckpoint as failure:
                raise Failed("witness-not-a-checkpoint", file=file) from failure
            same += found.comparison is Comparison.SAME
            brought, remembered = found.checkpoint, found.remembered
            row = {
                "file": str(file),
                "origin": brought.origin,
                "size": brought.size,
                "root": brought.root.hex(),
                "remembered": remembered and remembered.hex(),
                "comparison": found.comparison.value,
            }
            shown = {**row, "size": shown_count(brought.size)}
            sentence = SAID[f"witness-{found.comparison}"].format_map(shown)
            click.echo(json.dumps(row, ensure_ascii=False) if as_json else sentence)
    if same < len(files):
        raise Failed("witness-not-all-the-same", same=same, count=len(files))


def export(folder: Path, origin: str, *, to: Path | None) -> None:
    """Give out the last checkpoint that was cosigned: the remembered head of a school."""
    with opened(folder) as witness:
        last = witness.memory.last(origin)
    if last is None:
        raise Failed("witness-never-heard", origin=origin)
    if to is None:
        click.echo(last.note.to_bytes(), nl=False)
        return
    try:
        with to.open("xb") as file:
            file.write(last.note.to_bytes())
    except FileExistsError as there:
        raise Failed("witness-file-exists", file=to) from there
    except OSError as failure:
        raise Failed("witness-file-not-writable", file=to) from failure
    size = shown_count(last.checkpoint.size)
    click.echo(SAID["witness-exported"].format(origin=origin, size=size, file=to))


@contextmanager
def opened(folder: Path) -> Iterator[Witness]:
    """The witness of a folder, closed afterwards; what can be foreseen becomes one sentence."""
    try:
        witness = open_witness(folder)
    except WitnessMissing as missing:
        raise Failed("witness-missing", folder=folder, file=missing) from missing
    except (MalformedKey, OSError, UnicodeDecodeError) as failure:
        raise Failed("witness-key-damaged", folder=folder) from failure
    try:
        yield witness
    except DatabaseError as failure:
        raise Failed("witness-memory-damaged", folder=folder, reason=failure.orig) from failure
    finally:
        witness.memory.close()


def _log_key(text: str) -> VerifierKey:
    """A log's key as it is pasted; `Failed` where it is none, or a witness's."""
    try:
        key = VerifierKey.parse(text.strip())
    except MalformedKey as unfit:
        raise Failed("witness-not-a-log-key") from unfit
    if key.algorithm is not Algorithm.ED25519:
        raise Failed("witness-not-a-log-key")
    return key


def _school_as_json(school: WatchedSchool) -> dict[str, Any]:
    last = school.last
    return {
        "origin": school.origin,
        "keys": [str(key) for key in school.keys],
        "condition": school.condition.value,
        "size": last and last.checkpoint.size,
        "root": last and last.checkpoint.root.hex(),
        "cosigned_at": last and last.at.isoformat(),
    }


def _suspect_as_json(suspect: Suspect) -> dict[str, Any]:
    return {
        "origin": suspect.checkpoint.origin,
        "suspicion": suspect.suspicion.value,
        "size": suspect.checkpoint.size,
        "refused_at": suspect.at.isoformat(),
        "note": suspect.note.to_bytes().decode(),
        "remembered": suspect.remembered and suspect.remembered.to_bytes().decode(),
    }
