"""Sign where the ledger stands, show how far it is sealed, export it, and name witnesses."""

import json
from pathlib import Path

import click

from ledger.publishing.alarms import PublishingStopped
from ledger.publishing.publisher import Standing
from ledger.store.keys import KeyFolder, KeyMissing
from ledger.trust.note import MalformedKey
from ledger.trust.policy import MalformedPolicy
from web.commands.failing import Failed
from web.commands.wording import SAID
from web.desk import Desk
from web.moments import shown_moment
from web.publishing.deciding import (
    PolicyIsItsOwn,
    WitnessHasAnotherKey,
    add_witness,
    witness_of,
)
from web.publishing.exporting import ExportDiffers, FolderIsNotEmpty, export_log
from web.publishing.overview import Sealing, sealing_of
from web.settings import Settings
from web.wording.publishing import alarm_sentence, quorum


def publish(desk: Desk, *, as_json: bool) -> None:
    """Sign the head now and ask the witnesses, as the server does each minute."""
    try:
        desk.publisher.publish()
    except PublishingStopped as stopped:
        alarm = stopped.alarm
        told = {"alarm": alarm_sentence(alarm), "expected": alarm.expected, "found": alarm.found}
        raise Failed("publishing-stopped", **told) from stopped
    except KeyMissing as missing:
        raise Failed("log-key-missing", origin=missing) from missing
    except MalformedPolicy as malformed:
        raise Failed("policy-unreadable", reason=malformed) from malformed
    except MalformedKey as malformed:
        raise Failed("origin-unfit") from malformed
    show(desk, as_json=as_json)


def show(desk: Desk, *, as_json: bool) -> None:
    """How far the ledger is sealed, and by whom."""
    sealing = sealing_of(desk)
    if as_json:
        click.echo(json.dumps(_as_json(sealing.standing), ensure_ascii=False))
        return
    for line in _lines(sealing):
        click.echo(line)


def export(desk: Desk, folder: Path) -> None:
    """Write the log as its newest checkpoint has it into a folder."""
    newest = desk.publisher.newest()
    if newest is None:
        raise Failed("nothing-sealed")
    try:
        export_log(desk.ledger.recorder, newest, folder)
    except FolderIsNotEmpty as occupied:
        raise Failed("export-folder-not-empty", folder=folder) from occupied
    except ExportDiffers as differs:
        raise Failed("export-differs") from differs
    except OSError as failure:
        raise Failed("export-not-written", folder=folder, reason=failure) from failure
    click.echo(SAID["exported"].format(lines=newest.checkpoint.size, folder=folder))


def name_witness(settings: Settings, *, name: str, vkey: str, url: str) -> None:
    """Add a witness to what the school asks of its checkpoints."""
    keys = KeyFolder(settings.data_folder / "keys")
    try:
        add_witness(keys, witness_of(name, vkey, url))
    except PolicyIsItsOwn as own:
        raise Failed("policy-is-its-own", file=keys.folder / str(own)) from own
    except WitnessHasAnotherKey as other:
        raise Failed("witness-has-another-key", name=name) from other
    except (MalformedKey, MalformedPolicy) as malformed:
        raise Failed("witness-unfit", reason=malformed) from malformed
    for file, use in (("policy", "to-publish"), ("policy-close-year", "to-close")):
        if policy := keys.policy(file):
            click.echo(SAID[use].format(quorum=quorum(policy)))
    for key in keys.log_keys()[-1:]:
        click.echo(SAID["log-key"].format(key=key.verifier))


def _lines(sealing: Sealing) -> list[str]:
    standing = sealing.standing
    newest = standing.newest
    if newest is None:
        return [SAID["never-sealed"], *sealing.wrongs]
    told = [
        SAID["sealed-to"].format(
            size=newest.checkpoint.size,
            moment=shown_moment(newest.signed_at),
            lines=standing.without_checkpoint,
        ),
        SAID["sealed-root"].format(root=newest.checkpoint.root.hex()),
    ]
    for witness in sealing.witnesses:
        moment = f", {shown_moment(witness.cosigned_at)}" if witness.cosigned_at else ""
        told.append(f"  {witness.name}: {witness.label}{moment}")
    if standing.policy:
        told.append(
            SAID["not-assured" if standing.without_quorum else "assured"].format(
                lines=standing.without_quorum, quorum=quorum(standing.policy)
            )
        )
    return [*told, *sealing.wrongs]


def _as_json(standing: Standing) -> dict[str, object]:
    newest, alarm = standing.newest, standing.alarm
    return {
        "lines": standing.lines,
        "origin": newest.checkpoint.origin if newest else None,
        "size": newest.checkpoint.size if newest else 0,
        "root": newest.checkpoint.root.hex() if newest else None,
        "signed_at": newest.signed_at.isoformat() if newest else None,
        "cosigned": {name: moment.isoformat() for name, moment in standing.cosigned.items()},
        "troubles": {name: trouble.value for name, trouble in standing.troubles.items()},
        "without_checkpoint": standing.without_checkpoint,
        "without_quorum": standing.without_quorum if standing.policy else None,
        "alarm": alarm and {"wrong": alarm.wrong.value, "witness": alarm.witness},
    }
