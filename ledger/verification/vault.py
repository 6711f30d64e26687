"""Whether the vault opens for those whom the facts name, and no more for whom they erased."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from ledger.comments import comment_in, is_comment
from ledger.line import Fact
from ledger.privacy.facts import PersonalDataErased
from ledger.recovery.manifest import manifest
from ledger.school.facts import ClassListSet, PupilsEnrolled, PupilTransferredIn, StaffJoined
from ledger.sealing import DoesNotOpen, MasterKey, PersonKey
from ledger.vault import FOUND_BY, vault_key
from ledger.verification.checks import Batch
from ledger.verification.findings import Finding
from ledger.verification.source import Source

_TABLES: Final = ("vault_key", "vault_box", "vault_code")
_KEYS: Final = {
    "sqlite": "SELECT person_id, wrapped FROM vault_key ORDER BY 1",
    "postgresql": "SELECT person_id::text, wrapped FROM vault_key ORDER BY 1",
}
_BOXES: Final = {
    "sqlite": "SELECT person_id, field, box FROM vault_box ORDER BY 1, 2",
    "postgresql": "SELECT person_id::text, field, box FROM vault_box ORDER BY 1, 2",
}
_CODES: Final = {
    "sqlite": "SELECT kind, lookup, person_id FROM vault_code ORDER BY 1, 3",
    "postgresql": "SELECT kind, lookup, person_id::text FROM vault_code ORDER BY 1, 3",
}
# Everybody has a name, so one that was taken away is missed.
_NAMES: Final = frozenset({"pupil-name", "staff-name"})


class VaultCheck:
    """Keys, boxes and codes: each opens for its person and place, and nobody's are missing.

    Without the master key, only who has a key and who must not is looked at. What is in a box is
    never told.
    """

    def __init__(self, master_key: bytes | None) -> None:
        self._master = MasterKey(master_key) if master_key else None
        self._named: dict[UUID, int] = {}
        self._erased: dict[UUID, int] = {}
        self._keys: dict[UUID, PersonKey | None] = {}
        self._fields: dict[UUID, set[str]] = defaultdict(set)
        self._codes: set[tuple[str, bytes, UUID]] = set()
        self._closed: set[UUID] = set()  # who has a key or a box that does not open
        self._opened = 0

    @property
    def checked(self) -> Mapping[str, int]:
        looked_at = {"vault-keys": len(self._keys)}
        return {**looked_at, "vault-boxes": self._opened} if self._master else looked_at

    def take(self, batch: Batch) -> Iterator[Finding]:
        for line in batch.lines:
            if line:
                for person in _named_by(line.fact):
                    self._named.setdefault(person, line.position)
                for person in _erased_by(line.fact):
                    self._erased[person] = line.position
        yield from ()

    def finish(self, source: Source) -> Iterator[Finding]:
        missing = [table for table in _TABLES if table not in source.tables]
        if missing == [vault_key.name] and manifest.name in source.tables:
            # A backup, whose keys lie in a file apart, so that they can be destroyed.
            yield Finding("vault-keys-apart", None, vault_key.name, "", "")
            return
        if missing:
            yield Finding("vault-missing", None, ", ".join(missing), ", ".join(_TABLES), "")
            return
        if not self._master:
            yield Finding("vault-key-not-given", None, "vault.key", "", "")
        yield from self._of_keys(source)
        yield from self._of_boxes(source)
        yield from self._of_codes(source)
        yield from self._of_persons()

    def _of_keys(self, source: Source) -> Iterator[Finding]:
        for told, wrapped in _rows(source, _KEYS):
            if (person := _person(told)) is None:
                yield Finding("vault-key-closed", None, str(told), "", "")
                continue
            self._keys[person] = None
            if self._master:
                try:
                    key = self._master.unwrap(person, _bytes(wrapped))
                    self._keys[person] = PersonKey(person, key)
                except (DoesNotOpen, ValueError):
                    self._closed.add(person)
        if self._closed and len(self._closed) == len(self._keys):
            # Not that many damaged keys, but one that is another's.
            yield Finding("vault-key-of-another", None, "vault.key", str(len(self._keys)), "0")
            return
        for person in sorted(self._closed):
            yield Finding("vault-key-closed", None, str(person), "", "")

    def _of_boxes(self, source: Source) -> Iterator[Finding]:
        for told, field, box in _rows(source, _BOXES):
            person = _person(told)
            where = f"{person or told} · {field}"
            if person is None or person not in self._keys:
                yield Finding("vault-box-orphaned", None, where, "", "")
                continue
            self._fields[person].add(field)
            if key := self._keys[person]:
                try:
                    text = key.open(field, _bytes(box))
                except DoesNotOpen:
                    self._closed.add(person)
                    yield Finding("vault-box-closed", None, where, "", "")
                    continue
                self._take_in(person, field, text)
                if is_comment(field) and comment_in(field, text) is None:
                    yield Finding("vault-comment-differs", None, where, "", "")

    def _take_in(self, person: UUID, field: str, text: str) -> None:
        self._opened += 1
        if field in FOUND_BY and self._master:
            self._codes.add((field, self._master.lookup(field, text), person))

    def _of_codes(self, source: Source) -> Iterator[Finding]:
        found = {
            (str(kind), _bytes(lookup), _person(person) or person)
            for kind, lookup, person in _rows(source, _CODES)
        }
        # Whose boxes could not be opened, of them it is not known which codes there must be.
        unread = self._closed if self._master else self._keys.keys()
        for code in sorted(found ^ self._codes, key=str):
            kind, _, person = code
            if person not in unread:
                told = ("", str(person)) if code in found else (str(person), "")
                yield Finding("vault-code-differs", None, f"{person} · {kind}", *told)

    def _of_persons(self) -> Iterator[Finding]:
        for person, position in self._erased.items():
            if person in self._keys:
                yield Finding("vault-erased-person", position, str(person), "", str(person))
        for person, position in self._named.items():
            if person in self._erased:
                continue
            if person not in self._keys or not self._fields[person] & _NAMES:
                yield Finding("vault-person-missing", position, str(person), str(person), "")


def _rows(source: Source, question: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    for rows in source.batches(question[source.dialect]):
        yield from rows


def _person(told: object) -> UUID | None:
    try:
        return UUID(str(told))
    except ValueError:
        return None


def _bytes(told: object) -> bytes:
    """The bytes of a value; of anything else, bytes that open nothing."""
    return bytes(told) if isinstance(told, bytes | memoryview) else b""


def _named_by(fact: Fact) -> Iterator[UUID]:
    match fact:
        case ClassListSet() | PupilsEnrolled():
            yield from (entry.pupil for entry in fact.pupils)
        case PupilTransferredIn():
            yield fact.pupil
        case StaffJoined():
            yield fact.person


def _erased_by(fact: Fact) -> Iterator[UUID]:
    if isinstance(fact, PersonalDataErased):
        yield fact.pupil
