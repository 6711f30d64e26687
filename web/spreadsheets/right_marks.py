"""Right marks for some columns of a sheet: whose each line is, and what is wrong with it.

A line is matched by its code, else by its name (and birth date where two share one), else by the
number of the class list. Only where no line says whose it is are they counted down the list.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ledger.sheet.state import Place
from ledger.vocabulary import Mark, SubjectKind
from web.spreadsheets.mark_lines import MarkLine, MarkLines
from web.spreadsheets.marks_in_cells import mark_in
from web.spreadsheets.matching import Directory, PupilNow
from web.spreadsheets.problem import FileRefused, Problem
from web.spreadsheets.spelling import spoken


@dataclass(frozen=True, slots=True)
class RightMarks:
    """What the lines say: one problem anywhere, and none of them is taken."""

    marks: Mapping[Place, Mark]
    lines: int
    by_order: bool
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def right_marks(read: MarkLines, pupils: Sequence[PupilNow], kind: SubjectKind) -> RightMarks:
    """The marks of the lines by pupil and column; raises FileRefused for more lines than pupils.

    `pupils` are all of the sheet, in the order of their numbers.
    """
    present = [pupil for pupil in pupils if not pupil.left]
    if read.by_order and len(read.lines) > len(present):
        raise FileRefused("more-lines-than-pupils", lines=len(read.lines), pupils=len(present))
    problems = list(read.problems)
    marks: dict[Place, Mark] = {}
    first_place: dict[PupilNow, str] = {}
    for line, found in zip(read.lines, _whose(read, pupils, present), strict=True):
        if isinstance(found, Problem):
            problems.append(found)
        elif first := first_place.get(found):
            details = {"name": found.shown_name, "first": first}
            problems.append(Problem("pupil-twice", line.place, details))
        else:
            first_place[found] = line.place
            _take(line, found, kind, marks, problems)
    warnings = _missing(read, present, first_place)
    return RightMarks(marks, len(read.lines), read.by_order, tuple(problems), tuple(warnings))


def _take(
    line: MarkLine,
    pupil: PupilNow,
    kind: SubjectKind,
    marks: dict[Place, Mark],
    problems: list[Problem],
) -> None:
    for held in line.marks:
        match mark_in(held, kind):
            case Problem() as problem:
                problems.append(problem)
            case Mark() as mark:
                marks[pupil.pupil_id, held.column] = mark


def _missing(
    read: MarkLines, present: Sequence[PupilNow], taken: Mapping[PupilNow, str]
) -> Iterator[Problem]:
    left_alone = [pupil.shown_name for pupil in present if pupil not in taken]
    if left_alone and read.by_order:
        details = {"lines": len(read.lines), "pupils": len(present), "first": left_alone[0]}
        yield Problem("fewer-lines-than-pupils", "", details)
    elif left_alone:
        details = {"count": len(left_alone), "names": ", ".join(left_alone)}
        yield Problem("pupils-not-in-file", "", details)


def _whose(
    read: MarkLines, pupils: Sequence[PupilNow], present: Sequence[PupilNow]
) -> Iterator[PupilNow | Problem]:
    if read.by_order:
        yield from present[: len(read.lines)]
        return
    roll = _Roll(pupils)
    for line in read.lines:
        found = roll.whose(line)
        if isinstance(found, PupilNow) and found.left:
            yield Problem("pupil-left", line.place, {"name": found.shown_name})
        else:
            yield found


class _Roll:
    """The pupils of the sheet by code, by name and by number."""

    def __init__(self, pupils: Sequence[PupilNow]) -> None:
        self._pupils = pupils
        self._directory = Directory(pupils)
        self._sounds = Counter(spoken(pupil.full_name) for pupil in pupils)

    def whose(self, line: MarkLine) -> PupilNow | Problem:
        if line.codes:
            return self._by_code(line)
        if line.name:
            return self._by_name(line)
        return self._by_number(line)

    def _by_code(self, line: MarkLine) -> PupilNow | Problem:
        found = next(filter(None, map(self._directory.find, line.codes)), None)
        if found is None:
            told = {"code": line.codes[0].text, "name": line.name or "…"}
            return Problem("code-unknown", line.place, told)
        sound = spoken(line.name)
        if sound and sound != spoken(found.full_name):
            code = "names-shifted" if sound in self._sounds else "name-differs"
            details = {"code": found.code, "expected": found.shown_name, "found": line.name}
            return Problem(code, line.place, details)
        return found

    def _by_name(self, line: MarkLine) -> PupilNow | Problem:
        sound = spoken(line.name)
        namesakes = [pupil for pupil in self._pupils if spoken(pupil.full_name) == sound]
        if not namesakes:
            return Problem("name-unknown", line.place, {"name": line.name})
        if line.birth_date:
            born = [pupil for pupil in namesakes if pupil.birth_date == line.birth_date]
            # Who has another birth date is another child, unless the date was never told.
            namesakes = born or [pupil for pupil in namesakes if pupil.birth_date is None]
            if not namesakes:
                told = {"name": line.name, "day": f"{line.birth_date:%d/%m/%Y}"}
                return Problem("birth-date-differs", line.place, told)
        if len(namesakes) > 1:
            return Problem("name-shared", line.place, {"name": line.name})
        return namesakes[0]

    def _by_number(self, line: MarkLine) -> PupilNow | Problem:
        found = next((pupil for pupil in self._pupils if pupil.number == line.number), None)
        if line.number is None:
            return Problem("line-names-nobody", line.place)
        return found or Problem("number-unknown", line.place, {"number": line.number})
