"""The page of one dossier: its paper, the books to tick off, the archive."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import Response

from ledger.dossiers.commands import CorrectPaper
from ledger.dossiers.facts import PaperKind
from ledger.dossiers.refusals import DraftIsSigned, PaperNotDemanded
from ledger.vocabulary import Role
from web.dossiers.at_hand import DOSSIERS
from web.dossiers.files import newest_file
from web.dossiers.filing import archive, archive_if_complete, draft, renew
from web.dossiers.one import DossierHand
from web.dossiers.page import ARCHIVES, MAKES, TICKS
from web.forms import Typed, take_password

router = APIRouter(prefix=f"{DOSSIERS}/{{correction_id}}", include_in_schema=False)

Text = Annotated[str, Form()]
# A signed draft is made anew by the principal only, so that role comes first.
_MAKES_ANEW: Final = (Role.PRINCIPAL, *MAKES)


@router.get("")
def show_dossier(one: DossierHand) -> Response:
    return one.page()


@router.get("/bien-ban.pdf")
def take_file(one: DossierHand, *, tai: bool = False) -> Response:
    """The newest file, byte for byte: to read and print, or to take away and sign elsewhere."""
    content = newest_file(one.hand.desk, dossier := one.made)
    name = f"bien-ban-{dossier.drafted.number:02}-{one.view.school_year}.pdf"
    kind = "attachment" if tai else "inline"
    return Response(
        content,
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'{kind}; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@router.post("/lap")
def draft_dossier(one: DossierHand) -> Response:
    """Make the biên bản; one that is there already stays."""
    one.hand.user.must_act_as(*MAKES)
    author = one.hand.user.trying_as(*MAKES)
    return one.answer(lambda: draft(one.hand.desk, one.view, author), "lap")


@router.post("/lap-lai")
def draft_anew(one: DossierHand, reason: Text = "", password: Text = "") -> Response:
    """Make the biên bản anew, with a reason: what was signed on the one before is void."""
    hand = one.hand
    hand.user.must_act_as(*MAKES)

    def made_anew() -> None:
        if one.open.signatures and not hand.user.may_act_as(Role.PRINCIPAL):
            raise DraftIsSigned
        typed = Typed()
        why = typed.reason(reason)
        typed.check()
        take_password(hand.request, hand.desk, hand.user, password)
        draft(hand.desk, one.view, hand.user.trying_as(*_MAKES_ANEW), reason=why)

    return one.answer(made_anew, "lap-lai", reason=reason)


@router.post("/so-giay")
def tick_paper(
    one: DossierHand,
    command_id: Annotated[UUID, Form()],
    paper: Annotated[PaperKind, Form()],
    note: Text = "",
) -> Response:
    """Tick off a paper book; the last one that is missing lets the dossier be archived."""
    hand = one.hand
    hand.user.must_act_as(*TICKS)

    def ticked() -> None:
        if paper not in one.open.drafted.papers:
            raise PaperNotDemanded
        if paper not in one.open.uncorrected:
            return
        typed = Typed()
        said = typed.reason(note, name=f"note-{paper.value}")
        typed.check()
        command = CorrectPaper(
            **hand.asked(command_id, *TICKS),
            school_year=one.view.school_year,
            correction_id=one.view.correction_id,
            paper=paper,
            note=said,
        )
        hand.desk.handle(command)
        archive_if_complete(hand.desk, one.made, hand.user.trying_as(*ARCHIVES))

    return one.answer(ticked, "so-giay", **{f"note-{paper.value}": note})


@router.post("/luu-tru")
def archive_dossier(one: DossierHand) -> Response:
    """Archive what is complete, where that did not succeed by itself."""
    one.hand.user.must_act_as(*ARCHIVES)
    author = one.hand.user.trying_as(*ARCHIVES)
    return one.answer(lambda: archive(one.hand.desk, one.made, author), "luu-tru")


@router.post("/gia-han")
def renew_archive(one: DossierHand) -> Response:
    """Prove an archived dossier anew, before its proof ends."""
    one.hand.user.must_act_as(*ARCHIVES)
    author = one.hand.user.trying_as(*ARCHIVES)
    return one.answer(lambda: renew(one.hand.desk, one.made, author), "gia-han")
