"""After whatever the office asks in whatever order, open sheets and the year tell the same."""

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.application import GradeLedger
from ledger.command import Command
from ledger.refusal import Refused
from ledger.school import commands
from ledger.school.year import Year
from ledger.sheet.state import Sheet
from ledger.store.database import open_database
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from ledger.vocabulary import PupilId, Role
from tests.ledger.school.scenario import AUTUMN, SPRING, SUMMER, WHY, YEAR_NAME, asks
from tests.ledger.school.test_opening_a_semester import opens
from tests.opened_year import OpenedYear
from tests.school import CLOCKWORK, HOA, KHOA, LAN, QUYEN, VINH, numbered_id

SUBJECT = "toan"
PLAN = OpenedYear(classes=("6A1", "6A2"), subjects=(SUBJECT,), pupil_count=2)
PUPILS = (*PLAN.pupils("6A1"), *PLAN.pupils("6A2"), *(PupilId(numbered_id(n)) for n in (601, 602)))

classes = st.sampled_from(PLAN.classes)
pupils = st.sampled_from(PUPILS)
teachers = st.sampled_from((LAN.person, VINH.person))
days = st.sampled_from((AUTUMN, AUTUMN, AUTUMN, SPRING))
Drawn = tuple[type[commands.YearCommand], dict[str, object]]


def of(
    kind: type[commands.YearCommand], **fields: st.SearchStrategy[object]
) -> st.SearchStrategy[Drawn]:
    return st.tuples(st.just(kind), st.fixed_dictionaries(fields))


asked = st.one_of(
    of(commands.EnrolPupils, class_group=classes, pupils=st.tuples(pupils), since=days),
    of(commands.TransferIn, class_group=classes, pupil=pupils, since=days, reason=st.just(WHY)),
    of(commands.ChangeClass, to_class=classes, pupil=pupils, since=days, reason=st.just(WHY)),
    of(commands.LeaveSchool, pupil=pupils, until=days, reason=st.just(WHY)),
    of(
        commands.AssignTeacher,
        class_group=classes,
        subject=st.just(SUBJECT),
        teacher=teachers,
        since=days,
    ),
    of(
        commands.UnassignTeacher,
        class_group=classes,
        subject=st.just(SUBJECT),
        teacher=teachers,
        until=days,
    ),
    of(
        commands.AssignHomeroom,
        class_group=classes,
        teacher=st.sampled_from((HOA.person, QUYEN.person)),
        since=days,
    ),
    of(commands.OpenSemester, semester=st.just(2)),
)


@contextmanager
def opened_ledger() -> Iterator[GradeLedger]:
    engine = open_database("sqlite://")
    create_tables(engine)
    ledger = GradeLedger(LedgerRecorder(engine))
    PLAN.plan(ledger)
    staff = ((VINH, Role.SUBJECT_TEACHER), (QUYEN, Role.HOMEROOM_TEACHER))
    for voice, role in staff:
        person = voice.person
        ledger.handle(
            asks(CLOCKWORK, commands.JoinStaff, person=person, roles={role}, since=SUMMER)
        )
    ledger.handle(opens(KHOA))
    yield ledger
    engine.dispose()


def accepted(ledger: GradeLedger, command: Command) -> bool:
    before = ledger.recorder.head()
    try:
        return bool(ledger.handle(command))
    except Refused:
        assert ledger.recorder.head() == before
        return False


def tells_the_same(sheet: Sheet, year: Year, class_group: str) -> None:
    group = year.classes[class_group]
    assert sheet.pupils == group.present
    assert {p: sheet.numbers[p] for p in group.present} == {
        p: group.places[p].number for p in group.present
    }
    assert sheet.teachers == set(year.teachers[class_group, SUBJECT])
    assert sheet.homeroom_teacher == group.homeroom_teacher


def changed_since_spring(fields: dict[str, object]) -> bool:
    return SPRING in {fields.get("since"), fields.get("until")}


@settings(max_examples=60)
@given(st.lists(asked, min_size=1, max_size=14))
def test_open_sheets_have_the_pupils_numbers_and_teachers_of_the_year(drawn: list[Drawn]) -> None:
    """The first semester follows until something is decided for the second alone."""
    with opened_ledger() as ledger:
        together = True
        for kind, fields in drawn:
            if accepted(ledger, asks(KHOA, kind, **fields)) and changed_since_spring(fields):
                together = False
            year = ledger.year(YEAR_NAME)
            for semester in sorted(year.opened):
                for class_group in PLAN.classes:
                    if semester == 2 or together:
                        sheet = ledger.sheet(year.sheet_id(semester, class_group, SUBJECT))
                        tells_the_same(sheet, year, class_group)
