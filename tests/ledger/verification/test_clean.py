"""A ledger that nobody tampered with gives no finding, not even while it is written to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from uuid import uuid4

import pytest
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from ledger.store.reading import opened_for_reading
from ledger.verification import Report
from projections.verification import verify_school
from tests.school import AN, KHOA, LAN, NOW
from tests.test_story import School, live_the_story


def test_a_whole_story_gives_nothing(engine: Engine) -> None:
    school = School(engine)
    live_the_story(school)
    report = verify_school(engine)
    assert (report.findings, report.remarks) == ([], [])
    assert (report.lines, report.root) == (15, school.ledger.recorder.head().root.hex())


def test_an_empty_ledger_gives_nothing(engine: Engine) -> None:
    School(engine)
    report = verify_school(engine)
    assert (report.lines, report.findings, report.remarks) == (0, [], [])


def test_a_writer_at_the_same_time_gives_nothing(engine: Engine) -> None:
    school, verified = School(engine), Event()
    school.handle(KHOA.opens())

    def write() -> int:
        versions = 0
        while not verified.is_set():
            voice = LAN.at(NOW + timedelta(minutes=versions))
            read = school.ledger.sheet(voice.sheet_id).cells.get((AN, "midterm"))
            after = "6.5" if versions % 2 else "7.5"
            school.handle(voice.enters((AN, "midterm", after, read.version if read else 0)))
            versions += 1
        return versions

    with ThreadPoolExecutor(1) as threads:
        written = threads.submit(write)
        reports: list[Report] = []
        try:
            while len(reports) < 3 or reports[-1].lines < 10:
                reports.append(verify_school(engine))
        finally:
            verified.set()
        assert written.result() >= 9
    assert [report.findings for report in reports] == [[]] * len(reports)
    assert reports[-1].lines > reports[0].lines


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_role_that_may_only_look_is_enough(engine: Engine, database_url: str) -> None:
    live_the_story(School(engine))
    address = make_url(database_url)
    schema, role = address.query["schema"], f"reader_{uuid4().hex}"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {role}"))
        connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}"))
    try:
        with opened_for_reading(str(address.set(username=role))) as reader:
            assert verify_school(reader).findings == []
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {role}"))
            connection.execute(text(f"DROP ROLE {role}"))


def test_what_is_opened_for_reading_takes_no_writing(engine: Engine, database_url: str) -> None:
    School(engine)
    with opened_for_reading(database_url) as reader:
        writing = text("UPDATE projection SET position = 90")
        with pytest.raises(DBAPIError, match=r"read-?only"), reader.begin() as connection:
            connection.execute(writing)
