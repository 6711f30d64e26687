"""The register of the dossiers: a year's list in parts, found by number or by words, as a file."""

import unicodedata
from typing import Annotated, Final

from fastapi import APIRouter, Query
from fastapi.responses import Response

from ledger.dossiers.state import DossierStatus
from ledger.vocabulary import Role
from web.dossiers.at_hand import DOSSIERS, NOTES_PAPERS, DossiersHand
from web.dossiers.keeping import ends_of
from web.dossiers.register import Part, Register, matching, register_of, years_of
from web.dossiers.register_book import book_of
from web.wording import registers as words

router = APIRouter(prefix=DOSSIERS, include_in_schema=False)

_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Wanted = Annotated[str, Query(max_length=80)]


@router.get("")
def show_register(
    hand: DossiersHand, nam: str = "", q: Wanted = "", muc: Part | None = None
) -> Response:
    """The register of a year; without a choice the part that waits for this person, or is open."""
    years = years_of(hand.desk)
    school_year = nam if nam in years else next(iter(years), "")
    # Some keyboards send letters and tones apart.
    wanted = unicodedata.normalize("NFC", q).strip()
    found = _found(hand, school_year, wanted)
    parts = found.parts(hand.user.person)
    here = muc or next((part for part in Part if parts[part]), Part.ALL)
    listed = [entry.correction for entry in parts[here]] + list(found.unfiled)
    hand.names.pupils(line.pupil for one in listed for line in one.lines)
    archived = [
        (one.dossier, one.correction)
        for one in parts[here]
        if one.dossier.status is DossierStatus.ARCHIVED
    ]
    return hand.page(
        "register.html",
        ends=ends_of(hand.desk, archived, hand.today),
        years=years,
        school_year=school_year,
        wanted=wanted,
        here=here,
        entries=parts[here],
        unfiled=found.unfiled,
        counts={part: len(entries) for part, entries in parts.items()},
        keeps=hand.user.may_act_as(Role.PRINCIPAL, Role.ADMINISTRATOR, Role.SECRETARY),
        notes_papers=hand.user.may_act_as(*NOTES_PAPERS),
        words=words,
    )


@router.get("/so-dang-ky")
def take_register(hand: DossiersHand, nam: str = "", q: Wanted = "") -> Response:
    """What is found, as a spreadsheet by number."""
    years = years_of(hand.desk)
    school_year = nam if nam in years else next(iter(years), "")
    entries = _found(hand, school_year, q).entries
    hand.names.pupils(line.pupil for one in entries for line in one.correction.lines)
    name = f"so-dang-ky-bien-ban-{school_year}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = book_of(entries, hand.names, school_year)
    return Response(content, media_type=_EXCEL, headers=headers)


def _found(hand: DossiersHand, school_year: str, wanted: str) -> Register:
    return matching(register_of(hand.desk, hand.user, school_year), wanted, hand.names)
