"""The fields of the facts about personal data, for hypothesis."""

from typing import Any, Final

from hypothesis import strategies as st

from ledger.privacy.facts import Ground, Requester, Retention

_words = st.text(min_size=3, max_size=60).filter(lambda text: len(text.strip()) >= 3)
_retention = st.builds(Retention, years=st.integers(1, 100), legal_basis=_words)
_hashes = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)

FIELDS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "erasure_id": st.uuids(),
    "requested_by": st.sampled_from(Requester),
    "ground": st.sampled_from(Ground),
    "retention": _retention,
    "left_on": st.dates(),
}

OF_KIND: Final[dict[str, dict[str, st.SearchStrategy[Any]]]] = {
    "personal-data-erased": {"evidence": st.lists(_hashes, max_size=3).map(tuple)},
}
