"""What a check finds of the signatures in a dossier's file; checked once for each file and day."""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING, Final

from ledger.dossiers.state import Dossier
from ledger.school.calendar import local_day
from ledger.vocabulary import Role
from web.desk import Desk
from web.dossiers.files import newest_file

if TYPE_CHECKING:
    from web.signing.found import FoundSignature

_KEPT: Final = 64
_found: Final["OrderedDict[object, Mapping[Role, FoundSignature]]"] = OrderedDict()
_guard: Final = Lock()


def signatures_in(desk: Desk, dossier: Dossier) -> Mapping[Role, "FoundSignature"]:
    """The signature in each place; raises DossierFileLost and DossierIsDisposed.

    What is true of a file stays true of it, but for certificates that run out or are withdrawn.
    """
    if not dossier.signatures:
        return {}
    withdrawn = frozenset(desk.school_keys.withdrawn())
    key = (dossier.revision.sha256, local_day(desk.clock()), withdrawn)
    with _guard:
        known = _found.get(key)
    if known is None:
        known = _check(desk, newest_file(desk, dossier))
        with _guard:
            _found[key] = known
            while len(_found) > _KEPT:
                _found.popitem(last=False)
    return known


def _check(desk: Desk, pdf: bytes) -> Mapping[Role, "FoundSignature"]:
    from web.signing.means import trust_of
    from web.signing.revising import Unreadable
    from web.signing.validating import signatures_of

    try:
        found = signatures_of(pdf, trust_of(desk), at=desk.clock())
    except Unreadable:
        return {}
    return {Role(one.field): one for one in found if one.field in set(Role)}
