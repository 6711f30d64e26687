"""Import class lists, staff and assignments from the terminal; without --yes, only previewed."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar
from uuid import uuid4

import click
from rich.console import Console
from rich.table import Table

from ledger.vocabulary import Author, CommandId, Role
from web.access.permissions import SETS_UP
from web.commands.failing import Failed
from web.commands.importing import (
    content_of,
    person_named,
    print_end,
    print_warnings,
    stop_on_errors,
)
from web.commands.progress import progress_bar
from web.commands.wording import SAID, SHOWN
from web.desk import Desk
from web.spreadsheets.assignment_import import confirm_assignments, preview_assignments
from web.spreadsheets.assignments import AssignmentsPreview
from web.spreadsheets.class_list_import import confirm_class_lists, preview_class_lists
from web.spreadsheets.class_lists import ClassListsPreview, ListStanding
from web.spreadsheets.problem import FileRefused
from web.spreadsheets.staff_import import NewAccount, confirm_staff, preview_staff
from web.spreadsheets.staff_lists import StaffPreview, StaffStanding
from web.wording import role_name, subject_name

_Preview = TypeVar("_Preview")
_DISPLAYED: Final = 40  # rows; a school has six hundred pupils


def author_for_setup(desk: Desk, username: str) -> Author:
    """Who imports: the principal as such, since only the principal lets people decide."""
    person, roles = person_named(desk, username)
    for role in (Role.PRINCIPAL, *SETS_UP):
        if role in roles:
            return Author(person=person, role=role)
    raise Failed("no-role-for-import", username=username)


def import_class_lists(
    desk: Desk,
    file: Path,
    *,
    school_year: str,
    class_group: str | None,
    take_differences: bool | None,
    by: Author,
    yes: bool,
    as_json: bool,
) -> None:
    """Preview class lists, and record them with `yes`.

    `take_differences` says whether pupils whom the file describes otherwise get what it says or
    keep what is known; where there are such pupils, it has to be said.
    """
    asked = {"school_year": school_year, "wanted": class_group or ""}
    content = content_of(file)
    preview = _previewed(lambda: preview_class_lists(desk, content=content, **asked))
    if not as_json:
        _print_class_lists(preview)
    stop_on_errors(preview.errors)
    joined = 0
    if yes and preview.can_be_confirmed:
        _differences_are_decided(preview, take_differences)
        with progress_bar(SAID["importing"]) as progress:
            joined = confirm_class_lists(
                desk,
                by,
                plan=preview.plan,
                take=[each.code for each in preview.differences if take_differences],
                command_id=CommandId(uuid4()),
                progress=progress,
            ).joined
    if as_json:
        _print_json(preview.counts, differences=len(preview.differences), joined=joined)
        return
    done = SAID["lists-entered"].format(count=joined, classes=len(preview.plan.classes))
    print_end(done, waiting=len(preview.plan.classes), yes=yes)


def _differences_are_decided(preview: ClassListsPreview, take: bool | None) -> None:  # noqa: FBT001
    if preview.differences and take is None:
        raise Failed("differences-undecided", count=len(preview.differences))


def import_staff(
    desk: Desk, file: Path, *, school_year: str, by: Author, yes: bool, as_json: bool
) -> None:
    """Preview a list of staff, and let the people join with `yes`; passwords are told once."""
    content = content_of(file)
    preview = _previewed(lambda: preview_staff(desk, by, school_year=school_year, content=content))
    if not as_json:
        _print_staff(preview)
    stop_on_errors(preview.errors)
    accounts: Sequence[NewAccount] = ()
    if yes and preview.can_be_confirmed:
        with progress_bar(SAID["accounts"]) as progress:
            accounts = confirm_staff(
                desk,
                by,
                school_year=school_year,
                plan=preview.plan,
                take=(),
                command_id=CommandId(uuid4()),
                progress=progress,
            )
    if as_json:
        told = [{"username": one.username, "password": one.password} for one in accounts]
        _print_json(preview.counts, accounts=told)
        return
    waiting = len(preview.plan.people) if preview.can_be_confirmed else 0
    print_end(SAID["staff-entered"].format(count=len(accounts)), waiting=waiting, yes=yes)
    _print_accounts(accounts)


def import_assignments(
    desk: Desk, file: Path, *, school_year: str, by: Author, yes: bool, as_json: bool
) -> None:
    """Preview assignments, and record them with `yes`."""
    content = content_of(file)
    preview = _previewed(
        lambda: preview_assignments(desk, school_year=school_year, content=content)
    )
    if not as_json:
        _print_assignments(desk, preview)
    stop_on_errors(preview.errors)
    changes = 0
    if yes and preview.can_be_confirmed:
        with progress_bar(SAID["assigning"]) as progress:
            recorded = confirm_assignments(
                desk, by, plan=preview.plan, command_id=CommandId(uuid4()), progress=progress
            )
        changes = recorded.assigned + recorded.unassigned
    if as_json:
        _print_json(preview.counts, recorded=changes)
        return
    waiting = len(preview.rows) if preview.can_be_confirmed else 0
    print_end(SAID["assignments-entered"].format(count=changes), waiting=waiting, yes=yes)


def _previewed(preview: Callable[[], _Preview]) -> _Preview:
    try:
        return preview()
    except FileRefused as refused:
        raise Failed(refused.problem.code, refused.problem.sentence) from refused


def _print_json(
    counts: Mapping[Any, int],  # by a standing of the file's own kind
    **more: object,
) -> None:
    rows = {str(standing): count for standing, count in counts.items()}
    click.echo(json.dumps({"rows": rows, **more}, ensure_ascii=False))


def _print_class_lists(preview: ClassListsPreview) -> None:
    classes = Table(SAID["class"], *(SHOWN[standing] for standing in ListStanding), "")
    for each in preview.classes:
        counts = (str(each.counts.get(standing, 0)) for standing in ListStanding)
        classes.add_row(each.class_group, *counts, SAID["new-class"] if each.is_new else "")
    console = Console()
    console.print(classes)
    for row in preview.rows:
        if row.problem and row.standing is ListStanding.LEFT_OUT:
            click.echo(f"  {row.problem.sentence}")
    for difference in preview.differences:
        told = "; ".join(f"{one.known} → {one.found}" for one in difference.differs)
        click.echo(f"  {difference.cell}: {difference.code}: {told}")
    for each in preview.classes:
        if each.missing:
            names = ", ".join(pupil.full_name for pupil in each.missing)
            click.echo(SAID["missing"].format(class_group=each.class_group, names=names))
    if preview.unread:
        click.echo(SAID["unread"].format(columns=", ".join(preview.unread)))
    print_warnings(preview.warnings)


def _print_staff(preview: StaffPreview) -> None:
    table = Table(SAID["row"], SAID["person"], SAID["role"], SAID["username"], "")
    for row in preview.rows:
        if row.standing is StaffStanding.KNOWN:
            continue
        roles = ", ".join(role_name(role) for role in row.listed.roles) if row.listed else ""
        username = (row.listed.username or "") if row.listed else ""
        note = row.problem.sentence if row.problem else SHOWN[row.standing]
        table.add_row(str(row.row), row.name, roles, username, note)
    Console().print(table)
    if preview.unread:
        click.echo(SAID["unread"].format(columns=", ".join(preview.unread)))
    for row in preview.renamed:
        name = row.listed.full_name if row.listed else row.name
        click.echo(SAID["name-kept"].format(known=row.known_as, found=name))
    print_warnings(preview.warnings)


def _print_accounts(accounts: Sequence[NewAccount]) -> None:
    if not accounts:
        return
    table = Table(SAID["person"], SAID["username"], SAID["password"])
    for one in accounts:
        table.add_row(one.full_name, one.username, one.password)
    Console().print(table)


def _print_assignments(desk: Desk, preview: AssignmentsPreview) -> None:
    names = desk.names()
    table = Table(SAID["class"], SAID["subject"], SAID["person"], "")
    changed = [row for row in preview.rows if row.change != "same"]
    for row in changed[:_DISPLAYED]:
        subject = subject_name(row.subject) if row.subject else SAID["homeroom"]
        table.add_row(row.class_group, subject, names.staff(row.person), SHOWN[row.change])
    Console().print(table)
    if len(changed) > _DISPLAYED:
        click.echo(SAID["more-rows"].format(count=len(changed) - _DISPLAYED))
    print_warnings(preview.warnings)
