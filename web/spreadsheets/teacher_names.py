"""Who a cell of an assignment means: by code, by full name, or by the end of a name."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ledger.people import StaffMember
from ledger.vocabulary import PersonId
from web.spreadsheets.problem import Problem
from web.spreadsheets.spelling import spoken
from web.spreadsheets.titles import Said

_BETWEEN: Final = re.compile(r"[,;/+&\n]|\s[-–]\s|\bvà\b", re.IGNORECASE)
_TITLES: Final = re.compile(r"^\s*(?:thầy|cô|gv|ông|bà)\b[\s:.]*", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"\([^)]*\)")


class Meant(NamedTuple):
    """A person, and how the text was understood where it does not say the whole name."""

    person: PersonId
    understood: Problem | None = None


class TeacherNames:
    """A lookup over those who work at the school."""

    def __init__(self, staff: Mapping[PersonId, StaffMember]) -> None:
        self._staff = staff
        self._by_code = {one.code: person for person, one in staff.items() if one.code}
        self._words = {person: spoken(one.full_name).split() for person, one in staff.items()}

    def all_in(self, said: Said) -> Iterator[Meant | Problem]:
        """Everybody whom a cell names, each with who is meant or what is wrong."""
        for part in _BETWEEN.split(_IN_BRACKETS.sub("", said.text)):
            if part.strip():
                yield self.one(Said(part.strip(), said.cell))

    def one(self, said: Said) -> Meant | Problem:
        """The person of a code or a name. "Hà" is enough where only one name ends like that."""
        if person := self._by_code.get(said.text):
            return Meant(person)
        words = spoken(_TITLES.sub("", said.text)).split()
        whole = [person for person, own in self._words.items() if own == words]
        ending = [
            person for person, own in self._words.items() if words and own[-len(words) :] == words
        ]
        found = whole or ending
        if len(found) == 1:
            name = self._staff[found[0]].full_name
            told = Problem("teacher-understood", said.cell, {"text": said.text, "name": name})
            return Meant(found[0], None if whole else told)
        if not found:
            return Problem("teacher-unknown", said.cell, {"text": said.text})
        names = " hoặc ".join(self._staff[person].full_name for person in found)
        return Problem("teacher-not-clear", said.cell, {"text": said.text, "names": names})
