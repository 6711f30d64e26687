"""The register of a school year's dossiers, as far as one person may see it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ledger.dossiers.state import DossierStatus
from ledger.school.calendar import local_day
from ledger.sheet.correction import CorrectionStatus
from ledger.vocabulary import PersonId, Role
from projections.corrections import CorrectionView
from projections.dossiers import DossierView
from web.access.identity import SignedIn
from web.access.permissions import may_see_correction
from web.desk import Desk
from web.names import Names
from web.spreadsheets.usernames import plain
from web.wording.papers import symbol_of
from web.wording.school import column_name, subject_name

# "7", "07/BB", "7/BB-THCSHP".
_NUMBER: Final = re.compile(r"0*([1-9]\d{0,5})(/.*)?", re.ASCII)
_BETWEEN_WORDS: Final = re.compile(r"[^a-z0-9]+")


class Part(StrEnum):
    """The parts of the register."""

    TO_SIGN = "cho-toi-ky"
    OPEN = "dang-lam"
    ARCHIVED = "da-luu-tru"
    DISPOSED = "da-huy"
    ALL = "tat-ca"


@dataclass(frozen=True, slots=True)
class Entry:
    """A biên bản and what it is about; `opens` says whether this person may read the paper."""

    dossier: DossierView
    correction: CorrectionView
    symbol: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Register:
    """What one person sees of a year: the biên bản, and the corrections that have none yet."""

    entries: Sequence[Entry]
    unfiled: Sequence[CorrectionView]

    def parts(self, person: PersonId) -> Mapping[Part, list[Entry]]:
        """The entries of each part, the newest number first."""
        return {part: [one for one in self.entries if _is_in(part, one, person)] for part in Part}


def years_of(desk: Desk) -> tuple[str, ...]:
    """The school years in which a mark was corrected officially, the newest first."""
    return desk.corrections.years(CorrectionStatus.EXECUTED)


def register_of(desk: Desk, user: SignedIn, school_year: str) -> Register:
    """The register of a year; a fixed number of questions, however many entries there are."""
    done = desk.corrections.list(school_year=school_year, status=CorrectionStatus.EXECUTED)
    corrections = {one.correction_id: one for one in done}
    cards = desk.gradebook.sheets(sheet_ids={one.sheet_id for one in done})
    sheets = {card.sheet_id: card for card in cards}
    readable = {
        one.correction_id for one in done if may_see_correction(user, one, sheets[one.sheet_id])
    }
    # The office keeps the numbers of all papers, but pupils' test papers are not its business.
    lists_all = user.may_act_as(Role.SECRETARY)
    entries = []
    filed = desk.dossiers.list(school_year=school_year)
    for dossier, symbol in zip(filed, symbols_of(desk, filed), strict=True):
        opens = dossier.correction_id in readable or _signs(user, dossier)
        if opens or lists_all:
            correction = corrections[dossier.correction_id]
            entries.append(Entry(dossier, correction, symbol, opens))
    with_one = {dossier.correction_id for dossier in filed}
    unfiled = [one for one in done if one.correction_id in readable - with_one]
    return Register(entries, unfiled)


def symbols_of(desk: Desk, dossiers: Iterable[DossierView]) -> Iterator[str]:
    """The number and sign of each, with the name that the school had that day."""
    school = desk.ledger.school()
    for one in dossiers:
        called = school.described_on(local_day(one.drafted_at))
        yield symbol_of(one.number, called.school_name if called else "")


def _signs(user: SignedIn, dossier: DossierView) -> bool:
    return any(signer.person == user.person for signer in dossier.signers)


def _is_in(part: Part, entry: Entry, person: PersonId) -> bool:
    status, signer = entry.dossier.status, entry.dossier.next_signer
    match part:
        case Part.TO_SIGN:
            awaits = status is DossierStatus.AWAITS_SIGNATURES
            return awaits and signer is not None and signer.person == person
        case Part.ARCHIVED:
            return status is DossierStatus.ARCHIVED
        case Part.DISPOSED:
            return status is DossierStatus.DISPOSED
        case Part.OPEN:
            return status not in {DossierStatus.ARCHIVED, DossierStatus.DISPOSED}
        case Part.ALL:
            return True


def matching(register: Register, wanted: str, names: Names) -> Register:
    """The entries of this number, or in which every word that is wanted begins some word.

    Typed with or without tones.
    """
    wanted = wanted.strip()
    if not wanted:
        return register
    if number := _NUMBER.fullmatch(wanted):
        sought = int(number[1])
        return Register([one for one in register.entries if one.dossier.number == sought], ())
    words = _words(wanted)
    details = names.details(line.pupil for one in _corrections(register) for line in one.lines)
    codes = {pupil: known.code for pupil, known in details.items()}

    def has_them(correction: CorrectionView) -> bool:
        pupils = {line.pupil for line in correction.lines}
        told = (
            *(names.pupil(pupil) for pupil in pupils),
            *(codes.get(pupil, "") for pupil in pupils),
            *(correction.class_group, subject_name(correction.subject)),
            *(column_name(line.column) for line in correction.lines),
            names.staff(correction.requested_by),
        )
        known = _words(" ".join(told))
        return bool(words) and all(any(k.startswith(word) for k in known) for word in words)

    return Register(
        [one for one in register.entries if has_them(one.correction)],
        [one for one in register.unfiled if has_them(one)],
    )


def _words(text: str) -> set[str]:
    return {word for word in _BETWEEN_WORDS.split(plain(text)) if word}


def _corrections(register: Register) -> Iterator[CorrectionView]:
    yield from (one.correction for one in register.entries)
    yield from register.unfiled
