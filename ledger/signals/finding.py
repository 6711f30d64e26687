"""A finding: what a signal saw, as it is kept in the ledger when somebody acts on it."""

from enum import StrEnum
from typing import Annotated, Final, NewType
from uuid import UUID, uuid5

from pydantic import Field, StringConstraints

from ledger.vocabulary import (
    ClassGroup,
    Column,
    CorrectionId,
    Grade,
    PersonId,
    PupilId,
    SchoolYear,
    Semester,
    SheetId,
    Subject,
    Value,
)

SignalId = NewType("SignalId", UUID)

_SIGNALS: Final = UUID("b0a6a1c2-7a3e-4d0b-9a57-3f1d2c8e4f60")


class SignalKind(StrEnum):
    """What a signal is about; the names are permanent, since facts hold them."""

    # How marks were changed.
    CHANGED_OFTEN = "changed-often"
    MARK_CHANGED_AGAIN = "mark-changed-again"
    CLEARED_AND_REENTERED = "cleared-and-reentered"
    CHANGED_IN_WINDOW = "changed-in-window"
    CHANGED_BEFORE_DEADLINE = "changed-before-deadline"
    CHANGED_AT_ODD_HOURS = "changed-at-odd-hours"
    CHANGED_BY_ANOTHER = "changed-by-another"
    ONE_DIRECTION = "one-direction"
    CROSSES_THRESHOLDS = "crosses-thresholds"
    LIFTS_RESULTS = "lifts-results"
    CORRECTION_ASKED_AGAIN = "correction-asked-again"
    ATTEMPTS_REFUSED = "attempts-refused"
    # How marks are distributed.
    MARKS_HIGH = "marks-high"
    MARKS_LOW = "marks-low"
    UPPER_TAIL = "upper-tail"
    SPREAD_COLLAPSED = "spread-collapsed"
    BUNCHED_ABOVE_THRESHOLD = "bunched-above-threshold"
    COLUMNS_APART = "columns-apart"
    COLUMN_COPIED = "column-copied"
    APART_FROM_EARLIER_TERM = "apart-from-earlier-term"


class Place(Value):
    """Where a signal lies; what it is not about is None.

    `person` is who changed the marks, or whose marks they are. `window` is the position of the
    line that opened the columns. `other_column` and `other_sheet` are what the column was compared
    with.
    """

    semester: Semester | None = None
    grade: Grade | None = None
    class_group: ClassGroup | None = None
    subject: Subject | None = None
    sheet: SheetId | None = None
    column: Column | None = None
    other_sheet: SheetId | None = None
    other_column: Column | None = None
    pupil: PupilId | None = None
    person: PersonId | None = None
    correction_id: CorrectionId | None = None
    window: int | None = Field(default=None, ge=1)


# Numbers as they are shown, never floats: "0.0012", "7.9", "-3".
Number = Annotated[str, StringConstraints(pattern=r"^-?\d{1,12}(\.\d{1,6})?$")]
FigureName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{1,39}$")]


class Finding(Value):
    """What a signal said when somebody acted on it: its figures, and how strong it was.

    `q` is the share of false signals to be expected among those at least as strong, 0 to 1;
    `effect` is in the unit of the signal's kind. `position` is the last line it was made of.
    """

    school_year: SchoolYear
    kind: SignalKind
    place: Place
    figures: tuple[tuple[FigureName, Number], ...]
    q: Number
    effect: Number
    position: int = Field(ge=1)

    @property
    def signal_id(self) -> SignalId:
        return signal_id_of(self.school_year, self.kind, self.place)


def signal_id_of(school_year: str, kind: SignalKind, place: Place) -> SignalId:
    """The id of the one signal of a kind at a place, which stays while its figures move."""
    return SignalId(uuid5(_SIGNALS, f"{school_year}/{kind}/{place.model_dump_json()}"))
