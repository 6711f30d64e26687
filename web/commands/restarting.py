"""Begin the log anew after a restore: who agrees is asked for the password here."""

import json
from datetime import datetime
from pathlib import Path

import click
from pydantic import ValidationError

from ledger.school.calendar import local_day
from ledger.school.incarnation import PublishedHead
from ledger.store.keys import KeyMissing
from ledger.trust.checkpoint import MalformedCheckpoint
from ledger.trust.note import MalformedNote, NotSigned, SignatureInvalid
from ledger.trust.policy import MalformedPolicy
from ledger.vocabulary import Author, PersonId, Role
from web.commands.failing import Failed
from web.commands.opening import account_named
from web.commands.wording import SAID
from web.desk import Desk
from web.publishing.asking import ask_over_http
from web.publishing.restarting import (
    Begun,
    NothingIsKnown,
    begin_anew,
    head_in,
    lost_key,
    newest_kept,
    newest_known_to_witnesses,
    unfinished,
)
from web.refusals import TooManySignIns, WrongSignIn


def restart(
    desk: Desk,
    *,
    reason: str,
    principal: str,
    administrator: str,
    last_checkpoint: Path | None,
    key_lost: bool,
    as_json: bool,
) -> None:
    """Begin a new incarnation, or finish one that was recorded and has no key yet."""
    begun = unfinished(desk)
    if begun is None:
        published = _published(desk, last_checkpoint, key_lost=key_lost)
        by = _acting_as_principal(desk, _agreed(desk, principal), desk.clock())
        other = _agreed(desk, administrator)
        try:
            begun = begin_anew(desk, published, by=by, administrator=other, reason=reason)
        except ValidationError as unfit:
            raise Failed("restart-reason-unfit") from unfit
    _tell(begun, as_json=as_json)


def _published(desk: Desk, last_checkpoint: Path | None, *, key_lost: bool) -> PublishedHead:
    """What was published last, by the file that somebody has or by the witnesses."""
    try:
        if name := lost_key(desk):
            if not key_lost:
                raise KeyMissing(name)
        elif key_lost:
            raise Failed("log-key-is-here")
        if last_checkpoint:
            return head_in(desk, last_checkpoint.read_bytes())
        if key_lost:
            return newest_kept(desk)
        return newest_known_to_witnesses(desk, ask_over_http)
    except OSError as failure:
        raise Failed("file-not-readable", file=last_checkpoint) from failure
    except (MalformedNote, MalformedCheckpoint, NotSigned, SignatureInvalid) as unfit:
        raise Failed("last-checkpoint-unfit", file=last_checkpoint) from unfit
    except NothingIsKnown as unknown:
        raise Failed("last-checkpoint-needed" if key_lost else "no-witness-told") from unknown
    except KeyMissing as missing:
        raise Failed("log-key-missing", origin=missing) from missing
    except MalformedPolicy as malformed:
        raise Failed("policy-unreadable", reason=malformed) from malformed


def _agreed(desk: Desk, username: str) -> PersonId:
    """Ask a person for the password, as the sign-in page does; the session ends at once."""
    account = account_named(desk, username)
    question = SAID["password-of"].format(username=account.username)
    password = click.prompt(question, hide_input=True, err=True)
    now = desk.clock()
    try:
        token = desk.accounts.sign_in(
            account.username, password, address="terminal", device="terminal", now=now
        )
    except WrongSignIn as wrong:
        raise Failed("password-wrong", username=account.username) from wrong
    except TooManySignIns as many:
        raise Failed("password-must-wait", username=account.username) from many
    if session := desk.accounts.session(token, now=now):
        desk.accounts.sign_out(session.session_id)
    return account.person


def _acting_as_principal(desk: Desk, person: PersonId, moment: datetime) -> Author:
    """The author: the principal, or who decides in the principal's place today."""
    school, today = desk.ledger.school(), local_day(moment)
    if Role.PRINCIPAL in school.roles_of(person, today):
        return Author(person=person, role=Role.PRINCIPAL)
    if in_place_of := school.acts_for(person, today):
        return Author(person=person, role=Role.PRINCIPAL, on_behalf_of=in_place_of)
    raise Failed("not-a-principal")


def _tell(begun: Begun, *, as_json: bool) -> None:
    fact = begun.fact
    if as_json:
        told = {
            "origin": fact.new_origin,
            "key": str(begun.key),
            "restored": fact.restored.size,
            "lost_first": fact.lost.first if fact.lost else None,
            "lost_last": fact.lost.last if fact.lost else None,
            "key_lost": fact.key_lost,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    lost = SAID["lines-lost" if fact.lost else "only-the-key-lost"]
    if fact.lost:
        lost = lost.format(first=fact.lost.first, last=fact.lost.last)
    restarted = SAID["restarted"].format(
        restored=fact.restored.size, origin=fact.new_origin, key=begun.key
    )
    click.echo(f"{lost}\n{restarted}")
