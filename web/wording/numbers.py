"""Numbers as people read them."""


def shown_count(number: int) -> str:
    """A large number: "12.480"."""
    return f"{number:,}".replace(",", ".")
