"""The demo school: made by commands, the same every time, and never over another school."""

import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from ledger.application import GradeLedger, attempts_stream
from ledger.line import Line
from ledger.people import StaffMember
from ledger.school.calendar import NATIONAL_CALENDAR, deadline_after, week_before
from ledger.school.facts import SemesterOpened
from ledger.sheet import facts
from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.state import Sheet
from ledger.store.codec import to_line
from ledger.store.database import open_database
from ledger.store.evidence import EvidenceStore
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from ledger.vocabulary import MIDTERM, Role, columns_of
from projections.corrections import Turn
from tests.clear_text import in_clear, in_files, names_of
from tests.school import KHOA
from web.access.accounts import Account
from web.demo import casting, creation
from web.demo.clock import story_clock
from web.demo.creation import DemoIsIncomplete, NotADemo, Phase, ensure_demo, sign_ins
from web.demo.days import SCHOOL_YEAR, november
from web.demo.school import School, SheetPlan, demo_school
from web.demo.stage import Stage
from web.desk import Desk, open_desk
from web.publishing.overview import sealing_of
from web.settings import Settings
from web.verification.conducting import Brought, conduct


def silent(_phase: Phase, _done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def school() -> School:
    return demo_school()


@pytest.fixture(scope="module")
def folder(demo_folder: Path) -> Path:
    return demo_folder


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[Desk]:
    desk = open_desk(Settings.in_folder(folder))
    yield desk
    desk.engine.dispose()


@pytest.fixture(scope="module")
def lines(desk: Desk) -> list[Line]:
    rows = desk.ledger.recorder.select_notifications(1, 100_000)
    return [to_line(row) for row in rows]


def sheet_of(desk: Desk, plan: SheetPlan) -> Sheet:
    return desk.ledger.sheet(plan.sheet_id)


def changes(desk: Desk, plan: SheetPlan) -> list[Line]:
    return [
        line
        for line in desk.ledger.lines(plan.sheet_id)
        if isinstance(line.fact, facts.MarkChanged)
    ]


def test_two_demo_schools_have_the_same_bytes(desk: Desk, tmp_path: Path, school: School) -> None:
    engine = open_database("sqlite://")
    create_tables(engine)
    again = GradeLedger(LedgerRecorder(engine))
    script = creation.written_script(school)
    script.play(Stage(again, EvidenceStore(tmp_path), min(script.scenes).at))
    told = again.recorder.head().position
    assert again.recorder.leaf_hashes(1, told) == desk.ledger.recorder.leaf_hashes(1, told)
    engine.dispose()


def test_a_whole_semester_is_opened_by_one_command(lines: list[Line], school: School) -> None:
    (opening,) = [line for line in lines if isinstance(line.fact, SemesterOpened)]
    opened = [line for line in lines if isinstance(line.fact, facts.SheetOpened)]
    assert {line.stream_id for line in opened} == {plan.sheet_id for plan in school.sheets.values()}
    assert {line.command_id for line in opened} == {opening.command_id}
    first = opening.position + 1
    assert [line.position for line in opened] == list(range(first, first + len(opened)))


def test_sheets_are_as_the_year_has_planned_them(desk: Desk, school: School) -> None:
    year = desk.ledger.year(SCHOOL_YEAR)
    assert len(year.subjects) == 4 * 12
    for plan in school.sheets.values():
        sheet, group = sheet_of(desk, plan), year.classes[plan.class_plan.name]
        assert sheet.pupils == group.present
        assert sheet.numbers == {pupil: place.number for pupil, place in group.places.items()}
        assert sheet.teachers == set(plan.teachers)
        assert sheet.homeroom_teacher == plan.class_plan.homeroom_teacher
        assert sheet.columns == columns_of(plan.regular_count)
        counted = deadline_after(plan.midterm_test, 10, NATIONAL_CALENDAR)
        assert sheet.deadlines[MIDTERM].deadline == counted.at
        assert sheet.rules.last_day == week_before(plan.final_test)


def test_every_subject_has_a_department_whose_head_acts_as_one(desk: Desk, school: School) -> None:
    departments = desk.ledger.year(SCHOOL_YEAR).departments.values()
    subjects = [subject for department in departments for subject in department.subjects]
    assert sorted(subjects) == sorted({plan.subject for plan in school.sheets.values()})
    today = november(20, 8).date()
    heads = {department.head for department in departments}
    assert heads == set(desk.ledger.school().members(Role.DEPARTMENT_HEAD, today))
    members = [person for department in departments for person in department.members]
    assert len(members) == len(set(members))
    teaching = {person for plan in school.sheets.values() for person in plan.teachers}
    assert teaching <= set(members)


def brought(desk: Desk, plan: SheetPlan) -> dict[str, facts.MarkBrought]:
    return {
        line.fact.column: line.fact
        for line in desk.ledger.lines(plan.sheet_id)
        if isinstance(line.fact, facts.MarkBrought)
    }


def test_a_pupil_of_another_school_brings_marks_a_zero_among_them(
    desk: Desk, school: School
) -> None:
    of_class = [plan for (name, _), plan in school.sheets.items() if name == "9A1"]
    arrival = of_class[0].class_plan.newcomer
    assert arrival
    marks = [fact for plan in of_class for fact in brought(desk, plan).values()]
    assert {fact.pupil for fact in marks} == {arrival.pupil.pupil_id}
    assert {"0.0", "passed"} < {fact.after.text for fact in marks}
    assert all(fact.provenance.sheet is None for fact in marks)
    for plan in of_class:
        assert "regular-1" in brought(desk, plan)
        for column, fact in brought(desk, plan).items():
            assert sheet_of(desk, plan).cell((fact.pupil, column)).mark is fact.after


def test_a_pupil_who_changes_class_takes_all_marks_along(desk: Desk, school: School) -> None:
    moved = 0
    for (name, subject), plan in school.sheets.items():
        if name != "8A2":
            continue
        arrival, old = plan.class_plan.newcomer, school.sheet("8A1", subject)
        assert arrival
        pupil = arrival.pupil.pupil_id
        before, now = sheet_of(desk, old), sheet_of(desk, plan)
        assert pupil in before.left
        marks = brought(desk, plan)
        had = {column: before.cell((pupil, column)).mark for column in before.columns}
        assert marks.keys() == {column for column, mark in had.items() if not mark.is_blank}
        for column, fact in marks.items():
            assert fact.provenance.sheet == old.sheet_id
            assert now.cell((pupil, column)).mark is had[column]
        moved += len(marks)
    assert moved > 12


def test_who_leaves_the_school_keeps_number_and_marks(desk: Desk, school: School) -> None:
    plan = school.sheet("6A3", "toan")
    assert plan.class_plan.leaver
    gone = plan.class_plan.leaver.pupil_id
    sheet = sheet_of(desk, plan)
    assert (gone in sheet.left, sheet.numbers[gone]) == (True, 17)
    assert not sheet.cell((gone, "regular-1")).mark.is_blank


def test_time_never_goes_back_in_the_ledger(lines: list[Line]) -> None:
    assert all(before.at <= after.at for before, after in pairwise(lines))


def test_there_is_a_correction_in_every_status(desk: Desk, school: School) -> None:
    corrections = desk.corrections.list()
    assert {view.status for view in corrections} == set(CorrectionStatus)
    assert len({view.cause for view in corrections}) >= 5
    assert [view.turn for view in corrections].count(Turn.REQUESTER) == 1
    (half,) = sheet_of(desk, school.sheet(*casting.HALF_EXECUTED)).corrections.values()
    assert half.teacher
    assert not half.administrator


def test_corrections_carry_evidence_that_can_be_read(desk: Desk, lines: list[Line]) -> None:
    requests = [x.fact for x in lines if isinstance(x.fact, facts.CorrectionRequested)]
    for evidence in (found for request in requests for found in request.evidence):
        content = desk.evidence.read(evidence.sha256)
        assert len(content) == evidence.size
        start = b"%PDF" if evidence.media_type == "application/pdf" else b"\x89PNG"
        assert content.startswith(start)


def test_one_teacher_raises_marks_on_the_evening_of_the_deadline(
    desk: Desk, school: School
) -> None:
    plan = school.sheet(*casting.RAISED_BEFORE_DEADLINE)
    evening = [line for line in changes(desk, plan) if line.at.hour >= 14]  # 21:00 in Việt Nam
    raised = [
        line.fact
        for line in evening
        if isinstance(line.fact, facts.MarkChanged)
        and line.fact.before.score is not None
        and line.fact.after.score is not None
        and line.fact.after.score > line.fact.before.score
    ]
    assert len(raised) >= 12
    assert Counter(fact.pupil for fact in raised).most_common(1)[0][1] >= 2


def test_marks_are_cleared_and_entered_again(desk: Desk, school: School) -> None:
    plan = school.sheet(*casting.CLEARED_AND_REENTERED)
    told = [type(line.fact) for line in desk.ledger.lines(plan.sheet_id)]
    assert told.count(facts.MarkCleared) == 8
    assert sheet_of(desk, plan).version == len(told)


def test_an_unlocked_column_sees_many_changes(desk: Desk, school: School) -> None:
    told = desk.ledger.lines(school.sheet(*casting.CHANGED_AFTER_UNLOCK).sheet_id)
    opened = next(n for n, line in enumerate(told) if isinstance(line.fact, facts.ColumnUnlocked))
    after = [line for line in told[opened:] if isinstance(line.fact, facts.MarkChanged)]
    assert len(after) >= 15


def test_a_column_is_a_copy_of_another(desk: Desk, school: School) -> None:
    plan = school.sheet(*casting.COPIED_COLUMN)
    sheet = sheet_of(desk, plan)
    first, second = (
        [sheet.cell((pupil.pupil_id, column)).mark for pupil in plan.class_plan.pupils]
        for column in ("regular-1", "regular-2")
    )
    same = sum(a is b for a, b in zip(first, second, strict=True))
    assert same >= 0.9 * len(first)


def test_refused_attempts_are_kept(desk: Desk, school: School) -> None:
    kept = [
        line.fact.refusal
        for plan in school.sheets.values()
        for line in desk.ledger.lines(attempts_stream(plan.sheet_id))
        if isinstance(line.fact, facts.AttemptRefused)
    ]
    assert set(kept) == {
        "deadline-has-passed",
        "not-for-your-role",
        "not-your-sheet",
        "secretary-enters-periodic-tests-only",
        "sheet-is-locked",
    }


def test_some_marks_entered_on_behalf_still_wait_for_their_teacher(
    desk: Desk, school: School
) -> None:
    waiting = {
        plan.sheet_id
        for plan in school.sheets.values()
        for cell in sheet_of(desk, plan).cells.values()
        if cell.unconfirmed_for
    }
    assert waiting


def test_late_sheets_are_open_again_or_still_empty(desk: Desk, school: School) -> None:
    filled = {
        key: any(column == MIDTERM for _, column in sheet_of(desk, school.sheet(*key)).cells)
        for key in (*casting.OPENED_AGAIN, *casting.STILL_MISSING)
    }
    assert [key for key, marks in filled.items() if marks] == list(casting.OPENED_AGAIN)


def test_every_printed_sign_in_works(desk: Desk, school: School) -> None:
    for role, plan in sign_ins(school):
        now = november(20, 12)
        token = desk.accounts.sign_in(
            plan.username, creation.PASSWORD, address="127.0.0.1", device="", now=now
        )
        session = desk.accounts.session(token, now=now)
        assert session
        assert role in desk.ledger.school().roles_of(plan.person_id, now.date())


def test_the_first_vice_principal_decides_in_the_principals_place(
    desk: Desk, school: School
) -> None:
    today = november(20, 12).date()
    deputy, principal = school.person("hiệu-phó-1"), school.person("hiệu-trưởng")
    assert desk.ledger.school().acts_for(deputy, today) == principal


def test_the_staff_of_the_demo_is_the_staff_of_its_ledger(desk: Desk, school: School) -> None:
    recorded = {person: place.roles for person, place in desk.ledger.school().staff.items()}
    assert recorded == {plan.person_id: set(plan.roles) for plan in school.staff.values()}


def test_the_projections_know_the_last_line(desk: Desk) -> None:
    last = desk.ledger.recorder.head().position
    assert set(desk.projections.positions().values()) == {last}


def test_the_whole_school_is_verified(desk: Desk) -> None:
    brought = Brought.of_school(desk.keys, desk.evidence)
    told = conduct(desk.engine, brought, at=desk.clock(), by="", database="")
    assert (told.report.findings, told.report.remarks) == ([], [])
    assert told.school is not None


def test_the_clock_goes_on_from_the_last_line(desk: Desk, lines: list[Line]) -> None:
    clock = story_clock(desk.ledger.recorder)
    assert lines[-1].at < clock() <= clock()


def test_nobody_is_named_in_clear_in_any_file(folder: Path, desk: Desk, school: School) -> None:
    # The longest names, which nothing else can look like; codes and birth dates of everybody.
    longest = sorted(names_of(school.pupils), key=len)[-20:]
    longest += sorted(names_of(plan.member for plan in school.staff.values()), key=len)[-5:]
    # A biên bản bears the names that it is about, and is destroyed with its dossier.
    papers = {one.revision.sha256 for one in desk.dossiers.list()}
    content = {name: kept for name, kept in in_files(folder) if name not in papers}
    assert len(content["ledger.db"]) > 10_000_000
    found = {name: in_clear(kept, longest, school.pupils) for name, kept in content.items()}
    assert not {name: texts for name, texts in found.items() if texts}


def test_the_school_is_sealed_by_its_own_clock(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "demo")
    opened = open_desk(Settings.in_folder(tmp_path / "demo"))
    desk = opened.living_by(story_clock(opened.ledger.recorder))
    published = desk.publisher.publish()
    assert published is not None
    assert published.checkpoint.origin == "so-diem/00000501"
    assert published.checkpoint.size == desk.ledger.recorder.head().position
    assert published.signed_at.date() == november(20, 17).date()
    sealing = sealing_of(desk)
    assert (sealing.age, sealing.wrongs) == ("dưới một phút", [])
    desk.engine.dispose()


def test_a_second_run_keeps_what_is_there(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "school")
    settings = Settings.in_folder(tmp_path / "school")
    before = (tmp_path / "school" / "ledger.db").stat().st_ino
    assert not ensure_demo(settings, silent)
    assert (tmp_path / "school" / "ledger.db").stat().st_ino == before


class Interrupted(Exception):
    """Somebody pressed Ctrl+C."""


def interrupting(phase: Phase, done: int, _total: int) -> None:
    if phase is Phase.STORY and done == 3:
        raise Interrupted


def test_an_interrupted_creation_leaves_no_ledger_behind(tmp_path: Path) -> None:
    settings = Settings.in_folder(tmp_path)
    for _ in range(2):  # the second finds what the first left, and starts anew
        with pytest.raises(Interrupted):
            ensure_demo(settings, interrupting)
        assert not (tmp_path / "ledger.db").exists()


def test_a_database_with_half_a_demo_is_told_apart(postgresql_url: str, tmp_path: Path) -> None:
    # PostgreSQL alone: a SQLite file is replaced whole, as the test above has it.
    settings = Settings(f"{postgresql_url}&schema=half_a_demo", tmp_path)
    with pytest.raises(Interrupted):
        ensure_demo(settings, interrupting)
    with pytest.raises(DemoIsIncomplete):
        ensure_demo(settings, silent)


def test_another_schools_ledger_is_left_alone(database_url: str, tmp_path: Path) -> None:
    settings = Settings(database_url, tmp_path)
    desk = open_desk(settings)
    desk.handle(KHOA.opens())
    desk.engine.dispose()
    with pytest.raises(NotADemo):
        ensure_demo(settings, silent)


def test_a_school_that_only_has_accounts_is_left_alone(database_url: str, tmp_path: Path) -> None:
    settings = Settings(database_url, tmp_path)
    desk = open_desk(settings)
    member = StaffMember(person_id=KHOA.person, family_name="Vũ Đăng", given_name="Khoa")
    desk.people.register_staff([member])
    desk.accounts.create(Account(KHOA.person, "khoavd"), "một mật khẩu dài")
    desk.engine.dispose()
    with pytest.raises(NotADemo):
        ensure_demo(settings, silent)
