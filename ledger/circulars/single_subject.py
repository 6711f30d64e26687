"""When one subject alone has pulled a pupil down: the policy where the circulars leave it open."""

from enum import StrEnum
from typing import Final


class SingleSubject(StrEnum):
    """Where the good marks must come from when one subject alone is to blame (TT22 Điều 9.3).

    A pupil with five averages of 8.0, two of 7.0 and one of 4.9: "ít nhất 06 môn từ 8,0" is met
    only if the one subject is imagined as good. No authority was found that decides it, so it is
    a policy with a permanent name and number; another reading is a new name, never a new meaning.
    """

    OTHER_SUBJECTS = "other-subjects.1"  # the others alone must reach the level
    IMAGINED_GOOD = "imagined-good.1"  # the one subject counts as if it were good


# Configurable: not checked against an authoritative interpretation.
DEFAULT_SINGLE_SUBJECT: Final = SingleSubject.OTHER_SUBJECTS
