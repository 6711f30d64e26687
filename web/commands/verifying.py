"""Verify a ledger at a terminal: the school's own, a copy, a backup."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import click
from sqlalchemy import make_url

from ledger.store.evidence import EvidenceStore
from ledger.store.keys import KeyFolder
from ledger.store.reading import ChangedWhileRead, opened_for_reading
from ledger.trust.note import VerifierKey
from ledger.trust.policy import Policy
from ledger.verification import Finding, NotALedger, Remembered, Report
from web.commands.failing import Failed, unusable
from web.commands.foreseen import foreseen
from web.commands.progress import progress_bar
from web.commands.wording import SAID
from web.desk import now
from web.settings import Settings
from web.verification.conducting import Brought, Verification, conduct
from web.verification.report import report_html
from web.wording import verification as words
from web.wording.numbers import shown_count

_LEDGER_FILE: Final = "ledger.db"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was given, as it was typed."""

    database: str | None
    evidence: Path | None
    keys: Path | None
    policy: Path | None
    logs: Sequence[str]
    remembered: Sequence[Path]
    heads: Sequence[str]


def verify(settings: Settings, asked: Asked, *, as_json: bool, report_file: Path | None) -> int:
    """Verify and tell; 0 without findings, 1 with. Usage errors for what cannot be read."""
    if report_file and report_file.exists():
        raise Failed("report-exists", file=report_file)
    if report_file and not report_file.absolute().parent.is_dir():
        unusable("bad-value", name="--report")
    url, beside = _place(settings, asked.database)
    brought = _brought(asked, beside)
    with _foreseen(), opened_for_reading(url) as engine, progress_bar(SAID["verifying"]) as bar:
        shown = make_url(url).render_as_string(hide_password=True)
        told = conduct(engine, brought, at=now(), by="", database=shown, progress=bar)
    if report_file:
        _write(report_file, told)
    if as_json:
        click.echo(json.dumps({"clean": told.report.is_clean, **asdict(told.report)}))
    else:
        _tell(told.report)
        if report_file:
            click.echo(SAID["report-written"].format(file=report_file))
    return 0 if told.report.is_clean else 1


def _place(settings: Settings, database: str | None) -> tuple[str, Path | None]:
    """The address of the ledger, and the folder in which its other things lie beside it."""
    if database is None:
        return settings.url, settings.data_folder
    if "://" in database:
        return database, None
    path = Path(database)
    file = path / _LEDGER_FILE if path.is_dir() else path
    return f"sqlite:///{file}", file.parent


def _brought(asked: Asked, beside: Path | None) -> Brought:
    evidence = asked.evidence or _folder(beside, "evidence")
    keys = asked.keys or _folder(beside, "keys")
    with _understood("--log"):
        logs = [VerifierKey.parse(text) for text in asked.logs]
    with _understood("--policy"):
        policy = Policy.parse(asked.policy.read_bytes()) if asked.policy else None
    with _understood("--remembered"):
        notes = [
            Remembered.from_note(path.read_bytes(), where=path.name) for path in asked.remembered
        ]
    with _understood("--head"):
        heads = [Remembered.from_paper(typed) for typed in asked.heads]
    with _understood("--keys"):
        return Brought.of_school(
            KeyFolder(keys) if keys else None,
            EvidenceStore(evidence) if evidence else None,
            logs=logs,
            policy=policy,
            remembered=[*notes, *heads],
        )


def _folder(beside: Path | None, name: str) -> Path | None:
    return beside / name if beside and (beside / name).is_dir() else None


@contextmanager
def _understood(option: str) -> Iterator[None]:
    """A usage error where what an option gives cannot be read."""
    try:
        yield
    except (ValueError, OSError):  # Whatever is malformed is a ValueError.
        unusable("bad-value", name=option)


@contextmanager
def _foreseen() -> Iterator[None]:
    try:
        with foreseen():
            yield
    except NotALedger as failure:
        raise Failed("not-a-ledger", table=failure) from failure
    except ChangedWhileRead as failure:
        raise Failed("changed-while-read") from failure


def _write(file: Path, told: Verification) -> None:
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(report_html(told))
    except OSError as failure:
        raise Failed("report-unwritable", file=file, reason=failure.strerror) from failure


def _tell(report: Report) -> None:
    click.echo(SAID["verified-lines"].format(lines=report.lines, root=report.root))
    for count, what in words.looked_at(report):
        click.echo(f"  {shown_count(count)} {what}")
    click.echo(words.witnessed(report))
    _list(report.findings, report)
    if report.remarks:
        click.echo(SAID["verified-remarks"])
        _list(report.remarks, report)
    click.echo(words.outcome(report))


def _list(found: Sequence[Finding], report: Report) -> None:
    for one in found:
        click.echo(f"  {words.finding_sentence(one)} [{one.code}]")
        if one.expected:
            click.echo(SAID["verified-expected"].format(expected=one.expected))
        if one.found:
            click.echo(SAID["verified-found"].format(found=one.found))
    for code, count in words.left_out(found, report.counts):
        click.echo(f"  [{code}] {words.MORE.format(count=shown_count(count))}")
