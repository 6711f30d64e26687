"""The progress counts, for every column, which marks are there and which are still to come."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from ledger.line import Fact, Line
from ledger.sheet import commands, facts
from ledger.sheet.state import Sheet, replay
from ledger.vocabulary import (
    MARKS,
    CommandId,
    CorrectionId,
    MarkState,
    SheetId,
    SubjectKind,
    columns_of,
    sheet_id_of,
)
from projections.progress import (
    ColumnProgress,
    Counts,
    Group,
    Grouping,
    Progress,
    Standing,
    grouped,
    total,
)
from projections.progress.fold import ProgressFold
from tests.projections.school import (
    ADMINISTRATOR,
    HOMEROOM,
    PRINCIPAL,
    SECRETARY,
    TEACHER,
    School,
    a_busy_term,
    author,
    person,
    pupil,
)
from tests.school import NOW, OPENED, REASON, numbered_id

YEAR = "2026-2027"


@pytest.fixture
def school(engine: Engine) -> School:
    return School(engine)


def shown(school: School, school_year: str = YEAR) -> list[ColumnProgress]:
    school.projections.catch_up()
    return Progress(school.engine).columns(school_year, 1)


def of_column(school: School, column: str) -> ColumnProgress:
    (found,) = [one for one in shown(school) if one.column == column]
    return found


def recounted(sheet: Sheet, column: str) -> Counts:
    """The same numbers, counted anew from the state of a sheet."""
    marks = [sheet.cell((one, column)).mark for one in sheet.pupils]
    awaiting = sum(mark.state is MarkState.AWAITING_MAKE_UP for mark in marks)
    blank = sum(mark.is_blank for mark in marks)
    return Counts(len(marks), len(marks) - awaiting - blank, awaiting)


def assert_equals_a_recount(progress: Progress, school_year: str, sheets: dict[Any, Sheet]) -> None:
    columns = progress.columns(school_year, 1)
    expected = {(id_, column): sheet for id_, sheet in sheets.items() for column in sheet.columns}
    assert {(one.sheet_id, one.column) for one in columns} == set(expected)
    for one in columns:
        sheet = expected[one.sheet_id, one.column]
        assert one.counts == recounted(sheet, one.column)
        assert set(one.teachers) == sheet.teachers
        decided = sheet.deadlines.get(one.column)
        assert one.deadline == (decided.deadline if decided else None)
        assert one.view.is_closed == (one.column in sheet.closed)
        lacking = [
            (who, sheet.numbers[who])
            for who in sheet.pupils
            if sheet.cell((who, one.column)).mark.awaits_a_mark
        ]
        listed = progress.missing(one.sheet_id, one.column)
        assert [(cell.pupil, cell.number) for cell in listed] == lacking
        assert sum(cell.awaiting for cell in listed) == one.counts.awaiting


def test_a_busy_term_is_counted_as_a_replay_counts_it(school: School) -> None:
    sheets = {sheet_id: replay(school.ledger.lines(sheet_id)) for sheet_id in a_busy_term(school)}
    for school_year in ("2025-2026", YEAR):
        of_year = {
            sheet_id: sheet
            for sheet_id, sheet in sheets.items()
            if sheet.opened and sheet.opened.school_year == school_year
        }
        school.projections.catch_up()
        assert_equals_a_recount(Progress(school.engine), school_year, of_year)


_numbers = st.integers(1, 5)
_columns = st.sampled_from(columns_of(4))
_marks = st.sampled_from([MARKS[text] for text in ("0.0", "8.5", "exempt", "not-assessed")])
_absent = st.sampled_from([MARKS[text] for text in ("awaiting-make-up", "zero-by-rule", "")])
_teachers = st.sampled_from([TEACHER, SECRETARY, PRINCIPAL])
_placing = st.sampled_from([facts.MarkEntered, facts.MarkChanged, facts.MarkCorrected])
_steps = st.one_of(
    st.tuples(st.just("joins"), _numbers),
    st.tuples(st.just("leaves"), _numbers),
    st.tuples(st.just("mark"), _numbers, _placing, _columns, _marks | _absent),
    st.tuples(st.just("brought"), _numbers, st.just(facts.MarkBrought), _columns, _marks),
    st.tuples(st.just("cleared"), _numbers, st.just(facts.MarkCleared), _columns, _marks),
    st.tuples(st.just("column"), st.sampled_from([facts.ColumnClosed]), _columns),
    st.tuples(st.just("reopened"), st.just(facts.ColumnReopened), _columns),
    st.tuples(st.just("deadline"), _columns, st.integers(-9, 9)),
    st.tuples(st.just("teacher"), st.sampled_from(["joins", "leaves"]), _teachers),
)
_class_groups = st.sampled_from(["6A1", "6A2"])
_histories = st.lists(st.tuples(_class_groups, _steps), max_size=60)
_more: dict[type[Fact], dict[str, Any]] = {
    facts.MarkChanged: {"before": MARKS[""]},
    facts.MarkCorrected: {"before": MARKS[""], "correction_id": CorrectionId(numbered_id(1))},
    facts.MarkBrought: {"provenance": facts.Provenance(reason=REASON)},
    facts.ColumnReopened: {"reason": REASON},
}


def told(step: tuple[Any, ...], listed: set[int]) -> Iterator[Fact]:
    """The fact of a step; nobody who never was in the class has a mark there."""
    match step:
        case ("joins", number):
            listed.add(number)
            yield facts.PupilJoinedSheet(pupil=pupil(number), number=number)
        case ("leaves", number) if number in listed:
            yield facts.PupilLeftSheet(pupil=pupil(number))
        case ("cleared", number, kind, column, mark) if number in listed:
            yield kind(pupil=pupil(number), column=column, before=mark)
        case ("mark" | "brought", number, kind, column, mark) if number in listed:
            more = _more.get(kind, {})
            yield kind(pupil=pupil(number), column=column, after=mark, **more)
        case ("column" | "reopened", kind, column):
            yield kind(column=column, **_more.get(kind, {}))
        case ("deadline", column, days):
            deadline = facts.Deadline(column=column, at=NOW + timedelta(days=days))
            yield facts.DeadlineMoved(deadline=deadline, reason=REASON)
        case ("teacher", "joins", who):
            yield facts.TeacherJoinedSheet(teacher=who)
        case ("teacher", "leaves", who):
            yield facts.TeacherLeftSheet(teacher=who)


def lines_of(school_year: str, history: Sequence[tuple[str, tuple[Any, ...]]]) -> list[Line]:
    """The lines of two sheets of a year that no other example has."""
    lines: list[Line] = []
    versions: dict[SheetId, int] = {}

    def write(class_group: str, fact: Fact) -> None:
        sheet_id = sheet_id_of(school_year, 1, class_group, "toan")
        version = versions[sheet_id] = versions.get(sheet_id, 0) + 1
        by, command_id = author(TEACHER), CommandId(numbered_id(version))
        lines.append(Line(sheet_id, version, fact, by, NOW, command_id, len(lines) + 1))

    listed = {}
    for class_group in ("6A1", "6A2"):
        listed[class_group] = {1, 2}
        pupils = tuple(facts.NumberedPupil(pupil=pupil(n), number=n) for n in (1, 2))
        changed = {"school_year": school_year, "class_group": class_group, "pupils": pupils}
        write(class_group, OPENED.model_copy(update=changed))
    for class_group, step in history:
        for fact in told(step, listed[class_group]):
            write(class_group, fact)
    return lines


_examples = count(1000)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=_histories, batch=st.integers(1, 30))
def test_any_history_in_batches_of_any_size_equals_a_recount(
    school: School, history: list[tuple[str, tuple[Any, ...]]], batch: int
) -> None:
    first = next(_examples)
    school_year = f"{first}-{first + 1}"
    lines = lines_of(school_year, history)
    for start in range(0, len(lines), batch):
        with school.engine.begin() as connection:
            ProgressFold().apply(connection, lines[start : start + batch])
    sheets = {
        sheet_id: replay(line for line in lines if line.stream_id == sheet_id)
        for sheet_id in dict.fromkeys(line.stream_id for line in lines)
    }
    assert_equals_a_recount(Progress(school.engine), school_year, sheets)


def test_what_is_exempt_zero_or_not_assessed_is_entered_and_a_make_up_is_awaited(
    school: School,
) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "midterm", {1: "0.0", 2: "exempt"})
    assert of_column(school, "midterm").counts == Counts(3, 2, 0)
    school.enter(sheet_id, "midterm", {2: "awaiting-make-up", 3: "zero-by-rule"})
    counts = of_column(school, "midterm").counts
    assert (counts.expected, counts.entered, counts.awaiting, counts.missing) == (3, 2, 1, 0)


def test_a_leaver_is_expected_no_more_and_counts_again_on_coming_back(school: School) -> None:
    sheet_id = school.open()
    school.enter(sheet_id, "regular-1", {1: "8.0"})
    school.ask(commands.RemovePupil, sheet_id, author(ADMINISTRATOR), pupil=pupil(1))
    assert of_column(school, "regular-1").counts == Counts(2, 0, 0)
    school.ask(commands.AddPupil, sheet_id, author(ADMINISTRATOR), pupil=pupil(1))
    assert of_column(school, "regular-1").counts == Counts(3, 1, 0)


def test_a_newcomer_lacks_every_mark_until_some_are_brought(school: School) -> None:
    sheet_id = school.open()
    school.ask(commands.AddPupil, sheet_id, author(ADMINISTRATOR), pupil=pupil(4))
    brought = commands.BroughtMark(column="regular-1", mark=MARKS["0.0"])
    provenance = facts.Provenance(reason="Trường THCS Sao Mai, học bạ số 12")
    school.ask(
        commands.BringMarks,
        sheet_id,
        author(ADMINISTRATOR),
        pupil=pupil(4),
        marks=(brought,),
        provenance=provenance,
    )
    assert of_column(school, "regular-1").counts == Counts(4, 1, 0)
    listed = Progress(school.engine).missing(sheet_id, "regular-2")
    assert [cell.number for cell in listed] == [1, 2, 3, 4]


def test_only_the_semester_that_is_asked_for_is_counted(school: School) -> None:
    school.open()
    school.open("6A2", school_year="2025-2026")
    assert {one.class_group for one in shown(school)} == {"6A1"}
    assert Progress(school.engine).columns(YEAR, 2) == []
    assert Progress(school.engine).semesters() == [(YEAR, 1), ("2025-2026", 1)]


def test_columns_are_narrowed_to_a_teacher_a_class_or_a_sheet(school: School) -> None:
    maths = school.open()
    school.open("6A2", teacher=SECRETARY)
    music = school.open("6A2", "am-nhac", teachers=(TEACHER, SECRETARY))
    remove = commands.RemoveTeacher
    school.ask(remove, music, author(ADMINISTRATOR), teacher=TEACHER)
    school.projections.catch_up()
    progress = Progress(school.engine)
    assert {one.sheet_id for one in progress.columns(YEAR, 1, teacher=TEACHER)} == {maths}
    assert {one.class_group for one in progress.columns(YEAR, 1, class_group="6A2")} == {"6A2"}
    assert {one.sheet_id for one in progress.columns(YEAR, 1, sheet_id=music)} == {music}
    assert progress.columns(YEAR, 1, sheet_id=music, teacher=TEACHER) == []


def test_an_unknown_column_is_an_error_and_an_unknown_sheet_lacks_nothing(school: School) -> None:
    progress = Progress(school.engine)
    school.projections.catch_up()
    assert progress.missing(sheet_id_of(YEAR, 1, "9A9", "toan"), "midterm") == []
    with pytest.raises(KeyError):
        progress.missing(school.open(), "regular-10")


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        (-1, Standing.LATE),
        (0, Standing.COMING_DUE),
        (7, Standing.COMING_DUE),
        (7.01, Standing.OPEN),
        (None, Standing.OPEN),
    ],
)
def test_a_column_that_lacks_marks_stands_as_its_deadline_says(
    school: School, days: float | None, standing: Standing
) -> None:
    moment = school.now + timedelta(hours=1)
    at = None if days is None else moment + timedelta(days=days)
    school.open(deadlines=(facts.Deadline(column="midterm", at=at),) if at else ())
    assert of_column(school, "midterm").standing(moment) is standing


def test_a_full_column_is_done_whatever_its_deadline_was(school: School) -> None:
    moment = school.now + timedelta(days=30)
    deadline = facts.Deadline(column="midterm", at=school.now + timedelta(days=2))
    sheet_id = school.open(deadlines=(deadline,))
    school.enter(sheet_id, "midterm", {1: "0.0", 2: "exempt", 3: "awaiting-make-up"})
    # Who waits for a make-up test is no negligence of the teacher; done it is not.
    assert of_column(school, "midterm").standing(moment) is Standing.OPEN
    school.enter(sheet_id, "midterm", {3: "4.0"})
    assert of_column(school, "midterm").standing(moment) is Standing.DONE


def keyed(groups: Sequence[Group]) -> dict[Any, Group]:
    return {group.key: group for group in groups}


def test_columns_are_grouped_by_teacher_class_subject_and_column(school: School) -> None:
    other = person("Vinh")
    deadline = facts.Deadline(column="midterm", at=school.now + timedelta(days=2))
    maths = school.open(deadlines=(deadline,))
    school.open("6A2", teacher=other)
    school.open("6A1", "am-nhac", kind=SubjectKind.COMMENT, teachers=(TEACHER, other))
    school.enter(maths, "midterm", {1: "5.0"})
    columns, moment = shown(school), school.now
    assert total(columns) == Counts(36, 1, 0)
    by_teacher = keyed(grouped(columns, Grouping.TEACHER, moment))
    assert by_teacher[TEACHER].counts == Counts(24, 1, 0)
    assert by_teacher[other].counts == Counts(24, 0, 0)
    by_class = keyed(grouped(columns, Grouping.CLASS, moment))
    assert [(key, group.counts.expected) for key, group in by_class.items()] == [
        ("6A1", 24),
        ("6A2", 12),
    ]
    assert by_class["6A1"].standing is Standing.COMING_DUE
    assert by_class["6A1"].deadline == deadline.at
    assert (by_class["6A2"].standing, by_class["6A2"].deadline) == (Standing.OPEN, None)
    assert keyed(grouped(columns, Grouping.SUBJECT, moment))["toan"].counts.expected == 24
    midterm = keyed(grouped(columns, Grouping.COLUMN, moment))["midterm"]
    assert (midterm.counts, midterm.standings[Standing.COMING_DUE]) == (Counts(9, 1, 0), 1)


def test_who_left_the_sheet_has_no_part_in_its_progress(school: School) -> None:
    sheet_id = school.open()
    school.ask(commands.AddTeacher, sheet_id, author(ADMINISTRATOR), teacher=HOMEROOM)
    school.ask(commands.RemoveTeacher, sheet_id, author(ADMINISTRATOR), teacher=TEACHER)
    assert set(keyed(grouped(shown(school), Grouping.TEACHER, school.now))) == {HOMEROOM}


def test_a_batch_takes_the_same_number_of_statements_whatever_is_in_it(school: School) -> None:
    counted: list[int] = []

    def heard(*_: object) -> None:
        counted[-1] += 1

    event.listen(school.engine, "before_cursor_execute", heard)
    for first, size in ((3000, 1), (3001, 500)):
        marks = [
            ("6A1", ("mark", 1 + n % 2, facts.MarkEntered, f"regular-{1 + n % 4}", MARKS["8.0"]))
            for n in range(size)
        ]
        batch = lines_of(f"{first}-{first + 1}", marks)
        counted.append(0)
        with school.engine.begin() as connection:
            ProgressFold().apply(connection, batch)
    assert counted[0] == counted[1]
