"""What a verification has to say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where what is stored is not what it has to be.

    `code` is permanent and in kebab-case; the sentence for people is made of it elsewhere.
    `position` is the line at which it was found, None where no single line is meant; `where`
    names the row, file or key; `expected` and `found` are short texts to be shown as they are.
    """

    code: str
    position: int | None
    where: str
    expected: str
    found: str
