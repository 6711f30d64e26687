"""How much of what is planted in believable schools is found: `python -m bench.anomaly_detection`.

Recall: of the plants of a kind and strength, those about which something right was told. Precision:
of the signals, those that point at a place where something is planted. Both beside two plain rules
on the same schools: more than three changes of a cell or by a person in a sheet, and a class whose
mean is more than three standard errors from that of its cohort. The rules tell many times more, so
they are shown as well with their strongest only: as many as the screen told. Intervals are Wilson's
at 95 %.
"""

import json
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass
from functools import lru_cache
from math import sqrt
from multiprocessing import get_context
from typing import Any, Final

import numpy as np
from rich.console import Console

from bench.anomaly_tables import Key, tables_of
from ledger.signals.finding import Place, SignalKind
from ledger.vocabulary import SheetId
from projections.anomalies.material import NO_MARK, Material, SheetMarks, SheetPlace
from projections.anomalies.screen import screen
from tests.believable_schools import STRENGTHS, School, believable_school, found, is_true, plant
from tests.believable_schools.plants.places import NoPlaceLeft
from tests.believable_schools.truth import EDIT_KINDS, points_at

SIZES: Final = (8, 16, 40)
RATES: Final = (0.05, 0.10)
_USUAL_SIZE: Final = 16


@dataclass(frozen=True, slots=True)
class Asked:
    """A school to make: what is planted in it, and under which name its results are counted."""

    scenario: str
    seed: int
    classes: int
    strength: str = ""
    kind: SignalKind | None = None
    rate: float = 0.0


@dataclass(slots=True)
class Tally:
    """What was found and told in some schools (see `bench.anomaly_tables.Counted`)."""

    found: int = 0
    plants: int = 0
    true: int = 0
    told: int = 0
    schools: int = 0
    schools_told: int = 0
    false_shares: float = 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


def plain_edits(material: Material) -> list[Place]:
    """Every cell changed more than three times, and every person with as many in a sheet."""
    cells = Counter((one.sheet_id, one.pupil, one.column) for one in material.changes)
    people = Counter((one.sheet_id, one.responsible) for one in material.changes)
    counted = [
        *(
            (count, Place(sheet=sheet, pupil=pupil, column=column))
            for (sheet, pupil, column), count in cells.items()
        ),
        *((count, Place(sheet=sheet, person=who)) for (sheet, who), count in people.items()),
    ]
    return _most_first((count, place) for count, place in counted if count > 3)


def plain_marks(material: Material) -> list[Place]:
    """Every class × subject × column with a mean beyond three standard errors of its cohort's."""
    cohorts: dict[tuple[int, int, str, str], list[SheetMarks]] = defaultdict(list)
    for sheet in material.sheets:
        for column in sheet.columns:
            cohorts[sheet.semester, sheet.grade, sheet.subject, column].append(sheet)
    found: list[tuple[float, Place]] = []
    for (*_, column), sheets in cohorts.items():
        marks = [sheet.columns[column][sheet.columns[column] != NO_MARK] for sheet in sheets]
        whole = np.concatenate(marks)
        if not whole.size:
            continue
        for sheet, own in zip(sheets, marks, strict=True):
            if own.size:
                z = abs(own.mean() - whole.mean()) * sqrt(own.size) / whole.std()
                found.append((float(z), Place(sheet=sheet.sheet_id, column=column)))
    return _most_first((z, place) for z, place in found if z > 3)


def _most_first(told: Iterable[tuple[float, Place]]) -> list[Place]:
    return [place for _, place in sorted(told, key=lambda one: -one[0])]


def judged(asked: Asked) -> dict[Key, Tally]:
    """Make a school, screen it, and compare what is told with what was planted."""
    school = _clean_school(asked.seed, asked.classes).copy()
    # Another place for each kind, so that no one class decides about all of them.
    turn = list(SignalKind).index(asked.kind) if asked.kind else len(SignalKind)
    rng = np.random.default_rng([asked.seed, 2, turn])
    kinds = [asked.kind] if asked.kind else _some_kinds(rng, round(asked.rate * len(school.sheets)))
    for kind in kinds:
        with suppress(NoPlaceLeft):
            plant(school, kind, asked.strength, rng)
    material = school.material()
    places = material.places
    signals = screen(material).signals
    rules = {True: plain_edits(material), False: plain_marks(material)}
    kinds_told = Counter(one.kind in EDIT_KINDS for one in signals)
    fewer = {edits: places[: kinds_told[edits]] for edits, places in rules.items()}
    tallies: dict[Key, Tally] = defaultdict(Tally)
    for one in school.planted:
        key = (asked.scenario, asked.classes, one.kind, one.strength)
        tallies[*key, "screen"] += Tally(found(one, signals, places), 1)
        for who, those in (("plain", rules), ("plain, as many", fewer)):
            by_rule = any(points_at(place, one, places) for place in those[one.kind in EDIT_KINDS])
            tallies[*key, who] += Tally(by_rule, 1)
    whole = (asked.scenario, asked.classes, asked.kind or "", asked.strength)
    tallies[*whole, "screen"] += _told([one.place for one in signals], school, places)
    for who, those in (("plain", rules), ("plain, as many", fewer)):
        asked_of = [asked.kind in EDIT_KINDS] if asked.kind else [True, False]
        told = [place for edits in asked_of for place in those[edits]]
        tallies[*whole, who] += _told(told, school, places)
    return dict(tallies)


def _told(told: list[Place], school: School, places: Mapping[SheetId, SheetPlace]) -> Tally:
    """How much of what one school was told is true."""
    true = sum(is_true(place, school.planted, places) for place in told)
    false = (len(told) - true) / max(len(told), 1)
    return Tally(0, 0, true, len(told), 1, bool(told), false)


@lru_cache(maxsize=1)
def _clean_school(seed: int, classes: int) -> School:
    return believable_school(seed, classes=classes)


def _some_kinds(rng: np.random.Generator, count: int) -> list[SignalKind]:
    """Kinds in an order of chance, none again before all have had their turn."""
    every = list(SignalKind)
    turns = [rng.permutation(len(every)) for _ in range(-(-count // len(every)))]
    return [every[place] for turn in turns for place in turn][:count]


def schools_asked(seeds: int, *, quick: bool) -> Iterator[Asked]:
    """All schools of the measurement; a quick one has small schools and what is obvious only."""
    sizes = SIZES[:2] if quick else SIZES
    for seed in range(1, seeds + 1):
        for classes in sizes:
            for rate in RATES[1:] if quick else RATES:
                for strength in STRENGTHS[2:] if quick else STRENGTHS:
                    yield Asked(f"{rate:.0%}", seed, classes, strength, rate=rate)
        for kind in () if quick else SignalKind:
            for strength in STRENGTHS:
                yield Asked("one", seed, _USUAL_SIZE, strength, kind)
    # What is seldom told in clean schools takes more of them to be counted.
    for seed in range(1, seeds * (1 if quick else 4) + 1):
        for classes in sizes:
            yield Asked("clean", seed, classes)


def measure_detection(*, seeds: int, quick: bool = True, at_once: int = 1) -> dict[Key, Tally]:
    """Everything that was found and told, summed over all schools."""
    asked = list(schools_asked(seeds, quick=quick))
    sums: dict[Key, Tally] = defaultdict(Tally)
    for tallies in _all_judged(asked, at_once):
        for key, tally in tallies.items():
            sums[key] += tally
    return _with_sums(sums)


def _all_judged(asked: list[Asked], at_once: int) -> Iterable[dict[Key, Tally]]:
    if at_once == 1:
        yield from map(judged, asked)
        return
    with ProcessPoolExecutor(at_once, mp_context=get_context("spawn")) as pool:
        yield from pool.map(judged, asked, chunksize=15)


def _with_sums(sums: dict[Key, Tally]) -> dict[Key, Tally]:
    """Plants of all kinds together, beside the signals that were told of them."""
    for (scenario, classes, kind, strength, who), tally in list(sums.items()):
        if kind and scenario != "one":
            sums[scenario, classes, "", strength, who] += Tally(tally.found, tally.plants)
    return dict(sums)


def figures_of(sums: dict[Key, Tally]) -> dict[str, Any]:
    """The sums as figures of a report: of all kinds together."""
    report: dict[str, Any] = {}
    for (scenario, classes, kind, strength, who), tally in sums.items():
        name = " ".join(part for part in (scenario, f"{classes} classes", strength, who) if part)
        if kind or scenario == "one":
            continue
        report[name] = {"told per school": round(tally.told / tally.schools, 2)}
        if tally.plants:
            report[name]["recall"] = round(tally.found / tally.plants, 3)
            report[name]["precision"] = round(tally.true / max(tally.told, 1), 3)
    return report


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(prog="python -m bench.anomaly_detection", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="schools of each sort")
    parser.add_argument("--quick", action="store_true", help="small schools, obvious plants only")
    parser.add_argument("--at-once", type=int, default=1, help="processes")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    options = parser.parse_args()
    sums = measure_detection(seeds=options.seeds, quick=options.quick, at_once=options.at_once)
    if options.json:
        rows = [{"of": key, **asdict(tally)} for key, tally in sorted(sums.items())]
        print(json.dumps(rows, indent=1))
        return
    # Wide enough for every interval, also where the output goes to a file.
    console = Console(width=180)
    for table in tables_of(sums):
        console.print(table)


if __name__ == "__main__":
    main()
