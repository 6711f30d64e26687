"""The fields of the facts of supervision, for hypothesis."""

from typing import Any, Final

from hypothesis import strategies as st

from ledger.supervision import facts
from ledger.vocabulary import MARKS, columns_of

_words = st.text(min_size=3, max_size=60).filter(lambda text: len(text.strip()) >= 3)
_months = st.builds("{:04}-{:02}".format, st.integers(2000, 2099), st.integers(1, 12))
_shares = st.builds(
    facts.MinimumShare,
    at_least=st.sampled_from(list(MARKS.values())),
    percent=st.integers(0, 100),
)

FIELDS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "month": _months,
    "remark": _words,
    "text": _words,
    "proposal_id": st.uuids(),
    "shares": st.lists(_shares, max_size=4).map(tuple),
}

OF_KIND: Final[dict[str, dict[str, st.SearchStrategy[Any]]]] = {
    "inspection-remarked": {"month": _months},
    "score-target-set": {"column": st.none() | st.sampled_from(columns_of(9))},
}
