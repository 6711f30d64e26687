"""The pupils of 2023-2024: grade 9 under TT58/2011 (with TT26/2020), grade 8 under TT22/2021.

Grade 9 followed the programme of 2006: ten scored subjects, three by comment.
"""

from typing import Final

from tests.year_story.plan import Marks

CLASSES: Final = {"8A1": (25,), "9A1": (21, 22, 23, 24)}
LOW: Final = {"toan": "3.0", "vat-li": "3.0"}
FIRST_SEMESTER: Final = {
    21: Marks("8.5"),  # (10 x 8.5) / 10 = 8.5: Giỏi
    # (9 x 9.0 + 4.0) / 10 = 8.5, but 4.0 makes it Trung bình: up to Khá (TT58 Điều 13.6a).
    22: Marks("9.0", {"dia-li": "4.0"}),
    23: Marks("5.0", LOW),  # (8 x 5.0 + 2 x 3.0) / 10 = 4.6 and nothing below 2.0: Yếu
    24: Marks("6.0"),  # 6.0: Trung bình
    # By TT22 the same slip: Tốt but for one subject, which makes it Đạt: up to Khá (Điều 9.3).
    25: Marks("9.0", {"lich-su-va-dia-li": "4.0"}),
}
# HS24 has 7.0: (6.0 + 2 x 7.0) / 3 = 6.67, so 6.7 in each subject and over them all: Khá.
SECOND_SEMESTER: Final = {**FIRST_SEMESTER, 24: Marks("7.0")}
CONDUCT: Final = {23: ("Khá", "Khá"), 24: ("Trung bình", "Khá")}
# Under TT58 the year's conduct is a judgement of its own, mainly by semester II (Điều 3).
YEAR_CONDUCT: Final = {21: "Tốt", 22: "Tốt", 23: "Khá", 24: "Khá"}
