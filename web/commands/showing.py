"""The ledger as text: one line per fact, in a form that two runs can be compared by."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import click
from sqlalchemy import select

from ledger.application import attempts_stream
from ledger.line import Line
from ledger.store.codec import to_line
from ledger.store.recorder import Head
from ledger.store.tables import event
from ledger.vocabulary import PersonId, PupilId, SheetId
from web.commands.wording import HEAD
from web.desk import Desk
from web.moments import VIETNAM

_AT_ONCE = 2_000
_MOST_LISTED = 3


def show(desk: Desk, lines: Iterator[Line], *, with_names: bool, as_json: bool) -> None:
    """Print lines, ids in place of names unless asked otherwise."""
    known = _Known(desk) if with_names else None
    for line in lines:
        click.echo(_json_of(line, known) if as_json else text_of(line, known))


def show_head(head: Head, *, as_json: bool) -> None:
    """Print where the ledger ends: the last position, and the root over all lines up to it."""
    if as_json:
        click.echo(json.dumps({"position": head.position, "root": head.root.hex()}))
    else:
        click.echo(HEAD.format(position=head.position, root=head.root.hex()))


def lines_between(desk: Desk, *, first: int, last: int | None) -> Iterator[Line]:
    """The lines at these positions, both included, to the end where there is no last."""
    end = desk.ledger.recorder.head().position
    end = end if last is None else min(last, end)
    while first <= end:
        found = desk.ledger.recorder.select_notifications(first, _AT_ONCE, stop=end)
        for notification in found:
            yield to_line(notification)
        if not found:
            return
        first = found[-1].id + 1


def lines_of_sheet(
    desk: Desk, sheet_id: SheetId, *, first: int, last: int | None
) -> Iterator[Line]:
    """The lines of a sheet and of the refused attempts on it, in the order of the ledger."""
    streams = [sheet_id, attempts_stream(sheet_id)]
    query = select(event.c.position).where(event.c.originator_id.in_(map(str, streams)))
    with desk.engine.connect() as connection:
        positions = sorted(connection.execute(query).scalars())
    for run_first, run_last in _runs(p for p in positions if first <= p <= (last or p)):
        yield from lines_between(desk, first=run_first, last=run_last)


def _runs(positions: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring positions together: what one command wrote is read in one question."""
    run: tuple[int, int] | None = None
    for position in positions:
        if run and position == run[1] + 1:
            run = (run[0], position)
            continue
        if run:
            yield run
        run = (position, position)
    if run:
        yield run


class _Known:
    """The names behind ids."""

    def __init__(self, desk: Desk) -> None:
        self._names = desk.names()
        self._staff = desk.people.staff_members()

    def of(self, person: UUID) -> str:
        if person in self._staff:
            return self._names.staff(PersonId(person))
        return self._names.pupil(PupilId(person))


def text_of(line: Line, known: _Known | None = None) -> str:
    """A line as text: position, local time, role, stream, version, fact, what it says."""
    at = line.at.astimezone(VIETNAM)
    who = f"{line.by.role}"
    if known:
        who += f" ({known.of(line.by.person)})"
    if line.by.on_behalf_of:
        who += f" for {known.of(line.by.on_behalf_of) if known else line.by.on_behalf_of}"
    place = f"{line.stream_id} v{line.version}"
    body = line.fact.model_dump(mode="json")
    return (
        f"{line.position:07d}  {at:%Y-%m-%d %H:%M:%S}  {who}  {place}  {_said(line, body, known)}"
    )


def _said(line: Line, body: dict[str, Any], known: _Known | None) -> str:
    if known and (pupil := body.get("pupil")):
        body["pupil"] = known.of(UUID(pupil))
    change = ""
    if "before" in body or "after" in body:
        change = f"  {body.pop('before', '') or '∅'} → {body.pop('after', '') or '∅'}"
    said = " ".join(f"{key}={_short(value)}" for key, value in body.items())
    return f"{line.fact.NAME}  {said}{change}"


def _short(value: object) -> str:
    """A value on one line; a long list is told by its length, in full only in JSON."""
    if isinstance(value, list) and len(value) > _MOST_LISTED:
        return f"[{len(value)}]"
    if isinstance(value, str) and " " not in value:
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json_of(line: Line, known: _Known | None) -> str:
    by = line.by.model_dump(mode="json", exclude_none=True)
    body = line.fact.model_dump(mode="json")
    if known:
        by["name"] = known.of(line.by.person)
        if pupil := body.get("pupil"):
            body["pupil_name"] = known.of(UUID(pupil))
    return json.dumps(
        {
            "position": line.position,
            "at": line.at.isoformat(),
            "by": by,
            "stream": str(line.stream_id),
            "version": line.version,
            "name": line.fact.NAME,
            "fact": body,
            "command": str(line.command_id),
        },
        ensure_ascii=False,
    )
