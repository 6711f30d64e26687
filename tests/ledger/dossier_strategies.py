"""The fields of the facts about dossiers, for hypothesis."""

from datetime import UTC, datetime
from typing import Any, Final

from hypothesis import strategies as st

from ledger.credentials.facts import SigningWay
from ledger.dossiers.facts import Keeping, PaperKind, Revision, Signer
from ledger.vocabulary import Role

_words = st.text(min_size=3, max_size=60).filter(lambda text: len(text.strip()) >= 3)
_hashes = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
_moments = st.datetimes(min_value=datetime(2000, 1, 2), timezones=st.just(UTC))  # noqa: DTZ001

_revisions = st.builds(Revision, sha256=_hashes, size=st.integers(1, 2**40))

FIELDS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "previous": _hashes,
    "position": st.integers(1, 2**40),
    "signers": st.lists(
        st.builds(Signer, role=st.sampled_from(Role), person=st.uuids()), min_size=1, max_size=8
    ).map(tuple),
    "papers": st.lists(st.sampled_from(PaperKind), max_size=4).map(tuple),
    "paper": st.sampled_from(PaperKind),
    "role": st.sampled_from(Role),
    "claimed_at": _moments,
    "timestamped_at": st.none() | _moments,
    "holds_until": st.dates(),
    "issued_on": st.dates(),
    "keeping": st.builds(Keeping, years_after_leaving=st.integers(0, 100), ordered_by=_words),
    "root": _hashes,
    "note": _words,
    "files": st.lists(_hashes, max_size=4).map(tuple),
}

OF_KIND: Final[dict[str, dict[str, st.SearchStrategy[Any]]]] = {
    # Results have revisions too, which are numbers.
    "dossier-drafted": {"revision": _revisions, "reason": st.none() | _words},
    "dossier-signed": {
        "revision": _revisions,
        "certificate": _hashes,
        "way": st.sampled_from(SigningWay),
    },
    "dossier-archived": {"revision": _revisions},
    "paper-issued": {"semester": st.none() | st.integers(1, 2)},
}
