"""The subjects of lower-secondary schools: how each is assessed, and its lessons a year.

The lessons are defaults that nobody checked against the text of the programmes, and a school's own
plan may differ: a sheet keeps what was decided for it. How many regular assessments follow from the
lessons is for the circular in force to say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ledger.vocabulary import SubjectKind

GRADES: Final = range(6, 10)


@dataclass(frozen=True, slots=True)
class SubjectInProgramme:
    """A subject as a programme has it.

    `code` is permanent. `lessons` are those of a year in grades 6, 7, 8 and 9, 0 where the subject
    is not taught. A school may leave an `optional` subject (môn tự chọn) out.
    """

    code: str
    kind: SubjectKind
    lessons: tuple[int, int, int, int]
    optional: bool = False

    def lessons_in(self, grade: int) -> int:
        """Lessons a year in a grade, 0 if it is not taught there; ValueError outside 6 to 9."""
        return self.lessons[_checked(grade) - GRADES.start]


Programme = Mapping[str, SubjectInProgramme]


def _checked(grade: int) -> int:
    if grade not in GRADES:
        raise ValueError(f"a lower-secondary school has grades 6 to 9, not {grade}")
    return grade


def _alike(lessons: int) -> tuple[int, int, int, int]:
    return (lessons, lessons, lessons, lessons)


def _scored(code: str, lessons: tuple[int, int, int, int]) -> SubjectInProgramme:
    return SubjectInProgramme(code, SubjectKind.SCORED, lessons)


def _by_comment(code: str, lessons: tuple[int, int, int, int]) -> SubjectInProgramme:
    return SubjectInProgramme(code, SubjectKind.COMMENT, lessons)


def _programme(subjects: Iterable[SubjectInProgramme]) -> Programme:
    return MappingProxyType({subject.code: subject for subject in subjects})


# The programme of 2018 (Thông tư 32/2018) in the order of the Ministry's book; which subjects have
# marks and which comments only: Thông tư 22/2021, Điều 5.
PROGRAMME: Final = _programme(
    (
        _scored("ngu-van", _alike(140)),
        _scored("toan", _alike(140)),
        _scored("ngoai-ngu-1", _alike(105)),
        _scored("gdcd", _alike(35)),
        _scored("lich-su-va-dia-li", _alike(105)),
        _scored("khoa-hoc-tu-nhien", _alike(140)),
        _scored("cong-nghe", (35, 35, 52, 52)),
        _scored("tin-hoc", _alike(35)),
        _by_comment("giao-duc-the-chat", _alike(70)),
        _by_comment("nghe-thuat", _alike(70)),
        _by_comment("hoat-dong-trai-nghiem", _alike(105)),
        _by_comment("giao-duc-dia-phuong", _alike(35)),
    )
)

# The programme before it (Quyết định 16/2006/QĐ-BGDĐT): lessons a week times 35 weeks, halves cut
# off. In grade 9 Âm nhạc and Mĩ thuật take one semester each.
# By comment: Thông tư 58/2011, Điều 6.
PROGRAMME_2006: Final = _programme(
    (
        _scored("toan", _alike(140)),
        _scored("vat-li", (35, 35, 35, 70)),
        _scored("hoa-hoc", (0, 0, 70, 70)),
        _scored("sinh-hoc", _alike(70)),
        _scored("ngu-van", (140, 140, 140, 175)),
        _scored("lich-su", (35, 70, 52, 52)),
        _scored("dia-li", (35, 70, 52, 52)),
        _scored("ngoai-ngu-1", (105, 105, 105, 70)),
        _scored("gdcd", _alike(35)),
        _scored("cong-nghe", (70, 52, 52, 35)),
        SubjectInProgramme("tin-hoc", SubjectKind.SCORED, _alike(70), optional=True),
        _by_comment("am-nhac", (35, 35, 35, 17)),
        _by_comment("mi-thuat", (35, 35, 35, 17)),
        _by_comment("the-duc", _alike(70)),
    )
)

# The school year in which the programme of 2018 reached each grade: its first calendar year.
_REACHED: Final = MappingProxyType({6: 2021, 7: 2022, 8: 2023, 9: 2024})


def programme_for(school_year: str, grade: int) -> Programme:
    """The programme a grade followed in a school year like "2023-2024"; else ValueError.

    In 2023-2024 a school taught by both: grades 6 to 8 by the new one, grade 9 by the old one.
    """
    first_year = int(school_year.partition("-")[0])
    return PROGRAMME if first_year >= _REACHED[_checked(grade)] else PROGRAMME_2006
