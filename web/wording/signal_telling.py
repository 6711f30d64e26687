"""What a sentence about a signal is told from: its figures, where it lies and who it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ledger.signals.finding import Place
from web.wording.numbers import shown_count
from web.wording.school import column_name, semester_inside, subject_name


@dataclass(frozen=True, slots=True)
class Told:
    """One signal as its sentence needs it, of a screen or of a finding kept in the ledger.

    `figures` are numbers, or their text with a decimal point as a finding has them. `person` is
    the name of who the signal is about and `where` the place, both empty where there is none.
    """

    figures: Mapping[str, str | float]
    place: Place
    person: str = ""
    where: str = ""

    def value(self, name: str) -> Decimal:
        """A figure as a number; KeyError where the signal does not have it."""
        return Decimal(str(self.figures[name]))

    def count(self, name: str) -> str:
        """A figure that counts something: "1.234"."""
        return shown_count(int(self.value(name).to_integral_value(ROUND_HALF_UP)))

    def number(self, name: str, places: int = 1) -> str:
        """A figure with at most so many decimals, "7,9"; whole ones without any, "8"."""
        return shown_number(self.value(name), places)

    def percent(self, name: str) -> str:
        """A share between 0 and 1 as people read it: "18,2%", "18%"."""
        return shown_percent(self.value(name))

    def mark(self, name: str) -> str:
        """A mark or an average, always with its one decimal: "8,0"."""
        return f"{_rounded(self.value(name), 1)}".replace(".", ",")


def shown_number(number: Decimal, places: int = 1) -> str:
    """A number with at most `places` decimals, halves up and away from 0: "-0,3", "12"."""
    text = f"{_rounded(number, places)}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace(".", ",")


def shown_percent(share: Decimal) -> str:
    """A share between 0 and 1 with at most one decimal; little is "dưới 0,1%" and not nothing."""
    if 0 < share < Decimal("0.0005"):
        return "dưới 0,1%"
    return f"{shown_number(share * 100)}%"


def place_name(place: Place) -> str:
    """Where a signal lies: "Toán, lớp 6A1, học kì I, ĐĐGgk"; empty for the whole school's year.

    The pupil and the person are not in it, since their names are not known here.
    """
    parts = (
        subject_name(place.subject) if place.subject else "",
        f"lớp {place.class_group}" if place.class_group else "",
        f"khối {place.grade}" if place.grade and not place.class_group else "",
        semester_inside(place.semester) if place.semester else "",
        column_name(place.column) if place.column else "",
    )
    return ", ".join(part for part in parts if part)


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
