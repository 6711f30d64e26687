"""A stranger's words on a terminal."""


def printable(text: str) -> str:
    """The text, harmless: what cannot be printed, as a command to the terminal, is written out."""
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)
