"""Results of an invented pupil with the twelve subjects of a lower-secondary school."""

from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

SCORED: Final = (
    *("ngu-van", "toan", "ngoai-ngu-1", "gdcd"),
    *("lich-su-va-dia-li", "khoa-hoc-tu-nhien", "cong-nghe", "tin-hoc"),
)
COMMENT: Final = (
    *("giao-duc-the-chat", "nghe-thuat"),
    *("hoat-dong-trai-nghiem", "giao-duc-dia-phuong"),
)


def scored(averages: str) -> dict[str, Decimal | None]:
    """Return averages in the order of `SCORED`: "7*8.0 5.0" is seven of 8.0, then one of 5.0."""
    values: list[Decimal] = []
    for part in averages.split():
        times, _, average = part.rpartition("*")
        values += [Decimal(average)] * int(times or 1)
    return dict(zip(SCORED, values, strict=True))


def comment(not_passed: int = 0) -> dict[str, bool | None]:
    """Return four comment subjects, the first `not_passed` of them Chưa đạt."""
    return {code: number >= not_passed for number, code in enumerate(COMMENT)}


scores = st.integers(0, 100).map(lambda tenths: Decimal(tenths).scaleb(-1))
# Most random pupils are at the lowest level; these stand close to the thresholds, where rules
# differ, and each subject may be anywhere as well.
_THRESHOLDS: Final = (19, 20, 34, 35, 49, 50, 64, 65, 79, 80, 90)
near_thresholds = st.fixed_dictionaries(
    dict.fromkeys(
        SCORED, st.sampled_from([Decimal(tenths).scaleb(-1) for tenths in _THRESHOLDS]) | scores
    )
)
results = st.fixed_dictionaries(dict.fromkeys(COMMENT, st.booleans()))
