"""Beginning the log anew: published lines were lost in a restore, or the log's key was."""

from collections.abc import Sequence

from ledger.authority import only_for
from ledger.school import commands, refusals
from ledger.school.calendar import local_day
from ledger.school.incarnation import LogRestarted, LostLines, TreeHead
from ledger.school.school import School
from ledger.trust.merkle import ProofFails, verify_consistency
from ledger.vocabulary import Role


def restart_log(command: commands.RestartLog, school: School) -> list[LogRestarted]:
    only_for(command.by, Role.PRINCIPAL)
    if any(one.new_origin == command.new_origin for one in school.restarts):
        return []
    if command.administrator == command.by.person:
        raise refusals.RestartNeedsTwo
    if Role.ADMINISTRATOR not in school.roles_of(command.administrator, local_day(command.at)):
        raise refusals.NotAnAdministrator
    lost = _lost(command)
    if command.continued:
        _must_continue(command.continued, command.restored, command.consistency)
    told = command.model_dump(exclude={"command_id", "by", "at", "there"})
    return [LogRestarted(**told, lost=lost)]


def _lost(command: commands.RestartLog) -> LostLines | None:
    """The positions that were published and are no more, or hold something else."""
    published, restored = command.published, command.restored
    if published.size > restored.size:
        return LostLines(first=restored.size + 1, last=published.size)
    if published.root is None or published.root == command.there:
        if command.key_lost:
            return None
        raise refusals.LedgerIsNotBehind(published=published.size, restored=restored.size)
    # So many lines are there, but others: people went on working after the restore. From where on
    # they are others, only the newest checkpoint that still holds can tell.
    first = command.continued.size + 1 if command.continued else 1
    return LostLines(first=first, last=published.size)


def _must_continue(old: TreeHead, new: TreeHead, proof: Sequence[str]) -> None:
    try:
        verify_consistency(
            old.size,
            new.size,
            bytes.fromhex(old.root),
            bytes.fromhex(new.root),
            [bytes.fromhex(one) for one in proof],
        )
    except ProofFails as altered:
        raise refusals.LedgerIsAltered(size=old.size) from altered
