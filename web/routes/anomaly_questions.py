"""What somebody was asked about signals, and their answers."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.signals.commands import AnswerQuestion
from ledger.signals.finding import SignalId
from ledger.vocabulary import Role
from web.access.identity import SignedIn, User
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, see
from web.progress.texts import typed_text
from web.rendering import render
from web.signals.at_hand import QUESTIONS
from web.signals.questions import asked_of
from web.year.sent import Sent

router = APIRouter(prefix=QUESTIONS, include_in_schema=False)


@router.get("")
def show_questions(request: Request, desk: DeskDep, user: User) -> Response:
    """What the person was asked, and the own answers."""
    return _page(request, desk, user)


@router.post("/{school_year}/{signal_id}")
def answer(
    school_year: str, signal_id: UUID, request: Request, *, desk: DeskDep, user: User, sent: Sent
) -> Response:
    """Answer; when it is refused the page is shown again, saying why."""
    typed = Typed()
    name = f"answer-{signal_id}"
    words = typed_text(typed, sent.text(name), name=name)
    try:
        typed.check()
        desk.handle(
            AnswerQuestion(
                command_id=command_id_of(sent.form_id),
                by=user.acting_as_one_of(*Role),
                at=desk.clock(),
                school_year=school_year,
                signal_id=SignalId(signal_id),
                answer=words,
            )
        )
    except Refused as refused:
        errors = FormErrors.of(request, refused)
        return _page(request, desk, user, errors=errors, typed={name: sent.text(name)})
    return see(f"{QUESTIONS}#hoi-{signal_id}")


def _page(
    request: Request,
    desk: Desk,
    user: SignedIn,
    *,
    errors: FormErrors = NO_ERRORS,
    typed: dict[str, str] | None = None,
) -> Response:
    names = desk.names()
    return render(
        request,
        "anomalies/questions.html",
        status=errors.status,
        asked=asked_of(desk, user.person, names),
        names=names,
        errors=errors,
        typed=typed or {},
    )
