"""Numbers as people read them."""

from fractions import Fraction


def shown_count(number: int) -> str:
    """A large number: "12.480"."""
    return f"{number:,}".replace(",", ".")


def shown_decimal(value: Fraction, places: int) -> str:
    """A number of 0 or more with at most so many decimals, halves up: "7,25", "6,5", "8"."""
    whole, rest = divmod(int(value * 10**places + Fraction(1, 2)), 10**places)
    decimals = f"{rest:0{places}}".rstrip("0")
    return f"{whole},{decimals}" if decimals else str(whole)


def shown_share(share: Fraction) -> str:
    """A share between 0 and 1 with at most one decimal: "87,5%", "90%"."""
    return f"{shown_decimal(share * 100, 1)}%"
