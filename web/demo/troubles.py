"""What a vice-principal would want to look at: late sheets, odd patterns, refused attempts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from ledger.sheet.commands import EnterMarks, UnlockColumn
from ledger.sheet.state import Place
from ledger.vocabulary import BLANK, MIDTERM, Mark, MarkState, Role
from web.demo import casting
from web.demo.days import moment, november
from web.demo.marks import chance_for, column_marks, higher
from web.demo.school import School, SheetPlan
from web.demo.stage import Act, Actor, Script, Stage, entering, teacher_of


def write_troubles(school: School, script: Script) -> None:
    """Everything out of the ordinary."""
    _write_late_sheets(school, script)
    _write_raising_before_deadline(school.sheet(*casting.RAISED_BEFORE_DEADLINE), script)
    _write_clearing(school.sheet(*casting.CLEARED_AND_REENTERED), script)
    _write_changing_after_unlock(school, script)
    _write_odd_hours(school.sheet(*casting.ODD_HOURS), script)
    _write_attempts(school, script)


def _write_late_sheets(school: School, script: Script) -> None:
    """Who missed the deadline is refused; for some the principal opens the column for two days."""
    principal = Actor(school.person("hiệu-trưởng"), Role.PRINCIPAL)
    late = (*casting.OPENED_AGAIN, *casting.STILL_MISSING)
    for number, sheet in enumerate(school.sheet(*key) for key in late):
        chance = chance_for(f"late/{sheet.sheet_id}")
        marks = column_marks(sheet, MIDTERM, chance, day=sheet.midterm_test)
        shift = timedelta(minutes=17 * number)
        script.add(november(16, 8, 2) + shift, _refused_entering(sheet, marks))
        if number >= len(casting.OPENED_AGAIN):
            continue
        until = november(19, 17)
        reason = "Giáo viên nghỉ ốm trong tuần nhập điểm; mở cột để nhập đủ điểm giữa kì."
        script.add(
            november(17, 7, 45) + shift, _unlocking(sheet, principal, until=until, reason=reason)
        )
        script.add(november(18, 14, 5) + shift, entering(sheet, teacher_of(sheet), marks))


def _write_raising_before_deadline(sheet: SheetPlan, script: Script) -> None:
    """On the last evening, one after the other goes up; three marks even three times."""
    chance = chance_for("raised")
    places = _places(sheet, chance, 13)
    at = moment(sheet.midterm_deadline, 21, 41)
    for number in range(19):
        raised = places[number % 13 if number < 13 else (number - 13) % 3]
        by = chance.choice(("0.5", "1.0", "1.5", "2.0"))
        script.add(at, _moving(sheet, [raised], by=by))
        at += timedelta(minutes=chance.randint(3, 8))


def _write_clearing(sheet: SheetPlan, script: Script) -> None:
    """Marks are taken out and entered again minutes later: six higher, two just as they were."""
    chance = chance_for("cleared")
    places = _places(sheet, chance, 8)
    at = moment(sheet.midterm_deadline - timedelta(days=1), 19, 12)
    for number, place in enumerate(places):
        before: dict[Place, Mark] = {}
        by = "0.0" if number < 2 else chance.choice(("1.0", "1.5", "2.5"))
        script.add(at, _clearing(sheet, place, before))
        script.add(at + timedelta(minutes=chance.randint(2, 20)), _reentering(sheet, before, by=by))
        at += timedelta(minutes=23)


def _write_changing_after_unlock(school: School, script: Script) -> None:
    """A column opened for two make-up marks, and twenty others changed while it was open."""
    sheet = school.sheet(*casting.CHANGED_AFTER_UNLOCK)
    principal = Actor(school.person("hiệu-trưởng"), Role.PRINCIPAL)
    reason = "Mở cột ĐĐGgk để nhập điểm kiểm tra bù cho hai học sinh."
    places = _places(sheet, chance_for("unlocked"), 22)
    script.add(november(17, 8), _unlocking(sheet, principal, until=november(18, 17), reason=reason))
    script.add(november(17, 20, 14), _moving(sheet, places[:2], by="0.5"))
    script.add(november(17, 20, 31), _moving(sheet, places[2:16], by="1.0"))
    script.add(november(17, 20, 33), _moving(sheet, places[16:], by="-0.5"))


def _write_odd_hours(sheet: SheetPlan, script: Script) -> None:
    """Marks changed at two in the morning, and on a Sunday night."""
    places = [(pupil, "regular-1") for pupil, _ in _places(sheet, chance_for("odd"), 7)]
    script.add(november(6, 2, 13), _moving(sheet, places[:3], by="1.0"))
    script.add(november(6, 2, 19), _moving(sheet, places[3:5], by="1.5"))
    script.add(november(8, 23, 52), _moving(sheet, places[5:], by="-1.0"))


def _write_attempts(school: School, script: Script) -> None:
    """Attempts that the rules refused, which the ledger keeps for auditors."""
    locked = school.sheet(*casting.EXECUTED)
    others = school.sheet("9A3", "ngu-van")
    fresh = school.sheet("8A3", "toan")
    stranger = Actor(school.person("toán-5"), Role.SUBJECT_TEACHER)
    secretary = Actor(school.person("thư-ký"), Role.SECRETARY, others.teacher)
    administrator = Actor(school.person("tin-1"), Role.ADMINISTRATOR)
    deputy = Actor(school.person("hiệu-phó-2"), Role.VICE_PRINCIPAL)
    for at, sheet, by, column in (
        (november(17, 15, 12), locked, teacher_of(locked), MIDTERM),
        (november(17, 15, 13), locked, teacher_of(locked), MIDTERM),
        (november(10, 16, 40), others, stranger, "regular-2"),
        (november(10, 9, 33), others, secretary, "regular-3"),
        (november(18, 11, 20), fresh, administrator, MIDTERM),
        (november(19, 16, 2), fresh, teacher_of(fresh), MIDTERM),
    ):
        chance = chance_for(f"attempt/{at}")
        marks = column_marks(sheet, column, chance, day=at.date())
        script.add(at, _refused_entering(sheet, dict(list(marks.items())[3:5]), by=by))
    script.add(
        november(18, 11, 27),
        lambda stage: stage.be_refused(
            UnlockColumn,
            fresh,
            deputy,
            column=MIDTERM,
            until=november(19, 17),
            reason="Mở giúp giáo viên nhập thêm điểm.",
        ),
    )


def _places(sheet: SheetPlan, chance: Random, count: int) -> list[Place]:
    pupils = [pupil.pupil_id for pupil in sheet.class_plan.pupils]
    return [(pupil, MIDTERM) for pupil in chance.sample(pupils, count)]


def _scored(stage: Stage, sheet: SheetPlan, places: Sequence[Place]) -> dict[Place, Mark]:
    marks = {place: stage.mark(sheet, place) for place in places}
    return {place: mark for place, mark in marks.items() if mark.state is MarkState.SCORED}


def _moving(sheet: SheetPlan, places: Sequence[Place], *, by: str) -> Act:
    """Move what stands there up or down, whatever it is."""

    def act(stage: Stage) -> None:
        standing = _scored(stage, sheet, places)
        moved = {place: higher(mark, by) for place, mark in standing.items()}
        if moved:
            stage.enter(sheet, teacher_of(sheet), moved)

    return act


def _clearing(sheet: SheetPlan, place: Place, before: dict[Place, Mark]) -> Act:
    """Take a mark out, and remember it for who enters it again."""

    def act(stage: Stage) -> None:
        before.update(_scored(stage, sheet, [place]))
        if before:
            stage.enter(sheet, teacher_of(sheet), {place: BLANK})

    return act


def _reentering(sheet: SheetPlan, before: dict[Place, Mark], *, by: str) -> Act:
    def act(stage: Stage) -> None:
        marks = {place: higher(mark, by) for place, mark in before.items()}
        if marks:
            stage.enter(sheet, teacher_of(sheet), marks)

    return act


def _unlocking(sheet: SheetPlan, by: Actor, *, until: datetime, reason: str) -> Act:
    return lambda stage: stage.do(
        UnlockColumn, sheet, by, column=MIDTERM, until=until, reason=reason
    )


def _refused_entering(
    sheet: SheetPlan, marks: dict[Place, Mark], *, by: Actor | None = None
) -> Act:
    return lambda stage: stage.be_refused(
        EnterMarks, sheet, by or teacher_of(sheet), entries=stage.entries(sheet, marks)
    )
