"""Importing marks and class lists: from the bytes of a file to a preview, and to the ledger.

Between the preview and the confirmation nothing is kept on the server: the page carries what was
previewed (cells, marks, the versions they were compared at), and confirming sends exactly that.
So the person gets what they saw or a conflict, a double click happens once (by the command id),
and no file full of names stays on a disk. Altering the page gains nothing, since the ledger
decides on a confirmed batch as on one typed into the grid.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import uuid4, uuid5

from ledger.authority import only_for
from ledger.line import Line
from ledger.people import Pupil
from ledger.refusal import Refused
from ledger.sheet.commands import AddPupil, CellEntry, EnterMarks
from ledger.sheet.decide import decide
from ledger.sheet.refusals import SheetNotOpen
from ledger.sheet.state import Sheet
from ledger.vocabulary import PERIODIC, Author, CommandId, PupilId, Role, SheetId
from web.access.permissions import SETS_UP
from web.desk import Desk
from web.spreadsheets.choosing import Wanted, chosen
from web.spreadsheets.class_lists import (
    ClassListPlan,
    ClassListPreview,
    ClassNow,
    class_list_preview,
)
from web.spreadsheets.layouts import Candidate, candidates, read_table
from web.spreadsheets.matching import Preview, PupilNow, SheetNow, preview_of
from web.spreadsheets.problem import FileRefused, Problem
from web.spreadsheets.reader import read_workbook
from web.spreadsheets.spelling import same_class
from web.wording import subject_name

MARKS_AT_ONCE: Final = 1_000  # what one command takes

Progress = Callable[[int, int], None]


def preview_scores(desk: Desk, by: Author, *, sheet_id: SheetId, content: bytes) -> Preview:
    """What confirming this file would do to the sheet; raises FileRefused, SheetNotOpen."""
    sheet = desk.ledger.sheet(sheet_id)
    now = _sheet_now(desk, by, sheet)
    sheets = read_workbook(content)
    table = read_table(chosen(candidates(sheets, with_scores=True), now.wanted))
    preview = preview_of(table, now)
    if hidden := [each.name for each in sheets if each.hidden]:
        told = Problem("hidden-sheets", "", {"sheets": ", ".join(hidden)})
        preview = replace(preview, warnings=(*preview.warnings, told))
    return _with_the_ledgers_answer(preview, desk, by, sheet_id=sheet_id, sheet=sheet)


def confirm_scores(
    desk: Desk,
    by: Author,
    *,
    sheet_id: SheetId,
    entries: Sequence[CellEntry],
    command_id: CommandId,
) -> Sequence[Line]:
    """Enter what was previewed: all of it or nothing. Raises `Refused`.

    A cell that has changed since the preview makes it a conflict, not an overwrite.
    """
    return desk.handle(
        EnterMarks(
            command_id=command_id,
            sheet_id=sheet_id,
            by=by,
            at=desk.clock(),
            entries=tuple(entries),
        )
    )


def preview_class_list(
    desk: Desk, *, school_year: str, class_group: str, content: bytes
) -> ClassListPreview:
    """What confirming this list would do to the class; raises FileRefused."""
    found = candidates(read_workbook(content), with_scores=False)
    table = read_table(_list_of(class_group, found))
    codes = {code.text for row in table.rows for code in row.codes}
    ids = [entry.pupil_id for entry in desk.people.class_list(school_year, class_group)]
    listed = desk.people.pupils(ids)
    by_code = {**desk.people.pupils_by_code(codes), **{p.code: p for p in listed.values()}}
    now = ClassNow(
        school_year=school_year,
        class_group=class_group,
        listed=[listed[pupil_id].code for pupil_id in ids if pupil_id in listed],
        known=by_code,
    )
    return class_list_preview(table, now)


def confirm_class_list(
    desk: Desk,
    by: Author,
    *,
    plan: ClassListPlan,
    command_id: CommandId,
    progress: Progress = lambda _done, _total: None,
) -> int:
    """Register, enrol, and add to the class's open sheets; returns how many joined the list.

    Each step takes what it finds and adds what is missing, so that a list confirmed twice, or
    again after a crash in the middle, is completed and nothing is doubled. Raises `Refused`.
    """
    only_for(by, *SETS_UP, Role.SYSTEM)
    pupils = _registered(desk, plan)
    before = len(desk.people.class_list(plan.school_year, plan.class_group))
    desk.people.enrol(plan.school_year, plan.class_group, pupils)
    listed = desk.people.class_list(plan.school_year, plan.class_group)
    on_list = {entry.pupil_id for entry in listed}
    _add_to_sheets(
        desk,
        by,
        plan=plan,
        pupils=[pupil for pupil in pupils if pupil in on_list],
        command_id=command_id,
        progress=progress,
    )
    return len(listed) - before


def _sheet_now(desk: Desk, by: Author, sheet: Sheet) -> SheetNow:
    opened = sheet.opened
    if opened is None:
        raise SheetNotOpen
    named = desk.people.pupils(sheet.numbers)
    in_order = sorted(named, key=sheet.numbers.__getitem__)
    return SheetNow(
        wanted=Wanted(
            class_group=opened.class_group,
            subject_name=subject_name(opened.subject),
            semester=opened.semester,
            school_year=opened.school_year,
        ),
        kind=opened.kind,
        columns=opened.columns,
        # Regular marks are the teacher's alone (regulation, Điều 8.1).
        enterable=PERIODIC if by.role is Role.SECRETARY else frozenset(opened.columns),
        pupils=tuple(
            PupilNow(pupil, named[pupil].code, named[pupil].full_name, left=pupil in sheet.left)
            for pupil in in_order
        ),
        cells=sheet.cells,
    )


def _with_the_ledgers_answer(
    preview: Preview, desk: Desk, by: Author, *, sheet_id: SheetId, sheet: Sheet
) -> Preview:
    """The preview, and what the rules would say now: a locked column is told before confirming."""
    if not preview.entries:
        return preview
    if len(preview.entries) > MARKS_AT_ONCE:
        many = Problem("too-many-marks", "", {"limit": MARKS_AT_ONCE})
        return replace(preview, file_errors=(*preview.file_errors, many))
    command = EnterMarks(
        command_id=CommandId(uuid4()),
        sheet_id=sheet_id,
        by=by,
        at=desk.clock(),
        entries=preview.entries,
    )
    try:
        decide(command, sheet)
    except Refused as refusal:
        return replace(preview, refusal=refusal)
    return preview


def _list_of(class_group: str, found: Sequence[Candidate]) -> Candidate:
    """The worksheet of this class; a single one is taken whatever it says, to be told what."""
    if len(found) == 1:
        return found[0]
    fitting = [
        each
        for each in found
        if each.title.class_groups
        and all(same_class(said.text, class_group) for said in each.title.class_groups)
    ]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(each.sheet.name for each in fitting or found)
    if fitting:
        raise FileRefused("several-sheets-fit", sheets=names)
    raise FileRefused("no-sheet-fits", wanted=f"lớp {class_group}", sheets=names)


def _registered(desk: Desk, plan: ClassListPlan) -> list[PupilId]:
    """The ids of the pupils of the plan, in its order; who is not in the directory is added."""
    known: Mapping[str, Pupil] = desk.people.pupils_by_code(pupil.code for pupil in plan.pupils)
    new = {
        pupil.code: Pupil(pupil_id=PupilId(uuid4()), **pupil.model_dump())
        for pupil in plan.pupils
        if pupil.code not in known
    }
    desk.people.register_pupils(new.values())
    return [(known.get(pupil.code) or new[pupil.code]).pupil_id for pupil in plan.pupils]


def _add_to_sheets(
    desk: Desk,
    by: Author,
    *,
    plan: ClassListPlan,
    pupils: Sequence[PupilId],
    command_id: CommandId,
    progress: Progress,
) -> None:
    """Add the pupils to every sheet of the class that never had them.

    Who has left a sheet stays away: a list may be older than the leaving.
    """
    cards = desk.gradebook.sheets(class_group=plan.class_group)
    sheet_ids = [card.sheet_id for card in cards if card.school_year == plan.school_year]
    for done, sheet_id in enumerate(sheet_ids, 1):
        numbers = desk.ledger.sheet(sheet_id).numbers
        for pupil in pupils:
            if pupil not in numbers:
                own_id = CommandId(uuid5(command_id, f"{sheet_id}/{pupil}"))
                desk.handle(
                    AddPupil(
                        command_id=own_id,
                        sheet_id=sheet_id,
                        by=by,
                        at=desk.clock(),
                        pupil=pupil,
                    )
                )
        progress(done, len(sheet_ids))
