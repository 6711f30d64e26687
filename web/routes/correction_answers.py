"""The requester's answer to what was asked back, with further evidence."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from web.access.identity import User
from web.corrections.answering import answer_to
from web.corrections.uploads import uploads_of
from web.desk import DeskDep
from web.forms import FormErrors, see
from web.routes.correction_requests import SentForm
from web.routes.corrections import correction_page, visible_correction

router = APIRouter()


@router.post("/de-nghi/{correction_id}/tra-loi")
def answer_correction(
    correction_id: UUID,
    *,
    request: Request,
    desk: DeskDep,
    user: User,
    sent: SentForm,
    command_id: Annotated[UUID, Form()],
    answer: Annotated[str, Form()] = "",
) -> Response:
    """Send the answer; when it is refused the page is shown again with all but the files."""
    view = visible_correction(desk, user, correction_id)
    try:
        command = answer_to(
            desk, user, view, form_id=command_id, answer=answer, uploads=uploads_of(sent)
        )
        desk.handle(command)
    except Refused as refused:
        errors = FormErrors.of(request, refused)
        fresh = visible_correction(desk, user, correction_id)
        return correction_page(
            request, desk, user, fresh, errors=errors, reason=answer, tried="tra-loi"
        )
    return see(f"/de-nghi/{correction_id}")
