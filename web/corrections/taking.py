"""Take a step of a correction for somebody signed in, from a page or from a program alike."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request

from ledger.line import Line
from ledger.sheet.commands import ExecuteCorrection
from projections.corrections import CorrectionView
from web.access.identity import SignedIn
from web.corrections.confirming import UNCONFIRMED, StepForm, confirm
from web.corrections.steps import Step, author_for, open_steps
from web.desk import Desk
from web.dossiers.filing import draft_after_executing
from web.forms import command_id_of, take_password


def take(
    request: Request,
    desk: Desk,
    user: SignedIn,
    *,
    view: CorrectionView,
    step: Step,
    form: StepForm,
    said: Mapping[str, str],
) -> Sequence[Line]:
    """The lines that the step made; `said` is what the person says, by its field of the command.

    Whatever the step has to be confirmed with is taken first. Raises `Refused`.
    """
    asked: dict[str, Any] = {
        "sheet_id": view.sheet_id,
        "correction_id": view.correction_id,
        "moment": (moment := desk.clock()),
    }
    sheet = desk.ledger.sheet(view.sheet_id)
    author = author_for(user, sheet, step, **asked)
    given: dict[str, Any] = dict(said)
    if step.needs_second_factor:
        may_be_taken = step in open_steps(user, sheet, **asked)
        given |= confirm(request, desk, user, form) if may_be_taken else UNCONFIRMED
    elif step.needs_password:
        take_password(request, desk, user, form.password)
    command = step.command(
        command_id=command_id_of(form.command_id),
        sheet_id=view.sheet_id,
        by=author,
        at=moment,
        correction_id=view.correction_id,
        **given,
    )
    lines = desk.handle(command)
    if isinstance(command, ExecuteCorrection):
        draft_after_executing(desk, view.correction_id, author)
    return lines
