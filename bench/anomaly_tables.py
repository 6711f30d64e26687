"""The tables of what was found in believable schools, with intervals."""

from collections.abc import Iterator, Mapping
from math import sqrt
from typing import Protocol

from rich.table import Table

from ledger.signals.finding import SignalKind
from tests.believable_schools import STRENGTHS


class Counted(Protocol):
    """Plants found of those there were, and true signals of those that were told."""

    found: int
    plants: int
    true: int
    told: int
    schools: int
    schools_told: int


Sums = Mapping[tuple[str, int, str, str, str], Counted]


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
        yield _of_kinds(sums, "one", "One plant in a school")
    for rate in sorted({scenario for scenario, *_ in sums if scenario.endswith("%")}, key=len):
        yield _of_kinds(sums, rate, f"Plants in {rate} of the sheets, schools of all sizes")
    yield _of_rates(sums)
    yield _of_clean(sums)


def _of_kinds(sums: Sums, scenario: str, title: str) -> Table:
    """Recall of each kind and strength, beside the plain rule's; precision where one is alone."""
    strengths = [name for name in STRENGTHS if any(name == of[3] for of in sums)]
    table = Table("kind", *strengths, *(f"{name}, plain" for name in strengths), title=title)
    if scenario == "one":
        for name in strengths:
            table.add_column(f"{name}, precision")
        for name in strengths:
            table.add_column(f"{name}, plain precision")
    for kind in SignalKind:
        row: list[str] = []
        whole = {
            (name, who): _pooled(sums, scenario, kind, name, who)
            for who in ("screen", "plain")
            for name in strengths
        }
        row += [shown(found, plants) for found, plants, _, _ in whole.values()]
        if scenario == "one":
            row += [shown(true, told) for _, _, true, told in whole.values()]
        table.add_row(kind, *row)
    return table


def _pooled(
    sums: Sums, scenario: str, kind: str, strength: str, who: str
) -> tuple[int, int, int, int]:
    """Found, plants, true and told of schools of all sizes."""
    those = [
        tally
        for (of, _, one, name, by), tally in sums.items()
        if (of, one, name, by) == (scenario, kind, strength, who)
    ]
    return (
        sum(tally.found for tally in those),
        sum(tally.plants for tally in those),
        sum(tally.true for tally in those),
        sum(tally.told for tally in those),
    )


def _of_rates(sums: Sums) -> Table:
    title = "All kinds together: recall, precision"
    table = Table("plants", "classes", "strength", "recall", "precision", title=title)
    table.add_column("recall, plain")
    table.add_column("precision, plain")
    for (scenario, classes, kind, strength, who), tally in sums.items():
        if kind or not strength or who != "screen" or scenario == "one":
            continue
        plain = sums[scenario, classes, kind, strength, "plain"]
        table.add_row(
            scenario,
            str(classes),
            strength,
            shown(tally.found, tally.plants),
            shown(tally.true, tally.told),
            shown(plain.found, plain.plants),
            shown(plain.true, plain.told),
        )
    return table


def _of_clean(sums: Sums) -> Table:
    table = Table("classes", "who", "false signals a screen", title="Clean schools")
    table.add_column("share of screens with any")
    for (scenario, classes, _, _, who), tally in sums.items():
        if scenario == "clean":
            table.add_row(
                str(classes),
                who,
                f"{tally.told / tally.schools:.2f}",
                shown(tally.schools_told, tally.schools),
            )
    return table
