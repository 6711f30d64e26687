"""Class lists, from the bytes of a file to the year: classes formed, lists set, newcomers added.

As with marks, nothing is kept between preview and confirmation: the page carries the plan.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import uuid4

from ledger.authority import SETS_UP, only_for
from ledger.collation import class_list_order
from ledger.people import Pupil
from ledger.school.commands import EnrolPupils, FormClass, SetClassList, YearCommand
from ledger.school.facts import ClassListSet, PupilsEnrolled
from ledger.school.refusals import YearNotPlanned
from ledger.school.year import Year
from ledger.vocabulary import Author, CommandId, PupilId
from web.desk import Desk
from web.moments import VIETNAM
from web.spreadsheets.class_lists import ClassesNow, ClassListsPreview
from web.spreadsheets.class_names import grade_of
from web.spreadsheets.layouts import PupilTable, candidates, read_table
from web.spreadsheets.listed_pupils import (
    ClassListsPlan,
    ListedPupil,
    completed,
    differences_between,
    taken_from_file,
)
from web.spreadsheets.problem import Problem
from web.spreadsheets.reader import read_workbook
from web.spreadsheets.reading_class_lists import class_lists_preview

Progress = Callable[[int, int], None]
_PADDED: Final = (10, 12)


class Recorded(NamedTuple):
    """What an import of class lists changed."""

    classes: int  # whose list is another one now
    joined: int  # pupils


def planned_year(desk: Desk, school_year: str) -> Year:
    """The year as it is now; raises YearNotPlanned."""
    year = desk.ledger.year(school_year)
    if year.planned is None:
        raise YearNotPlanned(school_year=school_year)
    return year


def preview_class_lists(
    desk: Desk, *, school_year: str, content: bytes, wanted: str = ""
) -> ClassListsPreview:
    """What confirming this file would do to the year; raises FileRefused and YearNotPlanned.

    `wanted` is the class where the file must be about one only, or does not say which.
    """
    year = planned_year(desk, school_year)
    sheets = read_workbook(content)
    tables = [read_table(found) for found in candidates(sheets, with_scores=False)]
    restricted = desk.ledger.privacy().restricted
    now = ClassesNow(year=year, known=_known(desk, year, tables), restricted=restricted)
    preview = class_lists_preview(tables, now, wanted=wanted)
    if hidden := [sheet.name for sheet in sheets if sheet.hidden]:
        told = Problem("hidden-sheets", "", {"sheets": ", ".join(hidden)})
        preview = preview.with_warning(told)
    return preview


def confirm_class_lists(
    desk: Desk,
    by: Author,
    *,
    plan: ClassListsPlan,
    take: Collection[str],
    command_id: CommandId,
    progress: Progress = lambda _done, _total: None,
) -> Recorded:
    """Write the pupils into the directory and the lists into the year. Raises `Refused`.

    `take` are the codes of known pupils who get the name and the birth date of the file; all others
    keep theirs. The lists are one append: all of them or none. Confirmed twice, or again after a
    crash in the middle, what is missing is completed and nothing is doubled.
    """
    only_for(by, *SETS_UP)
    year = planned_year(desk, plan.school_year)
    progress(0, 2)
    listed = [pupil for group in plan.classes for pupil in group.pupils]
    directory = _registered(desk, listed, take)
    progress(1, 2)
    recorded = Recorded(0, 0)
    if desk.ledger.recorder.find_command(command_id) is None:
        asked = _Asked(desk, by, command_id, year)
        if wanted := list(asked.commands(plan, directory)):
            recorded = _recorded(desk, wanted)
    progress(2, 2)
    return recorded


def has_differences(desk: Desk, plan: ClassListsPlan) -> bool:
    """Whether the file describes any pupil otherwise than the directory does now."""
    listed = {pupil.code: pupil for group in plan.classes for pupil in group.pupils}
    known, restricted = desk.people.pupils_by_code(listed), desk.ledger.privacy().restricted
    return any(
        differences_between(pupil, listed[code])
        for code, pupil in known.items()
        if pupil.pupil_id not in restricted
    )


def today_of(desk: Desk) -> date:
    """The day in Việt Nam."""
    return desk.clock().astimezone(VIETNAM).date()


def _known(desk: Desk, year: Year, tables: Sequence[PupilTable]) -> Mapping[str, Pupil]:
    """Everybody whom the file names by any code, and everybody on a list of the year."""
    codes = [code for table in tables for row in table.rows for code in row.codes]
    texts = {code.text for code in codes}
    texts.update(code.text.zfill(n) for code in codes if code.numeric for n in _PADDED)
    listed = [pupil for group in year.classes.values() for pupil in group.present]
    by_code = {pupil.code: pupil for pupil in desk.people.pupils(listed).values()}
    return _as_shown(desk, {**desk.people.pupils_by_code(texts), **by_code})


def _as_shown(desk: Desk, known: Mapping[str, Pupil]) -> Mapping[str, Pupil]:
    """The pupils by their codes; of the restricted, nothing but what they are called instead."""
    restricted, names = desk.ledger.privacy().restricted, desk.names()
    named = names.pupils(one.pupil_id for one in known.values() if one.pupil_id in restricted)
    return {
        code: Pupil(pupil_id=pupil.pupil_id, code=pupil.code, **named[pupil.pupil_id].model_dump())
        if pupil.pupil_id in named
        else pupil
        for code, pupil in known.items()
    }


def _registered(
    desk: Desk, listed: Sequence[ListedPupil], take: Collection[str]
) -> Mapping[str, Pupil]:
    """The pupils as the directory has them now, by code; who was not in it is added."""
    known = desk.people.pupils_by_code(pupil.code for pupil in listed)
    new = {
        pupil.code: Pupil(pupil_id=PupilId(uuid4()), **pupil.model_dump())
        for pupil in listed
        if pupil.code not in known
    }
    # What is restricted is kept as it is: nobody could see what a file would change.
    restricted = desk.ledger.privacy().restricted
    told = {
        pupil.code: (taken_from_file if pupil.code in take else completed)(known[pupil.code], pupil)
        for pupil in listed
        if pupil.code in known and known[pupil.code].pupil_id not in restricted
    }
    desk.people.register_pupils(new.values())
    desk.people.change_pupils(pupil for code, pupil in told.items() if pupil != known[code])
    return {**known, **told, **new}


class _Asked(NamedTuple):
    """What the commands of one confirmation share."""

    desk: Desk
    by: Author
    command_id: CommandId
    year: Year

    def commands(
        self, plan: ClassListsPlan, directory: Mapping[str, Pupil]
    ) -> Iterator[YearCommand]:
        """Each class is formed where it is new; then its list is set, or goes on at the end."""
        today = today_of(self.desk)
        asked: dict[str, Any] = {
            "command_id": self.command_id,
            "by": self.by,
            "at": self.desk.clock(),
            "school_year": plan.school_year,
        }
        for listed in plan.classes:
            name = listed.class_group
            if listed.is_new:
                yield FormClass(**asked, class_group=name, grade=grade_of(name))
            group = self.year.classes.get(name)
            places = group.places if group else {}
            pupils = [directory[pupil.code] for pupil in listed.pupils]
            coming = [pupil.pupil_id for pupil in pupils if pupil.pupil_id not in places]
            if self.year.opened:
                if coming:
                    yield EnrolPupils(**asked, class_group=name, pupils=tuple(coming), since=today)
                continue
            present = group.present if group else []
            whole = self._in_order([*present, *coming])
            if coming or list(whole) != present:
                since = min(today, self.year.frame(1).first)
                yield SetClassList(**asked, class_group=name, pupils=whole, since=since)

    def _in_order(self, pupils: Sequence[PupilId]) -> tuple[PupilId, ...]:
        """By tên, then họ đệm, in Vietnamese order, as class lists are kept."""
        named = self.desk.people.pupil_names(pupils)

        def place(pupil: PupilId) -> tuple[bool, object]:
            known = named.get(pupil)
            names = (known.given_name, known.family_name) if known else ("", "")
            return known is None, class_list_order(*names)

        return tuple(sorted(pupils, key=place))


def _recorded(desk: Desk, wanted: Sequence[YearCommand]) -> Recorded:
    before = {
        command.class_group: desk.ledger.year(command.school_year).classes.get(command.class_group)
        for command in wanted
        if isinstance(command, SetClassList | EnrolPupils)
    }
    lines = desk.handle_together(wanted)
    facts = [line.fact for line in lines if isinstance(line.fact, ClassListSet | PupilsEnrolled)]
    joined = 0
    for fact in facts:
        group = before[fact.class_group]
        was = set(group.present) if group else set()
        joined += sum(1 for entry in fact.pupils if entry.pupil not in was)
    return Recorded(len(facts), joined)
