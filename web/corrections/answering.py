"""Answering what was asked back about a correction, with further evidence."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from ledger.sheet.commands import AnswerCorrection
from projections.corrections import CorrectionView
from web.access.identity import SignedIn
from web.corrections.evidence import Upload, take_in
from web.corrections.steps import STEPS, author_for, open_steps
from web.desk import Desk
from web.forms import Typed, command_id_of

_STEP: Final = STEPS["tra-loi"]


def answer_to(
    desk: Desk,
    user: SignedIn,
    view: CorrectionView,
    *,
    form_id: UUID,
    answer: str,
    uploads: Iterable[Upload],
) -> AnswerCorrection:
    """The command that the form means; raises FormIncomplete, AccountLacksRole, EvidenceUnfit.

    Files are kept only for whom the ledger would let answer; who may not is refused by it.
    """
    typed, moment = Typed(), desk.clock()
    answer = typed.reason(answer, name="answer", why="answer-length")
    typed.check()
    sheet = desk.ledger.sheet(view.sheet_id)
    which: dict[str, Any] = {"sheet_id": view.sheet_id, "correction_id": view.correction_id}
    asked = {**which, "moment": moment}
    by = author_for(user, sheet, _STEP, **asked)
    may = _STEP in open_steps(user, sheet, **asked)
    return AnswerCorrection(
        command_id=command_id_of(form_id),
        **which,
        by=by,
        at=moment,
        answer=answer,
        evidence=take_in(uploads, desk.evidence, beside=view.evidence) if may else (),
    )
