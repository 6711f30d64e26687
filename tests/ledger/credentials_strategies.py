"""The fields of the facts about what people confirm and sign with, for hypothesis."""

from datetime import datetime
from typing import Any, Final

from hypothesis import strategies as st

from ledger.credentials.facts import SigningWay

_moments = st.datetimes(
    min_value=datetime(2000, 1, 2),  # noqa: DTZ001  (the zone is given apart)
    timezones=st.timezones(),
)
_hashes = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)

FIELDS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "credential": st.from_regex(r"[A-Za-z0-9_-]{16,40}", fullmatch=True),
    "public_key": st.from_regex(r"[A-Za-z0-9_-]{40,80}", fullmatch=True),
    "certificate": _hashes,
    "way": st.sampled_from(SigningWay),
    **dict.fromkeys(("valid_from", "valid_until"), _moments),
}
