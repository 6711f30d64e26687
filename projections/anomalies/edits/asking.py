"""Requests that were refused and asked again, and attempts that were refused."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np

from ledger.signals.finding import Place, SignalKind
from ledger.vocabulary import PersonId, SheetId
from projections.anomalies.edits.habits import Belief, rate_tails
from projections.anomalies.edits.units import place_of
from projections.anomalies.material import Attempt, Material, Request
from projections.anomalies.signal import Candidate

# Of refused requests one in six is asked again, mostly with better evidence; of those, one in
# five is refused again. Until the school's own are known.
_ASKS_AGAIN: Final = 0.15
_REFUSED_AGAIN: Final = 0.2
_WORTH_AGAIN: Final = 2
# Who is refused tries once more at once; that is one occasion.
_ONE_OCCASION: Final = timedelta(minutes=10)
_WORTH_OCCASIONS: Final = 5
_REFUSED: Final = Belief(spread=1.5, differing=0.4)


def correction_asked_again(material: Material) -> list[Candidate]:
    """Marks of a sheet that one person asks for again after a refusal, and again after the next.

    A refused request is asked again with some chance, and refused again with another, both those
    of all other wishes; `p` is that of the whole chain after its first refusal.
    """
    wishes = [wish for wish in _wishes(material) if wish.refusals]
    asked = sum(wish.again > 0 for wish in wishes)
    refused = sum(wish.refusals > 1 for wish in wishes)
    return [_asked(material, wish, wishes, asked, refused) for wish in wishes]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What one person wants corrected in a sheet: requests that share a mark with each other."""

    requests: tuple[Request, ...]

    @property
    def refusals(self) -> int:
        return sum(one.refused_at is not None for one in self.requests)

    @property
    def again(self) -> int:
        """How many requests came after a refusal."""
        first = min((one.refused_at for one in self.requests if one.refused_at), default=None)
        return sum(first is not None and one.at > first for one in self.requests)


def _wishes(material: Material) -> list[_Wish]:
    by_asker: dict[tuple[SheetId, PersonId], list[list[Request]]] = defaultdict(list)
    for one in sorted(material.requests, key=lambda request: request.position):
        if one.sheet_id not in material.places:
            continue
        wishes = by_asker[one.sheet_id, one.person]
        same = next((some for some in wishes if any(r.cells & one.cells for r in some)), None)
        if same is None:
            wishes.append([one])
        else:
            same.append(one)
    return [_Wish(tuple(some)) for wishes in by_asker.values() for some in wishes]


def _asked(
    material: Material, wish: _Wish, wishes: Sequence[_Wish], asked: int, refused: int
) -> Candidate:
    # The others', with as much as four refused wishes of what is usual.
    others = asked - (wish.again > 0)
    asks = (others + 4 * _ASKS_AGAIN) / (len(wishes) - 1 + 4)
    refuses = (refused - (wish.refusals > 1) + 4 * _REFUSED_AGAIN) / (others + 4)
    first = wish.requests[0]
    chance = asks**wish.again * max(refuses, _REFUSED_AGAIN) ** (wish.refusals - 1)
    return Candidate(
        SignalKind.CORRECTION_ASKED_AGAIN,
        place_of(first.sheet_id, material.places[first.sheet_id]).model_copy(
            update={"person": first.person, "correction_id": first.correction_id}
        ),
        p=min(1.0, chance) if wish.again else 1.0,
        effect=wish.again,
        figures={
            "again": wish.again,
            "refusals": wish.refusals,
            "marks": len(frozenset[object]().union(*(one.cells for one in wish.requests))),
        },
        positions=tuple(one.position for one in wish.requests),
        worth_telling=wish.again >= _WORTH_AGAIN,
    )


def attempts_refused(material: Material) -> list[Candidate]:
    """How often each person was refused; the effect is the number of occasions."""
    by_person: dict[PersonId, list[Attempt]] = defaultdict(list)
    for one in sorted(material.attempts, key=lambda attempt: attempt.position):
        by_person[one.person].append(one)
    # Everybody is refused now and then, however little they enter.
    people = sorted({*by_person, *(one.person for one in material.entries)}, key=str)
    if not by_person:
        return []
    occasions = np.array([_occasions(by_person.get(person, ())) for person in people])
    tails = rate_tails(occasions, np.ones(len(people)), _REFUSED)
    usual = (occasions.sum() - occasions) / max(len(people) - 1, 1)
    return [
        Candidate(
            SignalKind.ATTEMPTS_REFUSED,
            Place(person=person),
            p=p,
            effect=count,
            figures={
                "attempts": len(by_person.get(person, ())),
                "occasions": count,
                "usual": others,
            },
            positions=tuple(one.position for one in by_person.get(person, ()))[-200:],
            worth_telling=count >= _WORTH_OCCASIONS and count >= 2 * others,
        )
        for person, count, others, p in zip(
            people, occasions.tolist(), usual.tolist(), tails.tolist(), strict=True
        )
    ]


def _occasions(attempts: Iterable[Attempt]) -> int:
    last: dict[tuple[SheetId, str], Attempt] = {}
    count = 0
    for one in attempts:
        before = last.get((one.sheet_id, one.refusal))
        count += before is None or one.at - before.at > _ONE_OCCASION
        last[one.sheet_id, one.refusal] = one
    return count
