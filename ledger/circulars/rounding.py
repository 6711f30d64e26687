"""The one place where a published result is rounded: to 0.1, half up, in decimal arithmetic."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

_TENTH: Final = Decimal("0.1")

# Of its own, so that no precision or rounding set elsewhere in the program changes an average.
_ARITHMETIC: Final = Context(prec=28, rounding=ROUND_HALF_UP)


def rounded_quotient(total: Decimal, divisor: int) -> Decimal:
    """Return `total / divisor` with one place, a tie going up: 27.6 / 8 = 3.45 is 3.5.

    Banker's rounding says 3.4 there. Ties come only with a divisor of 8 or 10, which at a
    lower-secondary school is a subject with three regular marks: Công nghệ 8 and 9 alone.
    """
    return _ARITHMETIC.divide(total, Decimal(divisor)).quantize(_TENTH, context=_ARITHMETIC)


def weighted_average(weighted: Iterable[tuple[int, Sequence[Decimal | None]]]) -> Decimal | None:
    """Return the rounded average of groups of marks, each `(weight, marks)`.

    A group without marks, or a mark that is missing (None), leaves no average at all: dividing by
    the weights of what happens to be there would publish a result before the final test. A 0 is a
    mark like any other.
    """
    total, divisor = Decimal(0), 0
    for weight, marks in weighted:
        if not marks:
            return None
        for mark in marks:
            if mark is None:
                return None
            total += weight * mark
            divisor += weight
    return rounded_quotient(total, divisor)
