"""The point that an address asks for: a day, a moment in Vietnamese time, or a line's position."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from re import ASCII, fullmatch
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Depends

from ledger.points import AtMoment, AtPosition, Point
from web.moments import VIETNAM, field_moment, shown_day, shown_moment
from web.refusals import PointUnreadable

_POSITION: Final = r"\d{1,15}"
_DAY: Final = r"\d{4}-\d\d-\d\d"
_MOMENT: Final = rf"{_DAY}T\d\d:\d\d(?P<seconds>:\d\d(\.\d{{1,6}})?)?(Z|[+-]\d\d:\d\d)?"
_VIETNAMESE: Final = (
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})( +(?P<hour>\d{1,2}):(?P<minute>\d\d))?"
)
_INSTANT: Final = timedelta(microseconds=1)
# No ledger is older, and no sheet will be looked back at later; both are far from where clocks end.
_YEARS: Final = range(1900, 3000)


@dataclass(frozen=True, slots=True)
class AskedPoint:
    """A point, and the text that asks for it: a position, or a day or moment as ISO 8601 has it."""

    point: Point
    text: str

    @property
    def query(self) -> str:
        """The query string that asks a page for this point."""
        return urlencode({"dong" if isinstance(self.point, AtPosition) else "luc": self.text})

    @property
    def words(self) -> str:
        """The point as people say it."""
        match self.point:
            case AtPosition(0):
                return "trước dòng đầu tiên của sổ"
            case AtPosition(position):
                return f"ngay sau dòng {position}"
            case AtMoment(moment):
                if fullmatch(_DAY, self.text):
                    return f"hết ngày {shown_day(moment)}"
                return shown_moment(moment)

    @property
    def typed(self) -> str:
        """The text as people type it: "20/11/2026", "20/11/2026 10:30", or a position."""
        if isinstance(self.point, AtMoment) and fullmatch(rf"{_DAY}(T\d\d:\d\d)?", self.text):
            asked = datetime.fromisoformat(self.text)
            return f"{asked:%d/%m/%Y %H:%M}" if "T" in self.text else f"{asked:%d/%m/%Y}"
        return self.text

    @property
    def field(self) -> str:
        """What a `datetime-local` field holds for the point; nothing for a position."""
        return field_moment(self.point.moment) if isinstance(self.point, AtMoment) else ""


def at_position(position: int) -> AskedPoint:
    """The point just after a line."""
    return AskedPoint(AtPosition(position), str(position))


def read_point(text: str) -> AskedPoint:
    """Read "12345", "20/11/2026", "20/11/2026 10:30", "2026-11-20", "2026-11-20T10:30".

    A moment may have seconds and an offset. People see minutes and days, so what they type means
    the whole of it: "10:30" is as it stood when that minute was over, and a day is its end.
    Raises PointUnreadable.
    """
    text = text.strip()
    if fullmatch(_POSITION, text, ASCII):
        return at_position(int(text))
    if said := fullmatch(_VIETNAMESE, text, ASCII):
        text = f"{said['year']}-{said['month']:0>2}-{said['day']:0>2}"
        text += f"T{said['hour']:0>2}:{said['minute']}" if said["hour"] else ""
    try:
        return AskedPoint(AtMoment(_moment(text)), text)
    except ValueError as error:
        raise PointUnreadable from error


def _moment(text: str) -> datetime:
    if fullmatch(_DAY, text, ASCII):
        moment = datetime.combine(datetime.fromisoformat(text), time.max, VIETNAM)
    elif typed := fullmatch(_MOMENT, text, ASCII):
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=VIETNAM)
        if typed["seconds"] is None:
            moment += timedelta(minutes=1) - _INSTANT
        elif "." not in typed["seconds"]:
            moment += timedelta(seconds=1) - _INSTANT
    else:
        raise ValueError(text)
    if moment.year not in _YEARS:
        raise ValueError(text)
    return moment.astimezone(UTC)


def _asked_point(luc: str = "", dong: str = "") -> AskedPoint | None:
    """What `?luc=` or `?dong=` asks for; None where neither does. Both at once are unclear."""
    luc, dong = luc.strip(), dong.strip()
    if luc and dong:
        raise PointUnreadable
    if dong and not fullmatch(_POSITION, dong, ASCII):
        raise PointUnreadable
    if luc and fullmatch(_POSITION, luc, ASCII):
        raise PointUnreadable
    return read_point(luc or dong) if luc or dong else None


AskedPointDep = Annotated[AskedPoint | None, Depends(_asked_point)]
