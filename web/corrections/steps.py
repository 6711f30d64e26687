"""Which steps of a correction a person may take now, asked of the ledger's own rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from ledger.refusal import Refused
from ledger.sheet.commands import (
    AnswerCorrection,
    ApproveCorrection,
    AskBackCorrection,
    ConfirmCorrection,
    CorrectionStep,
    ExecuteCorrection,
    RefuseCorrection,
    WithdrawCorrection,
)
from ledger.sheet.decide import decide
from ledger.sheet.state import Sheet
from ledger.vocabulary import Author, CommandId, CorrectionId, Role, SheetId
from web.access.identity import SignedIn
from web.refusals import AccountLacksRole

_ASKING: Final = CommandId(UUID(int=0))


@dataclass(frozen=True, slots=True)
class Step:
    """A step as pages know it: the last part of its path, its command and who may take it."""

    path: str
    command: type[CorrectionStep]
    roles: tuple[Role, ...]
    # The field of the command that holds what the person says, where a step is more than a click.
    says: str = ""
    # The password is asked again for what decides about official marks.
    needs_password: bool = True
    # And what confirms that it is the principal's decision: a code of the phone, or a passkey.
    needs_second_factor: bool = False
    # Whoever may only end a correction, or ask about it, is not waited for.
    moves_on: bool = True


_DECIDING: Final = (Role.PRINCIPAL, Role.HOMEROOM_TEACHER, Role.VICE_PRINCIPAL)

STEPS: Final[Mapping[str, Step]] = MappingProxyType(
    {
        step.path: step
        for step in (
            Step(
                "xac-nhan",
                ConfirmCorrection,
                (Role.HOMEROOM_TEACHER, Role.VICE_PRINCIPAL),
                needs_password=False,
            ),
            Step("duyet", ApproveCorrection, (Role.PRINCIPAL,), needs_second_factor=True),
            Step(
                "tu-choi",
                RefuseCorrection,
                _DECIDING,
                says="reason",
                needs_password=False,
                moves_on=False,
            ),
            Step(
                "hoi-lai",
                AskBackCorrection,
                _DECIDING,
                says="question",
                needs_password=False,
                moves_on=False,
            ),
            Step(
                "tra-loi",
                AnswerCorrection,
                (Role.SUBJECT_TEACHER,),
                says="answer",
                needs_password=False,
            ),
            Step("thuc-hien", ExecuteCorrection, (Role.SUBJECT_TEACHER, Role.ADMINISTRATOR)),
            Step(
                "rut",
                WithdrawCorrection,
                (Role.SUBJECT_TEACHER,),
                needs_password=False,
                moves_on=False,
            ),
        )
    }
)


def open_steps(
    user: SignedIn,
    sheet: Sheet,
    *,
    sheet_id: SheetId,
    correction_id: CorrectionId,
    moment: datetime,
) -> list[Step]:
    """The steps that would be taken, not refused, if this person asked for them now."""
    asked = {"sheet_id": sheet_id, "correction_id": correction_id, "at": moment}
    return [step for step in STEPS.values() if _author_who_may(user, sheet, step, asked)]


def author_for(
    user: SignedIn,
    sheet: Sheet,
    step: Step,
    *,
    sheet_id: SheetId,
    correction_id: CorrectionId,
    moment: datetime,
) -> Author:
    """Who the person acts as in a step: the role in which it is allowed, else the first held.

    So a refusal is decided, worded and kept by the ledger. Raises AccountLacksRole.
    """
    asked = {"sheet_id": sheet_id, "correction_id": correction_id, "at": moment}
    return _author_who_may(user, sheet, step, asked) or user.trying_as(*step.roles)


def _author_who_may(
    user: SignedIn, sheet: Sheet, step: Step, asked: dict[str, Any]
) -> Author | None:
    for role in step.roles:
        try:
            author = user.acting_as(role)
            said: dict[str, Any] = {step.says: "---"} if step.says else {}
            command = step.command(command_id=_ASKING, by=author, **asked, **said)
            if decide(command, sheet):
                return author
        except (AccountLacksRole, Refused):
            continue
    return None
