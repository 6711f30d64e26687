"""What the forms of locks over a scope ask for, and the command that it means."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from pydantic import BaseModel, Field

from ledger.school.commands import DecideDeadline, DecideLock, DecideUnlock
from ledger.school.lock_preview import Extent, Preview
from ledger.school.scope import Scope
from ledger.vocabulary import Role
from web.access.permissions import LOCKS
from web.forms import Typed


class Action(StrEnum):
    """What is done to a scope."""

    LOCK = "khoa"
    DEADLINE = "dat-han"
    UNLOCK = "mo-khoa"

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who may decide it."""
        return LOCKS if self is Action.LOCK else (Role.PRINCIPAL,)

    @property
    def needs_moment(self) -> bool:
        return self is not Action.LOCK


class ScopeForm(BaseModel):
    """A scope and an action, as the first form sends them; `luc` is when it ends or begins."""

    hoc_ki: int = Field(default=1, ge=1, le=2)
    khoi: list[int] = Field(default=[], max_length=10)
    lop: list[str] = Field(default=[], max_length=200)
    mon: list[str] = Field(default=[], max_length=100)
    cot: list[str] = Field(default=[], max_length=20)
    viec: Action = Action.LOCK
    luc: str = ""

    @property
    def scope(self) -> Scope:
        """The scope that is meant; ValidationError where no page of ours made the form."""
        return Scope(
            semester=self.hoc_ki,
            grades=tuple(self.khoi),
            classes=tuple(self.lop),
            subjects=tuple(self.mon),
            columns=tuple(self.cot),
        )

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Every field with its text, for the form that follows and for the address of a page."""
        several = [(name, str(each)) for name in _SEVERAL for each in getattr(self, name)]
        one = [("hoc_ki", str(self.hoc_ki)), ("viec", self.viec.value), ("luc", self.luc)]
        return [*one, *several]

    @property
    def query(self) -> str:
        return urlencode(self.fields)

    def moment(self, typed: Typed) -> datetime | None:
        """When a lock begins or an unlock ends, where the action has such a moment."""
        return typed.moment(self.luc, name="luc") if self.viec.needs_moment else None


_SEVERAL: Final = ("khoi", "lop", "mon", "cot")


class DecisionForm(ScopeForm):
    """The same once it was looked at: with the reason, and the password again."""

    command_id: UUID
    reason: str = ""
    password: str | None = None


def decision(
    action: Action, moment: datetime | None, asked: dict[str, Any]
) -> DecideLock | DecideDeadline | DecideUnlock:
    """The command of an action."""
    if action is Action.LOCK:
        return DecideLock(**asked)
    assert moment is not None, "the other actions have a moment"
    if action is Action.DEADLINE:
        return DecideDeadline(**asked, deadline=moment)
    return DecideUnlock(**asked, until=moment)


def extent(action: Action, moment: datetime | None, seen: Preview) -> Extent:
    """How far the action would reach."""
    if action is Action.LOCK:
        return seen.would_lock()
    assert moment is not None, "the other actions have a moment"
    return seen.would_move(moment) if action is Action.DEADLINE else seen.would_unlock(moment)
