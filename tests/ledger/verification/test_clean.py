"""A ledger that nobody tampered with gives no finding, not even while it is written to."""

from sqlalchemy import Engine

from projections.verification import verify_school
from tests.test_story import School, live_the_story


def test_a_whole_story_gives_nothing(engine: Engine) -> None:
    school = School(engine)
    live_the_story(school)
    report = verify_school(engine)
    assert (report.findings, report.remarks) == ([], [])
    assert (report.lines, report.root) == (15, school.ledger.recorder.head().root.hex())
