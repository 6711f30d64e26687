"""The list of signals: filters as they stand in the address, their choices with counts, a page."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, Field

from web.history_page import Blank
from web.signals.found import FoundSignal, FoundSignals

PER_PAGE: Final = 50
# Where each filter finds what it compares: several values where a signal has several.
_VALUES: Final[Mapping[str, Callable[[FoundSignal], Iterable[Any]]]] = MappingProxyType(
    {
        "hoc_ki": lambda one: (one.semester,),
        "khoi": lambda one: (one.grade,),
        "lop": lambda one: (one.class_group,),
        "mon": lambda one: (one.subject,),
        "gv": lambda one: one.concerned,
        "loai": lambda one: (one.kind.value,),
        "tt": lambda one: (one.status.value,),
    }
)

Text = Annotated[str | None, Blank]


def _small(text: object) -> object:
    """A page that is no number, or beyond all of them, is the first one."""
    return text if isinstance(text, str) and text.isdecimal() and len(text) < 5 else "1"


class SignalsQuery(BaseModel, frozen=True, extra="ignore"):
    """The filters as they stand in the address of the page."""

    hoc_ki: Text = None
    khoi: Text = None
    lop: Text = None
    mon: Text = None
    gv: Text = None
    loai: Text = None
    tt: Text = None
    trang: Annotated[int, BeforeValidator(_small), Field(ge=0)] = 1

    def passes(self, one: FoundSignal, *, but: str = "") -> bool:
        """Whether a signal has everything that is asked for; `but` asks nothing of one filter."""
        asked = {name: getattr(self, name) for name in _VALUES}
        return all(
            wanted is None or name == but or wanted in map(str, _VALUES[name](one))
            for name, wanted in asked.items()
        )

    def other(self, **changed: object) -> str:
        """The query string of the same filters with some changed."""
        kept = {**self.model_dump(exclude_none=True, exclude={"trang"}), **changed}
        return urlencode({name: value for name, value in kept.items() if value is not None})


@dataclass(frozen=True, slots=True)
class SignalsPage:
    """One page of the signals that the filters find; `choices` count as if theirs asked nothing."""

    shown: Sequence[FoundSignal]
    total: int
    page: int
    pages: int
    choices: Mapping[str, Mapping[str, int]]


def listed(found: FoundSignals, query: SignalsQuery) -> SignalsPage:
    """The page that is asked for, the last one where there are fewer."""
    matching = [one for one in found.signals if query.passes(one)]
    pages = max(-(-len(matching) // PER_PAGE), 1)
    page = min(max(query.trang, 1), pages)
    return SignalsPage(
        shown=matching[(page - 1) * PER_PAGE : page * PER_PAGE],
        total=len(matching),
        page=page,
        pages=pages,
        choices={name: _counted(found.signals, query, name) for name in _VALUES},
    )


def _counted(signals: Iterable[FoundSignal], query: SignalsQuery, name: str) -> Mapping[str, int]:
    counts = Counter(
        str(value)
        for one in signals
        if query.passes(one, but=name)
        for value in _VALUES[name](one)
        if value is not None
    )
    if wanted := getattr(query, name):
        counts.setdefault(wanted, 0)
    return dict(sorted(counts.items()))
