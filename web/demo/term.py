"""The ordinary semester: marks entered, confirmed, closed and locked in time."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from ledger.sheet.commands import CloseColumn, ConfirmEntries, LockColumn
from ledger.sheet.state import Place
from ledger.vocabulary import MIDTERM, Mark, MarkState, Role, SubjectKind
from web.demo.casting import COPIED_COLUMN, FAR_ABOVE, ODD_HOURS, PARTS, Part
from web.demo.days import LAST_DAY, LOCKING_DAY, at_work, moment
from web.demo.marks import ABSENT, ZERO_BY_RULE, chance_for, column_marks, higher, with_absences
from web.demo.school import School, SheetPlan
from web.demo.stage import Actor, Marks, Script, entering, teacher_of

# When each regular mark is given, by how many a subject has, and in how many classes it already is.
_WINDOWS: Final[Mapping[int, tuple[tuple[date, date, float], ...]]] = {
    4: (
        (date(2026, 9, 14), date(2026, 9, 26), 1.0),
        (date(2026, 9, 28), date(2026, 10, 10), 1.0),
        (date(2026, 10, 12), date(2026, 10, 23), 0.97),
        (date(2026, 11, 9), date(2026, 11, 18), 0.5),
    ),
    3: (
        (date(2026, 9, 21), date(2026, 10, 3), 1.0),
        (date(2026, 10, 5), date(2026, 10, 23), 0.97),
        (date(2026, 11, 9), date(2026, 11, 18), 0.5),
    ),
    2: ((date(2026, 9, 28), date(2026, 10, 16), 1.0), (date(2026, 11, 9), date(2026, 11, 18), 0.6)),
}
# The regulation lets the secretary copy in periodic tests; this school has it so for three.
_COPIED_BY_SECRETARY: Final = frozenset({"toan", "ngu-van", "ngoai-ngu-1"})
_LOCKING_REASON: Final = (
    "Hết hạn nhập điểm giữa học kì I theo thông báo của hiệu trưởng; khóa cột ĐĐGgk toàn trường."
)


def write_term(school: School, script: Script) -> None:
    """Every sheet's ordinary way to the last day of the story."""
    for number, sheet in enumerate(school.sheets.values()):
        second = timedelta(seconds=number * 5)
        _write_regular_columns(sheet, script)
        part = PARTS.get((sheet.class_plan.name, sheet.subject))
        if part is not Part.MISSED:
            _write_midterm(school, sheet, part=part, script=script)
            _write_locking(school, sheet, script=script, second=second)


def _write_regular_columns(sheet: SheetPlan, script: Script) -> None:
    key = (sheet.class_plan.name, sheet.subject)
    chance = chance_for(f"regular/{key}")
    previous: Marks = {}
    for column, (first, last, share) in zip(
        sheet.regular_columns, _WINDOWS[sheet.regular_count], strict=True
    ):
        given = chance.random() < share
        at = at_work(chance, first, last)
        marks = column_marks(sheet, column, chance, day=at.date())
        if key == COPIED_COLUMN and previous:
            given = True
            marks = {(pupil, column): mark for (pupil, _), mark in previous.items()}
        if given:
            mended = _write_entering(sheet, marks, at=at, chance=chance, script=script)
            if chance.random() < 0.7 and key != ODD_HOURS:
                _write_closing(sheet, column, after=mended, chance=chance, script=script)
        previous = marks


def _write_entering(
    sheet: SheetPlan, marks: Marks, *, at: datetime, chance: Random, script: Script
) -> datetime:
    """Enter a column as people do: in one or two goes, with a slip or two; return the end."""
    by = teacher_of(sheet)
    # In order, never a set: a set's order is another one in every process.
    forgotten = [place for place in marks if chance.random() < 0.012]
    slips = _slips(sheet, marks, chance)
    typed = {place: mark for place, mark in {**marks, **slips}.items() if place not in forgotten}
    half = len(typed) // 2 if chance.random() < 0.25 else len(typed)
    goes = [dict(list(typed.items())[:half]), dict(list(typed.items())[half:])]
    for number, go in enumerate(go for go in goes if go):
        script.add(at + timedelta(minutes=13 * number), entering(sheet, by, go))
    mending = {place: marks[place] for place in (*slips, *forgotten) if chance.random() < 0.9}
    if not mending:
        return at + timedelta(minutes=20)
    later = at + timedelta(minutes=chance.choice((17, 25, 60 * 23, 60 * 25)))
    script.add(later, entering(sheet, by, mending))
    return later


def _slips(sheet: SheetPlan, marks: Marks, chance: Random) -> dict[Place, Mark]:
    """Marks typed wrong at first: the neighbour's, or a half point off."""
    if sheet.kind is SubjectKind.COMMENT:
        return {}
    return {
        place: higher(mark, chance.choice(("-1.0", "-0.5", "0.5", "1.0")))
        for place, mark in marks.items()
        if mark.state is MarkState.SCORED and chance.random() < 0.012
    }


def _write_closing(
    sheet: SheetPlan, column: str, *, after: datetime, chance: Random, script: Script
) -> None:
    at = after + timedelta(days=chance.randint(0, 3), minutes=chance.randint(5, 50))
    if at <= moment(LAST_DAY, 15):
        # A pupil who came later has no mark there; the teacher says so when closing.
        script.add(
            at,
            lambda stage: stage.do(
                CloseColumn, sheet, teacher_of(sheet), column=column, leaving_blanks=True
            ),
        )


def _write_midterm(school: School, sheet: SheetPlan, *, part: Part | None, script: Script) -> None:
    key = (sheet.class_plan.name, sheet.subject)
    chance = chance_for(f"midterm/{key}")
    first = sheet.midterm_test + timedelta(days=3)
    last = sheet.midterm_deadline - timedelta(days=4)
    at = at_work(chance, first, last)
    ease = 2.6 if key == FAR_ABOVE else 0.0
    marks = column_marks(sheet, MIDTERM, chance, day=sheet.midterm_test, ease=ease)
    if part is None:
        marks = with_absences(marks, chance)
    if part is None and sheet.subject in _COPIED_BY_SECRETARY and chance.random() < 0.75:
        ready = _write_on_behalf(school, sheet, marks=marks, at=at, chance=chance, script=script)
    else:
        ready = _write_entering(sheet, marks, at=at, chance=chance, script=script)
    _write_make_up_tests(sheet, marks, chance=chance, script=script)
    closes = part is Part.CLOSED_EARLY or (part is None and chance.random() < 0.65)
    if ready and closes:
        at = ready + timedelta(minutes=30)
        script.add(
            at,
            lambda stage: stage.do(
                CloseColumn, sheet, teacher_of(sheet), column=MIDTERM, leaving_blanks=True
            ),
        )


def _write_on_behalf(
    school: School, sheet: SheetPlan, *, marks: Marks, at: datetime, chance: Random, script: Script
) -> datetime | None:
    """The secretary copies the marks in; most teachers confirm. None where one has not."""
    secretary = Actor(school.person("thư-ký"), Role.SECRETARY, sheet.teacher)
    script.add(at, entering(sheet, secretary, marks))
    if chance.random() < 0.15:
        return None
    confirmed = at_work(chance, at.date() + timedelta(days=1), at.date() + timedelta(days=2))
    script.add(
        confirmed,
        lambda stage: stage.do(ConfirmEntries, sheet, teacher_of(sheet), column=MIDTERM),
    )
    return confirmed


def _write_make_up_tests(sheet: SheetPlan, marks: Marks, *, chance: Random, script: Script) -> None:
    """Half of the absent have sat a make-up test by the deadline; one did not come at all."""
    absent = [place for place, mark in marks.items() if mark is ABSENT]
    made_up: dict[Place, Mark] = {}
    fresh = column_marks(sheet, MIDTERM, chance, day=sheet.midterm_test)
    for place in absent:
        luck = chance.random()
        if luck < 0.5:
            made_up[place] = fresh[place]
        elif luck < 0.65 and sheet.kind is SubjectKind.SCORED:
            made_up[place] = ZERO_BY_RULE
    if made_up:
        at = moment(sheet.midterm_deadline, 16, chance.randint(0, 59))
        script.add(at, entering(sheet, teacher_of(sheet), made_up))


def _write_locking(school: School, sheet: SheetPlan, *, script: Script, second: timedelta) -> None:
    principal = Actor(school.person("hiệu-trưởng"), Role.PRINCIPAL)
    script.add(
        moment(LOCKING_DAY, 7, 30) + second,
        lambda stage: stage.do(
            LockColumn, sheet, principal, column=MIDTERM, reason=_LOCKING_REASON
        ),
    )
