"""What every kind of signal is called, says, and may innocently come from."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from ledger.signals.finding import SignalKind
from web.wording import distribution_signal_words as distribution
from web.wording import edit_signal_words as edits
from web.wording.signal_telling import Told

TITLES: Final[Mapping[SignalKind, str]] = MappingProxyType({**edits.TITLES, **distribution.TITLES})
SENTENCES: Final[Mapping[SignalKind, Callable[[Told], str]]] = MappingProxyType(
    {**edits.SENTENCES, **distribution.SENTENCES}
)
EXPLANATIONS: Final[Mapping[SignalKind, tuple[str, ...]]] = MappingProxyType(
    {**edits.EXPLANATIONS, **distribution.EXPLANATIONS}
)
