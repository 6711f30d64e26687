"""Looking back: a point leaves a beginning of the stream, on both databases the same."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.line import Line
from ledger.points import AtMoment, AtPosition, lines_until
from ledger.reader import Reader
from ledger.results.commands import results_stream
from ledger.results.facts import ConductAssessed, PupilConduct
from ledger.results.terms import Term
from ledger.school.commands import SCHOOL_STREAM, year_stream
from ledger.school.facts import ClassFormed, SchoolDescribed
from ledger.sheet.state import Sheet, replay
from ledger.store.codec import to_stored_events
from ledger.store.recorder import LedgerRecorder
from ledger.vocabulary import CommandId, SheetId, sheet_id_of
from tests.school import AN, BAO, HOA, KHOA, LAN, NGOC, NOW, SHEET, entered

OTHER = sheet_id_of("2026-2027", 1, "6A2", "toan")
HOUR = timedelta(hours=1)


def line(position: int, at: datetime) -> Line:
    fact = entered(AN, "midterm", "7.0")
    return Line(SHEET, position, fact, LAN.author, at, CommandId(uuid4()), position)


def lines_at(*hours: int) -> list[Line]:
    """Lines of one stream at these hours, at every second position of the ledger."""
    return [line(2 * number, NOW + hour * HOUR) for number, hour in enumerate(hours, 1)]


@pytest.mark.parametrize(("position", "count"), [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (99, 3)])
def test_a_position_between_the_lines_of_a_stream_means_those_before_it(
    position: int, count: int
) -> None:
    assert len(list(lines_until(lines_at(1, 2, 3), AtPosition(position)))) == count


@pytest.mark.parametrize(
    ("hours", "asked", "count"),
    [
        ((1, 2, 3), 0, 0),
        ((1, 2, 3), 2, 2),
        ((1, 2, 3), 9, 3),
        ((1, 2, 2, 2, 3), 2, 4),  # lines of one moment are not torn apart
        ((1, 3, 2, 4), 2, 1),  # what follows a later line was decided on it
        ((1, 3, 2, 4), 3, 3),
    ],
)
def test_a_moment_means_all_lines_up_to_the_first_later_one(
    hours: tuple[int, ...], asked: int, count: int
) -> None:
    assert len(list(lines_until(lines_at(*hours), AtMoment(NOW + asked * HOUR)))) == count


@given(hours=st.lists(st.integers(0, 5), max_size=8), asked=st.integers(-1, 6))
def test_any_point_leaves_a_beginning_and_a_later_one_leaves_no_less(
    hours: Sequence[int], asked: int
) -> None:
    lines = lines_at(*hours)
    found = list(lines_until(lines, AtMoment(NOW + asked * HOUR)))
    assert found == lines[: len(found)]
    assert len(found) <= len(list(lines_until(lines, AtMoment(NOW + (asked + 1) * HOUR))))
    if found:
        assert list(lines_until(lines, AtPosition(found[-1].position))) == found


@pytest.fixture
def ledger(engine: Engine) -> GradeLedger:
    return GradeLedger(LedgerRecorder(engine))


def two_sheets(ledger: GradeLedger) -> dict[SheetId, list[Line]]:
    """Two sheets whose lines take turns, and one clock that is behind."""
    said = (
        KHOA.opens(),
        KHOA.about(OTHER).opens(class_group="6A2"),
        LAN.at(NOW + 2 * HOUR).enters((AN, "midterm", "6.0", 0), (BAO, "midterm", "0.0", 0)),
        LAN.at(NOW + 3 * HOUR).about(OTHER).enters((AN, "midterm", "9.0", 0)),
        LAN.at(NOW + HOUR).enters((AN, "final", "7.0", 0)),
        NGOC.at(NOW + 4 * HOUR).locks(),
        LAN.at(NOW + 4 * HOUR).about(OTHER).closes("midterm", leaving_blanks=True),
    )
    written: dict[SheetId, list[Line]] = {SHEET: [], OTHER: []}
    for command in said:
        written[command.sheet_id] += ledger.handle(command)
    return written


def test_a_replay_at_any_position_is_the_fold_of_what_was_written_until_then(
    ledger: GradeLedger,
) -> None:
    written = two_sheets(ledger)
    for position in range(ledger.recorder.head().position + 2):
        for sheet_id, lines in written.items():
            until = [each for each in lines if each.position <= position]
            assert ledger.lines_until(sheet_id, AtPosition(position)) == until
            assert ledger.sheet_at(sheet_id, AtPosition(position)) == replay(until)


def test_a_sheet_at_a_moment_is_what_people_saw_then(ledger: GradeLedger) -> None:
    written = two_sheets(ledger)[SHEET]
    assert ledger.sheet_at(SHEET, AtMoment(NOW - HOUR)) == Sheet()
    assert ledger.sheet_at(SHEET, AtMoment(NOW + HOUR)) == replay(written[:1])
    seen = ledger.sheet_at(SHEET, AtMoment(NOW + 2 * HOUR))
    assert seen == replay(written[:4])
    assert not seen.locks
    assert ledger.sheet_at(SHEET, AtMoment(NOW + 99 * HOUR)) == ledger.sheet(SHEET)


def test_nothing_ever_written_is_empty_at_any_point(ledger: GradeLedger) -> None:
    for point in (AtPosition(0), AtPosition(10**15), AtMoment(NOW)):
        assert ledger.lines_until(SHEET, point) == []
        assert ledger.school_at(point).version == 0
        assert ledger.year_at("2026-2027", point).version == 0
    assert ledger.moment_of(AtPosition(5)) is None


def test_a_position_has_the_moment_of_its_line_and_none_before_the_first(
    ledger: GradeLedger,
) -> None:
    two_sheets(ledger)
    end = ledger.recorder.head().position
    assert ledger.moment_of(AtPosition(0)) is None
    assert ledger.moment_of(AtPosition(1)) == NOW
    assert ledger.moment_of(AtPosition(end + 7)) == NOW + 4 * HOUR
    assert ledger.moment_of(AtMoment(NOW)) == NOW


def test_school_and_year_stand_as_they_did(ledger: GradeLedger) -> None:
    described = SchoolDescribed(
        since=NOW.date(),
        school_name="THCS Thử Nghiệm",
        governing_body="UBND Phường Thử Nghiệm",
        department="Sở Giáo dục và Đào tạo Thử Nghiệm",
        place="Thử Nghiệm",
        school_code="30000001",
    )
    formed = [ClassFormed(class_group=name, grade=6) for name in ("6A1", "6A2")]
    year = year_stream("2026-2027")

    def record(stream_id: UUID, version: int, fact: SchoolDescribed | ClassFormed) -> None:
        written = Line(stream_id, version, fact, KHOA.author, NOW, CommandId(uuid4()))
        ledger.recorder.insert_events(to_stored_events([written]))

    record(year, 1, formed[0])
    record(SCHOOL_STREAM, 1, described)
    record(year, 2, formed[1])
    assert ledger.school_at(AtPosition(1)).descriptions == ()
    assert ledger.school_at(AtPosition(2)).descriptions == (described,)
    assert set(ledger.year_at("2026-2027", AtPosition(2)).classes) == {"6A1"}
    assert set(ledger.year_at("2026-2027", AtPosition(3)).classes) == {"6A1", "6A2"}


def test_results_are_those_written_down_until_then(ledger: GradeLedger) -> None:
    stream_id = results_stream("2026-2027", "6A1")
    for version, level in enumerate(("Khá", "Tốt"), 1):
        conduct = ConductAssessed(
            school_year="2026-2027",
            class_group="6A1",
            term=Term.SEMESTER_1,
            pupils=(PupilConduct(pupil=AN, level=level),),
        )
        written = Line(stream_id, version, conduct, HOA.author, NOW, CommandId(uuid4()))
        ledger.recorder.insert_events(to_stored_events([written]))
    levels = [
        ledger.class_results_at("2026-2027", "6A1", AtPosition(position)).conduct
        for position in range(3)
    ]
    assert levels == [{}, {Term.SEMESTER_1: {AN: "Khá"}}, {Term.SEMESTER_1: {AN: "Tốt"}}]


def test_the_past_can_be_asked_whatever_a_rule_may_ask(ledger: GradeLedger) -> None:
    two_sheets(ledger)
    reader: Reader = ledger.as_of(AtPosition(2))
    sheets = reader.sheets([SHEET, OTHER])
    assert [sheets[each].version for each in (SHEET, OTHER)] == [1, 1]
    assert reader.results([("2026-2027", "6A1")])["2026-2027", "6A1"].version == 0
