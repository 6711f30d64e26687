"""When marks are written: at hours at which nobody is at work, and in a deadline's last day."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from ledger.school.calendar import LOCAL_TIME

_NIGHT_BEGINS: Final = 22
_NIGHT_ENDS: Final = 5
LAST_DAY: Final = timedelta(hours=24)


@lru_cache(maxsize=1_000)
def at_odd_hour(moment: datetime) -> bool:
    """Whether people in Viet Nam have a time from 22:00 to 05:00 then."""
    hour = moment.astimezone(LOCAL_TIME).hour
    return hour >= _NIGHT_BEGINS or hour < _NIGHT_ENDS


def in_last_day(moment: datetime, deadline: datetime | None) -> bool:
    """Whether the moment lies in the 24 hours before the deadline, if there is one."""
    return deadline is not None and deadline - LAST_DAY <= moment <= deadline
