"""The pupils of the year, and every mark they get: chosen so that results can be made by hand.

Most pupils have one and the same mark in all columns of a subject, which then is the average; what
differs stands below with its arithmetic. Subjects and their regular columns a semester: 140 and 105
lessons four, 52 lessons three, 35 lessons two (TT22/2021 Điều 6); comment subjects two.
"""

from dataclasses import dataclass, field
from typing import Final

from ledger.vocabulary import PupilId
from tests.school import numbered_id

ALL_COMMENTS: Final = "passed"


def pupil(number: int) -> PupilId:
    return PupilId(numbered_id(20_000 + number))


def number_of(pupil_id: PupilId) -> int:
    return int(str(pupil_id)[-2:])


def code_of(pupil_id: PupilId) -> str:
    """How the printed tables name a pupil: HS01."""
    return f"HS{number_of(pupil_id):02d}"


@dataclass(frozen=True)
class Marks:
    """A pupil's marks of a semester: in every scored subject `usual`, but for what is special.

    `subjects` have another mark in all columns, `cells` another one in one column.
    """

    usual: str
    subjects: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, subject: str, column: str, *, scored: bool) -> str:
        usual = self.subjects.get(subject, self.usual if scored else ALL_COMMENTS)
        return self.cells.get((subject, column), usual)


CLASSES: Final = {
    "6A1": (1, 2, 3, 4),
    "7A1": (5, 6, 7, 8),
    "7A2": (9, 10),
    "8A1": (11, 12, 13),
    "9A1": (14, 16),
}
EXEMPT: Final = {"giao-duc-the-chat": "exempt"}
WEAK: Final = {"toan": "3.0", "khoa-hoc-tu-nhien": "3.0"}

FIRST_SEMESTER: Final = {
    # Typed as 6.0 and corrected to 9.0 before the results are approved.
    1: Marks("9.0", cells={("toan", "regular-1"): "6.0"}),
    # A 0 counts: (0 + 8 + 8 + 8 + 2 x 8 + 3 x 8) / 9 = 64 / 9 = 7.11.., so 7.1.
    2: Marks("8.0", cells={("toan", "regular-1"): "0.0"}),
    3: Marks("7.0", EXEMPT),
    4: Marks("5.5"),
    # Without Toán it would be Tốt; with 4.0 it is Đạt, two levels lower: up to Khá (Điều 9.3).
    5: Marks("8.0", {"toan": "4.0"}),
    # One Chưa đạt in one assessment is Chưa đạt in the subject; Tốt falls to Đạt: up to Khá.
    6: Marks("8.0", cells={("nghe-thuat", "final"): "not-passed"}),
    # Two subjects below 3.5, so no single one is to blame: Chưa đạt.
    7: Marks("5.0", WEAK),
    8: Marks("7.0"),
    # (6 + 6 + 2 x 6 + 3 x 0) / 7 = 24 / 7 = 3.43, so 3.4: Chưa đạt instead of Khá: up to Đạt.
    9: Marks("7.0", {"gdcd": "6.0"}, {("gdcd", "final"): "zero-by-rule"}),
    10: Marks("6.0"),
    # (7 + 7 + 8 + 2 x 7.5 + 3 x 7) / 8 = 58 / 8 = 7.25 exactly: half goes up, 7.3.
    11: Marks(
        "8.0",
        {"cong-nghe": "7.0"},
        {("cong-nghe", "regular-3"): "8.0", ("cong-nghe", "midterm"): "7.5"},
    ),
    # The make-up test is 6.5 as well.
    12: Marks("6.5", cells={("ngoai-ngu-1", "final"): "awaiting-make-up"}),
    13: Marks("3.0"),
    14: Marks("8.0"),
    # Brings a 10 and a 9 along: (10 + 8 + 8 + 8 + 2 x 9 + 3 x 8) / 9 = 76 / 9 = 8.44, so 8.4.
    15: Marks("8.0"),
    # Midterm of Ngữ văn corrected to 9.0 after the approval:
    # (7 + 7 + 7 + 7 + 2 x 9 + 3 x 7) / 9 = 67 / 9 = 7.44, so 7.4.
    16: Marks("7.0"),
}
SECOND_SEMESTER: Final = {
    1: Marks("9.0"),
    2: Marks("8.0"),
    3: Marks("7.0", EXEMPT),
    4: Marks("5.5"),
    5: Marks("8.0", {"toan": "4.0"}),
    6: Marks("8.0"),
    7: Marks("5.0", WEAK),
    8: Marks("7.0"),
    9: Marks("7.0", {"gdcd": "6.0"}),
    10: Marks("6.0"),
    11: Marks("8.0", {"cong-nghe": "7.0"}),
    12: Marks("6.5"),
    13: Marks("3.0"),
    15: Marks("8.0"),
    16: Marks("7.0"),
}
MARKS: Final = {1: FIRST_SEMESTER, 2: SECOND_SEMESTER}

# Who is not Tốt in both semesters. The year follows by the table of Điều 8.
CONDUCT: Final = {
    4: ("Khá", "Khá"),
    7: ("Khá", "Khá"),
    10: ("Khá", "Chưa đạt"),
    12: ("Khá", "Khá"),
    13: ("Đạt", "Chưa đạt"),
}
# 20 + 10 in semester I and 16 in semester II: 46 sessions, one more than Điều 12.1c allows.
ABSENCES: Final = {("2026-10", 4): (20, 0), ("2026-11", 4): (0, 10), ("2027-03", 4): (16, 0)}
