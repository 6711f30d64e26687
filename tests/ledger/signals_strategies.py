"""The fields of the facts about signals, for hypothesis."""

from typing import Any, Final

from hypothesis import strategies as st

from ledger.signals.facts import ReportedSignal, SignalOutcome, SignalStatus
from ledger.signals.finding import Finding, Place, SignalKind
from ledger.vocabulary import columns_of

_words = st.text(min_size=3, max_size=60).filter(lambda text: len(text.strip()) >= 3)
_numbers = st.from_regex(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", fullmatch=True)
_names = st.from_regex(r"[a-z][a-z-]{1,39}", fullmatch=True)
_ids = st.none() | st.uuids()
_columns = st.none() | st.sampled_from(columns_of(9))
_places = st.builds(
    Place,
    semester=st.none() | st.integers(1, 2),
    grade=st.none() | st.integers(6, 12),
    class_group=st.none() | st.text(min_size=1, max_size=20),
    subject=st.none() | st.from_regex(r"[a-z0-9-]{2,40}", fullmatch=True),
    sheet=_ids,
    column=_columns,
    other_sheet=_ids,
    other_column=_columns,
    pupil=_ids,
    person=_ids,
    correction_id=_ids,
    window=st.none() | st.integers(1, 2**40),
)
_reported = st.builds(ReportedSignal, signal_id=st.uuids(), status=st.sampled_from(SignalStatus))

FIELDS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "finding": st.builds(
        Finding,
        school_year=st.integers(2000, 2099).map(lambda year: f"{year}-{year + 1}"),
        kind=st.sampled_from(SignalKind),
        place=_places,
        figures=st.lists(st.tuples(_names, _numbers), max_size=4).map(tuple),
        q=_numbers,
        effect=_numbers,
        position=st.integers(1, 2**40),
    ),
    "signal_id": st.uuids(),
    "outcome": st.sampled_from(SignalOutcome),
    "signals": st.lists(_reported, max_size=4).map(tuple),
    "resolution": _words,
    "sha256": st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
}
