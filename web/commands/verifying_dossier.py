"""Verify one dossier at a terminal: on a stranger's machine, without the school."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from ledger.trust.note import MalformedKey, VerifierKey
from ledger.trust.policy import MalformedPolicy, Policy
from web.commands.failing import InVietnamese, unusable
from web.commands.wording import SAID
from web.dossiers.bundle import LARGEST, BundleUnreadable
from web.dossiers.verifying import Verified, verify
from web.moments import shown_moment
from web.wording import dossier_checks as words
from web.wording.school import role_name
from web.wording.verification import posix_moment


def verify_file(file: Path, *, logs: Sequence[str], policy_file: Path | None, as_json: bool) -> int:
    """Verify and tell; 0 where all is right, 1 with a flaw; a usage error for other files."""
    policy = _policy(logs, policy_file)
    try:
        with file.open("rb") as opened:
            told = verify(opened.read(LARGEST + 1), policy=policy)
    except OSError:
        unusable("bad-value", name=str(file))
    except BundleUnreadable as unreadable:
        sentence = words.unreadable_sentence(unreadable.why, unreadable.name)
        raise InVietnamese(f"{sentence} [{unreadable.why}]") from unreadable
    if as_json:
        click.echo(json.dumps(_as_data(told), ensure_ascii=False))
    else:
        _tell(told)
    return 0 if told.is_sound else 1


def _policy(logs: Sequence[str], file: Path | None) -> Policy | None:
    try:
        policy = Policy.parse(file.read_bytes()) if file else None
        keys = {VerifierKey.parse(text): None for text in logs}
    except (MalformedPolicy, OSError):
        unusable("bad-value", name="--policy")
    except MalformedKey:
        unusable("bad-value", name="--log")
    if not keys:
        return policy
    asked = policy or Policy()
    return Policy(asked.quorum, {**asked.logs, **keys}, asked.witnesses, asked.groups)


def _tell(told: Verified) -> None:
    said = told.manifest
    click.echo(SAID["dossier-number"].format(number=said.number, year=said.school_year))
    if told.sealed:
        sealed = told.sealed.checkpoint
        click.echo(
            SAID["dossier-sealed"].format(lines=told.lines, origin=sealed.origin, size=sealed.size)
        )
        for name, at in told.sealed.cosigned.items():
            click.echo(SAID["dossier-cosigned"].format(name=name, moment=posix_moment(at)))
    if told.account:
        for signed in told.account.dossier.signatures:
            signer, moment = role_name(signed.fact.role), shown_moment(signed.at)
            click.echo(SAID["dossier-signed"].format(role=signer, moment=moment))
    for heading, found in (("dossier-flaws", told.flaws), ("dossier-notes", told.notes)):
        if found:
            click.echo(SAID[heading])
        for one in found:
            click.echo(f"  {words.flaw_sentence(one)} [{one.flaw}]")
    click.echo(words.outcome(told.flaws))


def _as_data(told: Verified) -> dict[str, object]:
    sealed = told.sealed.checkpoint if told.sealed else None
    return {
        "sound": told.is_sound,
        "number": told.manifest.number,
        "school_year": told.manifest.school_year,
        "correction": str(told.manifest.correction_id),
        "lines": told.lines,
        "origin": sealed.origin if sealed else None,
        "size": sealed.size if sealed else None,
        "cosigned": dict(told.sealed.cosigned) if told.sealed else {},
        "flaws": [{"code": one.flaw, "where": one.where, "told": one.told} for one in told.flaws],
        "notes": [{"code": one.flaw, "where": one.where, "told": one.told} for one in told.notes],
    }
