"""Bring a backup back into an empty place, build what is made of it, and verify all of it."""

import json
from pathlib import Path

import click
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.recovery.place import BackupPlace
from ledger.recovery.restore import Restored, restore
from ledger.store.checkpoints import Checkpoints
from ledger.store.database import open_database
from ledger.store.evidence import EvidenceStore
from ledger.store.keys import KeyFolder, KeyMissing
from ledger.store.reading import opened_for_reading
from ledger.store.recorder import LedgerRecorder
from ledger.verification import Report
from projections.runner import Projections
from web.backups import KEPT
from web.commands.backing_up import list_findings, told_of_backups
from web.commands.failing import Failed
from web.commands.foreseen import foreseen
from web.commands.opening import opened_school
from web.commands.progress import progress_bar
from web.commands.wording import SAID
from web.desk import now
from web.moments import shown_moment
from web.publishing.origin import ended_origins
from web.settings import Settings
from web.verification.conducting import Brought, conduct


def bring_back(
    settings: Settings, folder: Path, vault_keys: Path | None, *, incomplete: bool, as_json: bool
) -> None:
    """Restore the backup where the environment says, and say what is missing there.

    `Failed` where the place is not empty, the backup was altered, or what came back is found wrong.
    """
    place = BackupPlace.in_folder(folder, vault_keys)
    keys = KeyFolder(settings.data_folder / "keys")
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    with foreseen():
        missing = _missing_key(keys)
        engine = open_database(settings.url)
        try:
            with told_of_backups():
                restored = _restored(place, engine, settings, incomplete=incomplete)
            with progress_bar(SAID["rebuilding"]) as progress:
                projections = Projections(engine, LedgerRecorder(engine))
                projections.create_tables()
                projections.rebuild(progress=progress)
            missing += _missing(engine, keys, restored)
        finally:
            engine.dispose()
    if "vault.key" not in missing:
        with opened_school(settings):
            pass  # Opening destroys again what facts say to be erased.
    _tell(restored, missing, _verified(settings, keys), as_json=as_json)


def _restored(
    place: BackupPlace, engine: Engine, settings: Settings, *, incomplete: bool
) -> Restored:
    if not place.vault_keys.is_file() and place.vault_keys.parent != place.folder:
        raise Failed("no-vault-keys-here", file=place.vault_keys)
    evidence = EvidenceStore(settings.data_folder / "evidence")
    with progress_bar(SAID["restoring"]) as progress:
        return restore(
            place, engine, evidence, KEPT, without_unusable=incomplete, progress=progress
        )


def _missing_key(keys: KeyFolder) -> list[str]:
    """The name of the vault's key where it is not there; an unusable one is told at once."""
    try:
        keys.vault_key()
    except KeyMissing:
        return ["vault.key"]
    return []


def _missing(engine: Engine, keys: KeyFolder, restored: Restored) -> list[str]:
    """What else has to be brought back: the persons' keys, and logs whose keys are not there."""
    known = {key.name for key in keys.log_keys()}
    # The key of a log that is over may have been lost for good, and nobody needs it any more.
    over = ended_origins(GradeLedger(LedgerRecorder(engine)))()
    lost = sorted((Checkpoints(engine).origins() - known).difference(over))
    return lost if restored.persons else ["vault-keys.db", *lost]


def _verified(settings: Settings, keys: KeyFolder) -> Report:
    brought = Brought.of_school(keys, EvidenceStore(settings.data_folder / "evidence"))
    with (
        foreseen(),
        opened_for_reading(settings.url) as engine,
        progress_bar(SAID["verifying-backup"]) as bar,
    ):
        return conduct(engine, brought, at=now(), by="", database="", progress=bar).report


def _tell(restored: Restored, missing: list[str], report: Report, *, as_json: bool) -> None:
    manifest = restored.manifest
    if as_json:
        told = {
            "lines": manifest.lines,
            "root": manifest.root.hex(),
            "moment": manifest.moment.isoformat(),
            "persons": restored.persons,
            "missing": missing,
            "unusable_evidence": sorted(restored.unusable),
            "findings": sorted({finding.code for finding in report.findings}),
        }
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        moment = shown_moment(manifest.moment)
        said = SAID["restored"].format(
            lines=manifest.lines, moment=moment, root=manifest.root.hex()
        )
        click.echo(said)
        for name in missing:
            click.echo(SAID.get(f"missing {name}", SAID["missing log"]).format(name=name))
        for digest in sorted(restored.unusable):
            click.echo(SAID["evidence-not-restored"].format(digest=digest))
        click.echo(SAID["after-restore"])
    if not report.is_clean:
        list_findings(report)
        raise Failed("restored-not-verified")
