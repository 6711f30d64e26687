"""The words of a school as types: marks, columns, people and the roles they act in."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Annotated, Any, Final, NewType, Self
from unicodedata import normalize
from uuid import UUID, uuid5

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

SheetId = NewType("SheetId", UUID)
PersonId = NewType("PersonId", UUID)  # a member of staff; the name lives in `ledger.people`
PupilId = NewType("PupilId", UUID)
CommandId = NewType("CommandId", UUID)
CorrectionId = NewType("CorrectionId", UUID)
SessionId = NewType("SessionId", UUID)

Moment = AwareDatetime
Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=500),
    # Some keyboards send letters and tones apart, which look the same and compare unequal.
    BeforeValidator(lambda text: normalize("NFC", text) if isinstance(text, str) else text),
]
# A name that the school gives a thing: itself, a department. Never the name of a person.
Label = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    BeforeValidator(lambda text: normalize("NFC", text) if isinstance(text, str) else text),
]
SchoolYear = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{4}$")]
Semester = Annotated[int, Field(ge=1, le=2)]
Grade = Annotated[int, Field(ge=6, le=12)]
ClassGroup = Annotated[str, StringConstraints(min_length=1, max_length=20)]
Subject = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{2,40}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Value(BaseModel, frozen=True, extra="forbid"):
    """A value with no identity: frozen, compared by content, closed to unknown fields."""


class Role(StrEnum):
    """The part a person plays when acting; one person may play several, one at a time."""

    SUBJECT_TEACHER = "subject-teacher"
    HOMEROOM_TEACHER = "homeroom-teacher"
    DEPARTMENT_HEAD = "department-head"
    SECRETARY = "secretary"
    ADMINISTRATOR = "administrator"
    VICE_PRINCIPAL = "vice-principal"
    PRINCIPAL = "principal"
    SYSTEM = "system"


class SubjectKind(StrEnum):
    """How a subject is assessed (Thông tư 22/2021, Điều 5): by marks, or by Đạt / Chưa đạt."""

    SCORED = "scored"
    COMMENT = "comment"


# Columns are text so that the stored bytes read plainly: "regular-1" is ĐĐGtx 1, "midterm" is
# ĐĐGgk and "final" is ĐĐGck. How many regular columns a sheet has is never fixed in code:
# Công nghệ 8-9 has three, and files from other products bring up to five.
Column = Annotated[str, StringConstraints(pattern=r"^(regular-[1-9]|midterm|final)$")]
MIDTERM: Final = "midterm"
FINAL: Final = "final"
PERIODIC: Final = frozenset({MIDTERM, FINAL})


def columns_of(regular_count: int) -> tuple[str, ...]:
    """Columns of a sheet with `regular_count` (1-9) regular assessments, in book order."""
    if not 1 <= regular_count <= 9:
        message = f"a sheet has 1 to 9 regular columns, not {regular_count}"
        raise ValueError(message)
    return (*(f"regular-{number}" for number in range(1, regular_count + 1)), MIDTERM, FINAL)


_SHEETS: Final = UUID("6d0b7a52-3c0e-4f0e-9f4b-0a4f3f1c6e21")


# The sheets of a big year are asked for again with every decision that covers them.
@lru_cache(maxsize=4096)
def sheet_id_of(school_year: str, semester: int, class_group: str, subject: str) -> SheetId:
    """The id of the one sheet of a class, subject and semester, so none is opened twice."""
    return SheetId(uuid5(_SHEETS, f"{school_year}/{semester}/{class_group}/{subject}"))


class MarkState(StrEnum):
    """The six states of a cell that naive software collapses into blank and zero."""

    BLANK = "blank"
    SCORED = "scored"
    ZERO_BY_RULE = "zero-by-rule"  # absent from a periodic test, no make-up (TT22 Điều 7)
    AWAITING_MAKE_UP = "awaiting-make-up"
    EXEMPT = "exempt"
    NOT_ASSESSED = "not-assessed"  # a pupil with a disability, content left out (TT22 Điều 11)


@dataclass(frozen=True, slots=True)
class Mark:
    """What one cell holds. There are 108 possible marks, made once: compare them with `is` or `==`.

    `text` is the stored form, `score` a Decimal with one place where the state is scored in a
    scored subject, `passed` a bool where it is scored in a comment subject.
    """

    text: str
    state: MarkState
    score: Decimal | None = None
    passed: bool | None = None

    @classmethod
    def of(cls, text: str) -> Self:
        """The mark stored as `text`; ValueError if there is none."""
        try:
            return MARKS[text]  # type: ignore[return-value]
        except KeyError:
            message = f"no such mark: {text!r}"
            raise ValueError(message) from None

    @property
    def is_blank(self) -> bool:
        return self.state is MarkState.BLANK

    @property
    def awaits_a_mark(self) -> bool:
        """Whether a first mark is still to come: nothing official would be overwritten by it."""
        return self.state in {MarkState.BLANK, MarkState.AWAITING_MAKE_UP}

    def fits(self, kind: SubjectKind) -> bool:
        """Whether a subject of this kind may hold the mark."""
        if self.state is not MarkState.SCORED:
            return True
        return (self.score is not None) == (kind is SubjectKind.SCORED)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: type[Any], _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from_text = core_schema.no_info_plain_validator_function(cls.of)
        made_already = core_schema.is_instance_schema(cls)
        return core_schema.json_or_python_schema(
            json_schema=from_text,
            python_schema=core_schema.union_schema([made_already, from_text], mode="left_to_right"),
            serialization=core_schema.plain_serializer_function_ser_schema(
                attrgetter("text"), return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "examples": ["8.5", "passed", "exempt", ""]}

    def __str__(self) -> str:
        return self.text or "blank"


def _every_mark() -> Mapping[str, Mark]:
    scores = (Decimal(tenths).scaleb(-1) for tenths in range(101))
    marks = [Mark(f"{score:.1f}", MarkState.SCORED, score=score) for score in scores]
    marks += [
        Mark("passed", MarkState.SCORED, passed=True),
        Mark("not-passed", MarkState.SCORED, passed=False),
        Mark("", MarkState.BLANK),
    ]
    marks += [Mark(state.value, state) for state in MarkState if state not in {"blank", "scored"}]
    return MappingProxyType({mark.text: mark for mark in marks})


MARKS: Final = _every_mark()
BLANK: Final = MARKS[""]


class Author(Value):
    """Who wrote a line: the person, the role acted in, on whose behalf, and the session."""

    person: PersonId
    role: Role
    on_behalf_of: PersonId | None = None
    session: SessionId | None = None
