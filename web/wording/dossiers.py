"""The words of a dossier's own page: where it stands, who signs how, what is still to be done."""

from ledger.vocabulary import Role
from web.wording.school import role_name


def reason_of_signing(symbol: str, role: Role) -> str:
    """What programs show as the reason of a signature."""
    return f"Kí biên bản sửa chữa điểm số {symbol} với tư cách {role_name(role).lower()}"
