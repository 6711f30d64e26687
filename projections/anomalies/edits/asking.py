"""Requests that were refused and asked again, and attempts that were refused."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Final

import numpy as np

from ledger.signals.finding import Place, SignalKind
from ledger.vocabulary import PersonId, SheetId
from projections.anomalies.edits.habits import Belief, rate_tails
from projections.anomalies.edits.units import place_of
from projections.anomalies.material import Attempt, Material, Request
from projections.anomalies.signal import Candidate

# One refused request in five is asked again, with better evidence.
_ASKED_AGAIN: Final = Belief(0.2, 0.5)
_WORTH_AGAIN: Final = 2
# Who is refused tries once more at once; that is one occasion.
_ONE_OCCASION: Final = timedelta(minutes=10)
_WORTH_OCCASIONS: Final = 5
# Everybody is refused now and then, however little they enter.
_AT_LEAST_ENTERED: Final = 100
_REFUSED: Final = Belief(None, 1.5)


def correction_asked_again(material: Material) -> list[Candidate]:
    """How often one person asks for the same marks of a sheet again after a refusal."""
    by_asker: dict[tuple[SheetId, PersonId], list[Request]] = defaultdict(list)
    for one in sorted(material.requests, key=lambda request: request.position):
        by_asker[one.sheet_id, one.person].append(one)
    askers = sorted(
        (key for key, some in by_asker.items() if any(one.refused_at for one in some)),
        key=lambda key: (str(key[0]), str(key[1])),
    )
    if not askers:
        return []
    again = {key: list(_again(by_asker[key])) for key in askers}
    # A request that is asked again and refused again is the same wish: the first refusal counts.
    wishes = {
        key: sum(one.refused_at is not None and one not in again[key] for one in by_asker[key])
        for key in askers
    }
    tails = rate_tails(
        np.array([len(again[key]) for key in askers]),
        np.array([max(wishes[key], 1) for key in askers], dtype=np.float64),
        _ASKED_AGAIN,
    )
    return [
        _asked(material, key, by_asker[key], again[key], p)
        for key, p in zip(askers, tails.tolist(), strict=True)
        if key[0] in material.places
    ]


def _again(requests: Sequence[Request]) -> Iterator[Request]:
    refused: list[Request] = []
    for one in requests:
        if any(no.cells & one.cells for no in refused if (no.refused_at or one.at) < one.at):
            yield one
        if one.refused_at is not None:
            refused.append(one)


def _asked(
    material: Material,
    key: tuple[SheetId, PersonId],
    requests: Sequence[Request],
    again: Sequence[Request],
    p: float,
) -> Candidate:
    sheet, person = key
    refused = [one for one in requests if one.refused_at is not None]
    return Candidate(
        SignalKind.CORRECTION_ASKED_AGAIN,
        place_of(sheet, material.places[sheet]).model_copy(update={"person": person}),
        p=p,
        effect=len(again),
        figures={
            "again": len(again),
            "refusals": len(refused),
            "marks": len(frozenset[object]().union(*(one.cells for one in again))),
        },
        positions=tuple(sorted(one.position for one in {*refused, *again})),
        worth_telling=len(again) >= _WORTH_AGAIN,
    )


def attempts_refused(material: Material) -> list[Candidate]:
    """How often each person was refused, by marks entered; the effect is the occasions."""
    by_person: dict[PersonId, list[Attempt]] = defaultdict(list)
    for one in sorted(material.attempts, key=lambda attempt: attempt.position):
        by_person[one.person].append(one)
    entered: Counter[PersonId] = Counter()
    for entry in material.entries:
        entered[entry.person] += entry.count
    people = sorted({*by_person, *entered}, key=str)
    if not by_person:
        return []
    occasions = np.array([_occasions(by_person.get(person, ())) for person in people])
    exposure = np.array([entered[p] + _AT_LEAST_ENTERED for p in people], dtype=np.float64)
    tails = rate_tails(occasions, exposure, _REFUSED)
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
