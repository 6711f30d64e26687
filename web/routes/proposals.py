"""What department heads propose to a teacher, and the teacher's answers."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.supervision.commands import AnswerProposal
from ledger.supervision.facts import ProposalId
from ledger.vocabulary import Role
from web.access.identity import SignedIn, User
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, see
from web.progress.departments import proposals_shown
from web.progress.semesters import ChosenSemester
from web.progress.texts import typed_text
from web.rendering import render
from web.wording import supervision_words

router = APIRouter(prefix="/de-xuat", include_in_schema=False)

ANSWERS: Final = (Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER)


@router.get("")
def show_proposals(request: Request, desk: DeskDep, user: User) -> Response:
    """The proposals made to the person in the newest year."""
    user.must_act_as(*ANSWERS)
    return _page(request, desk, user)


@router.post("/{school_year}/{proposal_id}/tra-loi")
def answer(
    school_year: str,
    proposal_id: UUID,
    request: Request,
    *,
    desk: DeskDep,
    user: User,
    command_id: Annotated[UUID, Form()],
    text: Annotated[str, Form()] = "",
) -> Response:
    """Answer a proposal; when it is refused the page is shown again, saying why."""
    user.must_act_as(*ANSWERS)
    typed = Typed()
    name = f"text-{proposal_id}"
    words = typed_text(typed, text, name=name)
    try:
        typed.check()
        desk.handle(
            AnswerProposal(
                command_id=command_id_of(command_id),
                by=user.acting_as_one_of(*ANSWERS),
                at=desk.clock(),
                school_year=school_year,
                proposal_id=ProposalId(proposal_id),
                text=words,
            )
        )
    except Refused as refused:
        errors = FormErrors.of(request, refused)
        return _page(request, desk, user, errors=errors, typed={name: text})
    return see(f"/de-xuat#de-xuat-{proposal_id}")


def _page(
    request: Request,
    desk: Desk,
    user: SignedIn,
    *,
    errors: FormErrors = NO_ERRORS,
    typed: dict[str, str] | None = None,
) -> Response:
    chosen = ChosenSemester.of(desk, "")
    proposals = (
        desk.ledger.supervision(chosen.school_year).proposals_to(user.person) if chosen else []
    )
    return render(
        request,
        "departments/proposals.html",
        status=errors.status,
        shown=proposals_shown(desk, proposals),
        chosen=chosen,
        names=desk.names(),
        errors=errors,
        typed=typed or {},
        words=supervision_words,
    )
