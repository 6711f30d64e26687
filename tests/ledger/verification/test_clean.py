"""A ledger that nobody tampered with gives no finding, not even while it is written to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

from sqlalchemy import Engine

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
