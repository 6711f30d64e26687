"""The rule book's table of contents: which rule answers which command."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from ledger.sheet import commands, correcting, entering, facts, locking, opening, refusals
from ledger.sheet.state import Sheet

Rule = Callable[[Any, Sheet], list[facts.AnyFact]]

RULES: Final[Mapping[type[commands.SheetCommand], Rule]] = MappingProxyType(
    {
        commands.OpenSheet: opening.open_sheet,
        commands.AddTeacher: opening.add_teacher,
        commands.RemoveTeacher: opening.remove_teacher,
        commands.ChangeHomeroomTeacher: opening.change_homeroom_teacher,
        commands.AddPupil: opening.add_pupil,
        commands.RemovePupil: opening.remove_pupil,
        commands.MoveDeadline: opening.move_deadline,
        commands.MoveCorrectionDay: opening.move_correction_day,
        commands.BringMarks: opening.bring_marks,
        commands.EnterMarks: entering.enter_marks,
        commands.ConfirmEntries: entering.confirm_entries,
        commands.CloseColumn: locking.close_column,
        commands.ReopenColumn: locking.reopen_column,
        commands.LockSheet: locking.lock_sheet,
        commands.UnlockSheet: locking.unlock_sheet,
        commands.LockColumn: locking.lock_column,
        commands.UnlockColumn: locking.unlock_column,
        commands.RequestCorrection: correcting.request_correction,
        commands.AskBackCorrection: correcting.ask_back,
        commands.AnswerCorrection: correcting.answer,
        commands.ConfirmCorrection: correcting.confirm_correction,
        commands.ApproveCorrection: correcting.approve_correction,
        commands.RefuseCorrection: correcting.refuse_correction,
        commands.WithdrawCorrection: correcting.withdraw_correction,
        commands.ExecuteCorrection: correcting.execute_correction,
    }
)


def decide(command: commands.AnyCommand, sheet: Sheet) -> list[facts.AnyFact]:
    """The facts that the command makes of the sheet, [] where it is so already.

    Raises a `Refused` where a rule forbids it. Reads no clock and no database: the moment and the
    author are in the command, the past is in the sheet.
    """
    if sheet.opened is None and not isinstance(command, commands.OpenSheet):
        raise refusals.SheetNotOpen
    return RULES[type(command)](command, sheet)
