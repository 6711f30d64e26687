"""Stopwatches: medians of many short times, by the name of what was timed."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter


@dataclass(slots=True)
class Watch:
    """Times in seconds by name, in the order in which the names were first used."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def timing(self, name: str) -> Iterator[None]:
        """Time what is inside."""
        started = perf_counter()
        yield
        self.times[name].append(perf_counter() - started)

    def median_ms(self, name: str) -> float:
        """The median of a name, in milliseconds."""
        return median(self.times[name]) * 1000

    def medians_ms(self) -> dict[str, float]:
        """The median of each name, in milliseconds, rounded to what can be trusted."""
        return {name: round(self.median_ms(name), 3) for name in self.times}
