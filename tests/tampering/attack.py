"""What an attack is: what it takes, what it does, and who finds it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from tests.tampering.scene import Scene


class Needs(StrEnum):
    """What the attacker has."""

    APPLICATION = "application"  # the password of the application's role
    SQL = "sql"  # a superuser of PostgreSQL, or the SQLite file
    FILES = "files"  # the data folder: evidence, policy
    LOG_KEY = "sql+log-key"
    VAULT_KEY = "sql+vault-key"
    ONE_WITNESS = "sql+log-key+witness"  # also the key of one of the two witnesses
    BOTH_WITNESSES = "sql+log-key+witnesses"  # also the keys and the memories of both


class Finder(StrEnum):
    """Who may find it."""

    VERIFY = "verify"  # `grade-ledger verify` with nothing brought along
    NOTEBOOK = "notebook"  # the same with the policy and a head that were kept elsewhere
    SERVER = "server"  # the school's own server, started anew, when it next publishes
    WITNESS = "witness"  # the two witnesses, when the next checkpoint is brought to them


NOBODY: frozenset[Finder] = frozenset()
LOOKING = frozenset({Finder.VERIFY, Finder.NOTEBOOK})
LOOKING_AND_SERVER = LOOKING | {Finder.SERVER}
EVERYBODY = frozenset(Finder)
# Whoever remembers: a ledger that agrees with itself fools everybody else.
REMEMBERING = frozenset({Finder.NOTEBOOK, Finder.SERVER, Finder.WITNESS})


@dataclass(frozen=True)
class Attack:
    """One attack. `name` is permanent: docs/tampering.md has a row for it.

    `shown_as` is the code under which a verification that was given everything shows it: as a
    finding if it finds the attack, and otherwise as a remark; None where it shows nothing.
    """

    name: str
    needs: Needs
    perform: Callable[[Scene], None]
    found_by: frozenset[Finder]
    shown_as: str | None
    on: frozenset[str]


_BOTH = ("sqlite", "postgresql")
# The school on SQLite, with a signed dossier: to check its signature takes time, in every look.
WITH_A_DOSSIER = "dossier"


def attack(
    needs: Needs,
    *,
    found_by: frozenset[Finder],
    shown_as: str | None = None,
    on: Collection[str] = _BOTH,
) -> Callable[[Callable[[Scene], None]], Attack]:
    """Make an attack of what performs it; its name is the function's."""

    def made(perform: Callable[[Scene], None]) -> Attack:
        name = perform.__name__.replace("_", "-")
        return Attack(name, needs, perform, found_by, shown_as, frozenset(on))

    return made
