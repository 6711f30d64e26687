"""What counts as night, and as a deadline's last day."""

from datetime import UTC, datetime, timedelta

import pytest

from ledger.school.calendar import LOCAL_TIME
from projections.anomalies.hours import at_odd_hour, in_last_day

DEADLINE = datetime(2026, 10, 9, 16, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "odd"),
    [(21, 59, False), (22, 0, True), (0, 30, True), (4, 59, True), (5, 0, False), (12, 0, False)],
)
def test_night_is_from_ten_to_five_in_viet_nam(hour: int, minute: int, odd: bool) -> None:  # noqa: FBT001
    local = datetime(2026, 10, 7, hour, minute, tzinfo=LOCAL_TIME)
    assert at_odd_hour(local) is odd
    assert at_odd_hour(local.astimezone(UTC)) is odd


@pytest.mark.parametrize(
    ("hours", "last"), [(-0.1, False), (0, True), (23.9, True), (24, True), (24.1, False)]
)
def test_the_last_day_ends_with_the_deadline(hours: float, last: bool) -> None:  # noqa: FBT001
    assert in_last_day(DEADLINE - timedelta(hours=hours), DEADLINE) is last


def test_without_a_deadline_there_is_no_last_day() -> None:
    assert not in_last_day(DEADLINE, None)
