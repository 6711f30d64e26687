"""The tables of what was found in believable schools, with intervals."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import sqrt
from typing import Protocol

from rich.table import Table

from ledger.signals.finding import SignalKind
from tests.believable_schools import STRENGTHS


class Counted(Protocol):
    """Plants found of those there were, and true signals of those that were told, in `schools`.

    `schools_told` are those in which anything was told; `false_shares` sums the shares of false
    signals, one per school.
    """

    found: int
    plants: int
    true: int
    told: int
    schools: int
    schools_told: int
    false_shares: float


# By scenario, classes, kind ("" for all kinds), strength, and who told: "screen", "plain" (the
# two rules) or "plain, as many" (the strongest that they tell, as many as the screen told).
Key = tuple[str, int, str, str, str]
Sums = Mapping[Key, Counted]


def wilson(found: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927)."""
    z = 1.96
    share = found / of
    middle = share + z * z / (2 * of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return max((middle - half) / scale, 0.0), min((middle + half) / scale, 1.0)


def shown(found: int, of: int) -> str:
    """A share with its interval: "0.94 (0.88–0.97)"; a dash of nothing."""
    if not of:
        return "–"
    low, high = wilson(found, of)
    return f"{found / of:.2f} ({low:.2f}–{high:.2f})"


def tables_of(sums: Sums) -> Iterator[Table]:
    """Each kind alone, all kinds by base rate and size, and the clean schools."""
    if any(scenario == "one" for scenario, *_ in sums):
        yield _of_kinds(sums, "one", "One plant in a school: recall", _recall)
        yield _of_kinds(sums, "one", "One plant in a school: precision", _precision)
    for rate in sorted({scenario for scenario, *_ in sums if scenario.endswith("%")}, key=len):
        yield _of_kinds(sums, rate, f"Plants in {rate} of the sheets, all sizes: recall", _recall)
    yield _of_rates(sums)
    yield _of_clean(sums)


def _recall(those: Iterable[Counted]) -> str:
    tallies = list(those)
    return shown(sum(one.found for one in tallies), sum(one.plants for one in tallies))


def _precision(those: Iterable[Counted]) -> str:
    tallies = list(those)
    return shown(sum(one.true for one in tallies), sum(one.told for one in tallies))


def _of_kinds(
    sums: Sums, scenario: str, title: str, figure: Callable[[Iterable[Counted]], str]
) -> Table:
    """A row for each kind; each strength beside the plain rule's."""
    strengths = [name for name in STRENGTHS if any(name == of[3] for of in sums)]
    table = Table("kind", title=title)
    for name in strengths:
        table.add_column(name)
        table.add_column(f"{name}, plain")
    for kind in SignalKind:
        cells = [
            figure(_those(sums, scenario, kind, name, who))
            for name in strengths
            for who in ("screen", "plain")
        ]
        table.add_row(kind, *cells)
    return table


def _those(sums: Sums, scenario: str, kind: str, strength: str, who: str) -> Iterator[Counted]:
    """What was counted in schools of all sizes."""
    for key, tally in sums.items():
        if (key[0], *key[2:]) == (scenario, kind, strength, who):
            yield tally


def _of_rates(sums: Sums) -> Table:
    """All kinds together; false discoveries are what the screen promises to keep at 5 %."""
    table = Table("plants", "classes", "strength", title="All kinds together")
    columns = ("screen", "plain", "plain, as many")
    for name in columns:
        table.add_column(f"recall, {name}")
    for name in columns:
        table.add_column(f"precision, {name}")
    table.add_column("false discoveries")
    for (scenario, classes, kind, strength, who), tally in sums.items():
        if kind or not strength or who != "screen" or scenario == "one":
            continue
        those = [sums[scenario, classes, kind, strength, name] for name in columns]
        table.add_row(
            scenario,
            str(classes),
            strength,
            *(_recall([one]) for one in those),
            *(_precision([one]) for one in those),
            f"{tally.false_shares / tally.schools:.1%}",
        )
    return table


def _of_clean(sums: Sums) -> Table:
    table = Table("classes", "who", "false signals a screen", title="Clean schools")
    table.add_column("share of screens with any")
    for (scenario, classes, _, _, who), tally in sums.items():
        if scenario == "clean" and who != "plain, as many":
            table.add_row(
                str(classes),
                who,
                f"{tally.told / tally.schools:.2f}",
                shown(tally.schools_told, tally.schools),
            )
    return table
