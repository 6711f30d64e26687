"""Closing a year as the web sees it: what is approved where, and which seal is over all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from ledger.publishing.publisher import UNREADABLE
from ledger.results.commands import results_stream
from ledger.results.facts import (
    PromotionAfterSummerApproved,
    TermResultsApproved,
    TermResultsContinued,
)
from ledger.school.closed import Cosigned, Seal
from ledger.school.closing import classes_of, not_approved
from ledger.school.commands import CloseYear
from ledger.school.year import Year
from ledger.store.checkpoints import Published
from ledger.store.keys import KeyFolder
from ledger.trust.note import SignatureInvalid
from ledger.trust.policy import Group, MalformedPolicy, Policy
from web.desk import Desk

_APPROVED: Final = frozenset(
    {TermResultsApproved.NAME, TermResultsContinued.NAME, PromotionAfterSummerApproved.NAME}
)


@dataclass(frozen=True, slots=True)
class ClosingView:
    """What stands between a year and its closing.

    `waiting` are classes whose results are not approved; `lacking` witnesses that have not cosigned
    the newest checkpoint, where no seal is over all that is approved; `has_witnesses` says whether
    there are any at all. `is_closed` is of what is approved by now.
    """

    waiting: list[str]
    approved_to: int
    seal: Seal | None
    lacking: tuple[str, ...]
    has_witnesses: bool
    is_closed: bool


def closing_of(desk: Desk, year: Year) -> ClosingView:
    """Where the year stands now."""
    approved_to = _approved_to(desk, year)
    policy = closing_policy(desk.keys)
    seal, lacking = _sealed(desk, policy, approved_to) if policy else (None, ())
    closed = year.closed is not None and year.closed.fact.seal.size >= approved_to
    return ClosingView(
        waiting=not_approved(year, desk.ledger),
        approved_to=approved_to,
        seal=seal,
        lacking=lacking,
        has_witnesses=policy is not None,
        is_closed=closed,
    )


def close_command(desk: Desk, year: Year, asked: Mapping[str, Any]) -> CloseYear:
    """The command that closes the year on what the witnesses have cosigned by now."""
    view = closing_of(desk, year)
    return CloseYear(**asked, approved_to=view.approved_to, seal=view.seal, lacking=view.lacking)


def closing_policy(keys: KeyFolder) -> Policy | None:
    """What it takes to close a year: what the school has decided, else every witness it has."""
    try:
        decided = keys.policy("policy-close-year")
        usual = keys.policy()
    except MalformedPolicy:
        return None  # The first screen says so; without a policy nothing is closed.
    if decided or usual is None or not usual.witnesses:
        return decided
    everybody = Group(len(usual.witnesses), tuple(usual.witnesses))
    return replace(usual, quorum="", groups={"": everybody})


def _approved_to(desk: Desk, year: Year) -> int:
    """The position of the last line of approved results of the year, 0 where there is none."""
    streams = (results_stream(year.school_year, name) for name in classes_of(year))
    return max(
        (
            row.id
            for stream in streams
            for row in desk.ledger.recorder.select_until(stream)
            if row.topic in _APPROVED
        ),
        default=0,
    )


def _sealed(desk: Desk, policy: Policy, approved_to: int) -> tuple[Seal | None, tuple[str, ...]]:
    """The seal over all that is approved, or which witnesses it still lacks."""
    try:
        sealed, newest = desk.publisher.sealed(policy), desk.publisher.newest()
        if sealed and sealed.checkpoint.size >= approved_to:
            return _seal_of(sealed, policy), ()
        reaches = newest is not None and newest.checkpoint.size >= approved_to
        cosigned = policy.cosigned(newest.note) if newest and reaches else {}
    except (*UNREADABLE, SignatureInvalid):
        return None, tuple(policy.witnesses)
    return None, tuple(name for name in policy.witnesses if name not in cosigned)


def _seal_of(published: Published, policy: Policy) -> Seal:
    checkpoint = published.checkpoint
    return Seal(
        origin=checkpoint.origin,
        size=checkpoint.size,
        root=checkpoint.root.hex(),
        cosigned=tuple(
            Cosigned(
                witness=policy.witnesses[name].key.name,
                cosigned_at=datetime.fromtimestamp(seconds, UTC),
            )
            for name, seconds in policy.cosigned(published.note).items()
        ),
    )
