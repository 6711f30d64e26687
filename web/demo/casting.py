"""Which sheets play a part of their own, so that no two stories disturb each other."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final


class Part(Enum):
    """What the ordinary story does with the midterm column of a sheet that has a part."""

    CLOSED_EARLY = "closed-early"  # entered and closed by its teacher: only corrections change it
    LEFT_OPEN = "left-open"  # entered by its teacher, not closed: locked with all on 16/11
    MISSED = "missed"  # not entered when its deadline passed


Key = tuple[str, str]

# Corrections, by where they have got to on the last day.
EXECUTED: Final[Key] = ("6A1", "toan")
EXECUTED_SHIFTED_ROWS: Final[Key] = ("9A2", "ngu-van")
EXECUTED_FOR_HOMEROOM: Final[Key] = ("8A1", "hoat-dong-trai-nghiem")
EXECUTED_IN_PLACE_OF: Final[Key] = ("6A4", "lich-su-va-dia-li")
REFUSED: Final[Key] = ("8A3", "ngoai-ngu-1")
REFUSED_BY_HOMEROOM: Final[Key] = ("7A1", "gdcd")
WITHDRAWN: Final[Key] = ("9A4", "toan")
VOIDED: Final[Key] = ("6A2", "khoa-hoc-tu-nhien")
HALF_EXECUTED: Final[Key] = ("9A1", "ngoai-ngu-1")
APPROVED: Final[Key] = ("7A2", "toan")
CONFIRMED: Final[tuple[Key, ...]] = (("6A3", "ngu-van"), ("9A3", "khoa-hoc-tu-nhien"))
REQUESTED: Final[tuple[Key, ...]] = (("8A4", "ngu-van"), ("7A4", "cong-nghe"))

# Patterns that a vice-principal would want to look at.
RAISED_BEFORE_DEADLINE: Final[Key] = ("8A2", "toan")
CLEARED_AND_REENTERED: Final[Key] = ("9A1", "ngu-van")
CHANGED_AFTER_UNLOCK: Final[Key] = ("7A3", "ngoai-ngu-1")
ODD_HOURS: Final[Key] = ("6A4", "tin-hoc")
FAR_ABOVE: Final[Key] = ("7A4", "ngoai-ngu-1")
COPIED_COLUMN: Final[Key] = ("9A2", "gdcd")

# Late sheets: some are opened again by the principal, some still lack their marks.
OPENED_AGAIN: Final[tuple[Key, ...]] = (
    ("6A2", "cong-nghe"),
    ("7A1", "lich-su-va-dia-li"),
    ("8A4", "tin-hoc"),
)
STILL_MISSING: Final[tuple[Key, ...]] = (("9A3", "cong-nghe"), ("6A3", "nghe-thuat"))

PARTS: Final[Mapping[Key, Part]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                EXECUTED,
                EXECUTED_SHIFTED_ROWS,
                EXECUTED_FOR_HOMEROOM,
                EXECUTED_IN_PLACE_OF,
                REFUSED,
                REFUSED_BY_HOMEROOM,
                WITHDRAWN,
                HALF_EXECUTED,
                APPROVED,
                *CONFIRMED,
                *REQUESTED,
            ),
            Part.CLOSED_EARLY,
        ),
        **dict.fromkeys(
            (
                VOIDED,
                RAISED_BEFORE_DEADLINE,
                CLEARED_AND_REENTERED,
                CHANGED_AFTER_UNLOCK,
                FAR_ABOVE,
            ),
            Part.LEFT_OPEN,
        ),
        **dict.fromkeys((*OPENED_AGAIN, *STILL_MISSING), Part.MISSED),
    }
)
