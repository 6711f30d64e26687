"""Bring a backup up, and verify what is in it then."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ledger.recovery.backup import BroughtUp
from ledger.recovery.place import BackupPlace, open_file
from ledger.recovery.refusals import BackupRefused
from ledger.store.evidence import EvidenceStore
from ledger.store.keys import KeyFolder
from ledger.verification import Report, verify
from web.backups import FAILURES, backup_into, reason_of
from web.commands.failing import Failed, unusable
from web.commands.opening import opened_school
from web.commands.progress import progress_bar
from web.commands.wording import SAID
from web.moments import shown_moment
from web.settings import Settings
from web.verification.conducting import Brought
from web.wording.verification import finding_sentence


def back_up(
    settings: Settings, folder: Path | None, vault_keys: Path | None, *, as_json: bool
) -> None:
    """Back the school up into the folder, by default that of the running backup, and verify it.

    `Failed` after all was done where evidence is damaged, or where the backup is found wrong.
    """
    if (chosen := folder or settings.backup) is None:
        unusable("missing", name="THƯ-MỤC")
    place = BackupPlace.in_folder(chosen, vault_keys or settings.backup_keys)
    with opened_school(settings) as desk, told_of_backups():
        if not desk.ledger.recorder.head().position:
            raise Failed("nothing-to-back-up")  # Most likely another place was meant.
        backup = backup_into(
            place, desk.ledger.recorder, desk.engine, desk.evidence, desk.keys, clock=desk.clock
        )
        with progress_bar(SAID["backing-up"]) as progress:
            done = backup.bring_up(begin=True, progress=progress)
        report = verified(place, desk.keys)
    _tell(place, done, report, as_json=as_json)


def verified(place: BackupPlace, keys: KeyFolder) -> Report:
    """What a verification of the backup itself finds; meanwhile no server brings it up further."""
    engine, evidence = open_file(place.ledger, begin="BEGIN"), EvidenceStore(place.evidence)
    trusted = Brought.of_school(keys, evidence).trusted
    try:
        with progress_bar(SAID["verifying-backup"]) as progress:
            return verify(engine, trusted=trusted, evidence=evidence, progress=progress)
    finally:
        engine.dispose()


def list_findings(report: Report) -> None:
    """Tell on the error stream what a verification has found."""
    for finding in report.findings:
        click.echo(f"  {finding_sentence(finding)} [{finding.code}]", err=True)


@contextmanager
def told_of_backups() -> Iterator[None]:
    """Turn what backups meet into `Failed`."""
    try:
        yield
    except BackupRefused as refused:
        raise Failed(refused.reason, expected=refused.expected, found=refused.found) from refused
    except FAILURES as failure:
        raise Failed("backup-not-done", reason=reason_of(failure)) from failure


def _tell(place: BackupPlace, done: BroughtUp, report: Report, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_in_json(place, done, report), ensure_ascii=False))
    else:
        said = {
            "moment": shown_moment(done.manifest.moment),
            "folder": place.folder,
            "lines": done.manifest.lines,
            "added": done.added_lines,
            "files": done.manifest.evidence_files,
            "added_files": done.added_evidence,
            "root": done.manifest.root.hex(),
            "keys": place.vault_keys,
        }
        click.echo(SAID["backed-up"].format_map(said))
        for digest in sorted(done.unusable):
            click.echo(SAID["evidence-not-copied"].format(digest=digest))
    if not report.is_clean:
        list_findings(report)
        raise Failed("backup-not-verified")
    if done.unusable:
        raise Failed("evidence-not-backed-up", count=len(done.unusable))


def _in_json(place: BackupPlace, done: BroughtUp, report: Report) -> dict[str, Any]:
    return {
        "folder": str(place.folder),
        "moment": done.manifest.moment.isoformat(),
        "lines": done.manifest.lines,
        "root": done.manifest.root.hex(),
        "added_lines": done.added_lines,
        "evidence_files": done.manifest.evidence_files,
        "added_evidence": done.added_evidence,
        "unusable_evidence": sorted(done.unusable),
        "vault_keys": str(place.vault_keys),
        "findings": sorted({finding.code for finding in report.findings}),
    }
