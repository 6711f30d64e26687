"""Screen one file of scores at a terminal."""

import json
from dataclasses import asdict
from math import isfinite
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from projections.screening.groups import screen_table
from projections.screening.table import GroupFinding, GroupSignal
from web.commands.failing import Failed
from web.commands.wording import SAID
from web.screening.account import Account
from web.screening.reading import AT_A_TERMINAL, read_scores
from web.spreadsheets.problem import FileRefused
from web.wording import screening as words
from web.wording.numbers import shown_count
from web.wording.printable import printable


def screen_file(file: Path, *, group: str | None, rate: float, as_json: bool) -> None:
    """Read, screen and tell; `Failed` for a file that cannot be screened."""
    # On the error stream, and silent where that is no terminal.
    waiting = Console(stderr=True)
    try:
        with waiting.status(SAID["screen-reading"]):
            reading = read_scores(_content_of(file), group=group)
        with waiting.status(SAID["screen-comparing"]):
            findings = screen_table(reading.table, rate=rate)
    except FileRefused as refused:
        raise Failed(refused.problem.code, printable(refused.problem.sentence)) from refused
    _tell_reading(reading.account, len(reading.table.groups), on_errors=as_json)
    if as_json:
        data = [_as_data(finding) for finding in findings]
        click.echo(json.dumps(data, ensure_ascii=False, allow_nan=False))
    else:
        _tell(findings)


def _content_of(file: Path) -> bytes:
    """The bytes of the file, at most one more than is taken."""
    try:
        with file.open("rb") as opened:
            return opened.read(AT_A_TERMINAL.upload_bytes + 1)
    except OSError as failure:
        raise Failed("file-not-readable", file=file) from failure


def _tell_reading(account: Account, groups: int, *, on_errors: bool) -> None:
    click.echo(printable(words.understood(account, groups)), err=on_errors)
    for remark in account.remarks:
        click.echo(f"  {printable(remark.sentence)} [{remark.code}]", err=on_errors)


def _tell(findings: list[GroupFinding]) -> None:
    headings = ("screen-rank", "screen-group", "screen-pupils", "screen-seen", "screen-q")
    table = Table(*(SAID[heading] for heading in headings))
    seen = [finding for finding in findings if finding.signals]
    for rank, finding in enumerate(seen, 1):
        told = "\n".join(printable(words.signal_sentence(signal)) for signal in finding.signals)
        cells = (
            printable(finding.group),
            shown_count(finding.pupils),
            told,
            words.shown_q(finding.q),
        )
        table.add_row(str(rank), *cells)
    if not seen:
        click.echo(words.NOTHING_SEEN)
        return
    # What stands in brackets in a stranger's file is no markup.
    Console(markup=False).print(table)
    if others := words.others(findings):
        click.echo(others)
    click.echo(words.MEANING)


def _as_data(finding: GroupFinding) -> dict[str, object]:
    return {
        "group": finding.group,
        "q": _number(finding.q),
        "pupils": finding.pupils,
        "signals": [_signal(signal) for signal in finding.signals],
    }


def _signal(signal: GroupSignal) -> dict[str, object]:
    data = {
        name: _number(value) if isinstance(value, float) else value
        for name, value in asdict(signal).items()
    }
    return {**data, "sentence": words.signal_sentence(signal)}


def _number(value: float) -> float | None:
    """A number that strict JSON can hold."""
    return value if isfinite(value) else None
