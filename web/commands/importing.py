"""Import marks from the terminal: previewed always, entered with --yes."""

import json
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import click
from rich.console import Console
from rich.table import Table

from ledger.school.calendar import local_day
from ledger.vocabulary import Author, CommandId, Mark, PersonId, Role, SheetId
from web.commands.failing import Failed
from web.commands.opening import account_named
from web.commands.wording import SAID
from web.desk import Desk
from web.marks import shown_mark
from web.spreadsheets.importing import confirm_scores, preview_scores
from web.spreadsheets.matching import Preview, Standing
from web.spreadsheets.problem import FileRefused, Problem
from web.wording import column_name, refusal_sentence


def content_of(file: Path) -> bytes:
    """The bytes of a file; `Failed` if it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as failure:
        raise Failed("file-not-readable", file=file) from failure


def import_scores(
    desk: Desk, file: Path, *, sheet_id: SheetId, by: Author, yes: bool, as_json: bool
) -> None:
    """Preview the marks of a file, and enter them with `yes`."""
    try:
        preview = preview_scores(desk, by, sheet_id=sheet_id, content=content_of(file))
    except FileRefused as refused:
        raise Failed(refused.problem.code, refused.problem.sentence) from refused
    if not as_json:
        _print_scores(preview)
    stop_on_errors(preview.errors)
    if preview.refusal:
        sentence = refusal_sentence(preview.refusal, desk.names())
        raise Failed(preview.refusal.code, sentence)
    entered = 0
    if yes and preview.entries:
        command_id = CommandId(uuid4())
        confirm_scores(desk, by, sheet_id=sheet_id, entries=preview.entries, command_id=command_id)
        entered = len(preview.entries)
    if as_json:
        counts = {standing.value: count for standing, count in preview.cell_counts.items()}
        click.echo(json.dumps({"cells": counts, "entered": entered}))
    else:
        print_end(SAID["entered"].format(count=entered), waiting=len(preview.entries), yes=yes)


def author_for_scores(
    desk: Desk, *, username: str, on_behalf_of: str | None, sheet_id: SheetId
) -> Author:
    """A teacher of the sheet by that role, a secretary on a teacher's behalf."""
    person, roles = person_named(desk, username)
    sheet = desk.ledger.sheet(sheet_id)
    if Role.SUBJECT_TEACHER in roles and person in sheet.teachers:
        return Author(person=person, role=Role.SUBJECT_TEACHER)
    if Role.SECRETARY in roles:
        teacher = _teacher(desk, on_behalf_of, sheet.teachers)
        return Author(person=person, role=Role.SECRETARY, on_behalf_of=teacher)
    # The rules say no in their own words, and keep the attempt.
    role = Role.SUBJECT_TEACHER if Role.SUBJECT_TEACHER in roles else min(roles)
    return Author(person=person, role=role)


def person_named(desk: Desk, username: str) -> tuple[PersonId, frozenset[Role]]:
    """The person behind an account, with the roles of today; `Failed` where there are none."""
    person = account_named(desk, username).person
    roles = desk.ledger.school().roles_of(person, local_day(desk.clock()))
    if not roles:
        raise Failed("no-role-for-import", username=username)
    return person, roles


def _teacher(desk: Desk, named: str | None, teachers: set[PersonId]) -> PersonId | None:
    if named:
        return account_named(desk, named).person
    return next(iter(teachers)) if len(teachers) == 1 else None


def stop_on_errors(errors: Sequence[Problem]) -> None:
    """Tell every error on the error stream; `Failed` if there is one."""
    for problem in errors:
        click.echo(f"  {problem.cell}: {problem.sentence} [{problem.code}]", err=True)
    if errors:
        raise Failed("file-has-errors", count=len(errors))


def _print_scores(preview: Preview) -> None:
    table = Table("", SAID["pupil"], SAID["change"])
    for row in preview.rows:
        changes = [
            f"{column_name(cell.column)}: {_shown(cell.before)} → {_shown(cell.after)}"
            for cell in row.cells.values()
            if cell.standing is not Standing.SAME
        ]
        if changes or row.note:
            note = [row.note.sentence] if row.note else []
            table.add_row(str(row.row), row.name, "\n".join([*changes, *note]))
    console = Console()
    console.print(table)
    counts = {standing.value: preview.cell_counts.get(standing, 0) for standing in Standing}
    console.print(SAID["preview"].format_map(counts))
    print_warnings(preview.warnings)


def _shown(mark: Mark) -> str:
    return shown_mark(mark) or "∅"


def print_warnings(warnings: Sequence[Problem]) -> None:
    for warning in warnings:
        click.echo(f"⚠ {warning.sentence}")


def print_end(done: str, *, waiting: int, yes: bool) -> None:
    """Say what was done, or that nothing was: for want of --yes, or of anything to do."""
    if not waiting:
        click.echo(SAID["nothing-to-do"])
    else:
        click.echo(done if yes else SAID["only-preview"])
