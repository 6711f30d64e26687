"""What a backup says of itself: how far it goes, from when it is, what is in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    Text,
    delete,
    insert,
    select,
)

from ledger.trust.merkle import Frontier, MalformedFrontier

metadata: Final = MetaData()

# In the file itself, so that it is always of the very rows beside it.
manifest = Table(
    "manifest",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
)

# The files of evidence that the backup holds.
held_evidence = Table("held_evidence", metadata, Column("digest", Text, primary_key=True))


class MalformedManifest(ValueError):
    """The text is not a manifest, or of a later version of the program."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of a backup; `number` counts how often it was brought up.

    `root` is over the lines 1 to `lines`; `commands` is the tree over the rows of the commands that
    made them; `tables` are the SHA-256 of the rows of each other table, in hexadecimal.
    """

    number: int
    moment: datetime
    program: str
    origin: str | None
    lines: int
    root: bytes
    commands: Frontier
    tables: Mapping[str, str]
    evidence_files: int

    def to_json(self) -> str:
        content = {
            "format": _FORMAT,
            "number": self.number,
            "moment": self.moment.isoformat(),
            "program": self.program,
            "origin": self.origin,
            "lines": self.lines,
            "root": self.root.hex(),
            "commands": self.commands.to_bytes().hex(),
            "tables": dict(sorted(self.tables.items())),
            "evidence_files": self.evidence_files,
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote; raises MalformedManifest."""
        try:
            content = json.loads(text)
            if content["format"] != _FORMAT:
                raise MalformedManifest(f"format {content['format']}")
            return cls(
                content["number"],
                datetime.fromisoformat(content["moment"]),
                content["program"],
                content["origin"],
                content["lines"],
                bytes.fromhex(content["root"]),
                Frontier.from_bytes(bytes.fromhex(content["commands"])),
                content["tables"],
                content["evidence_files"],
            )
        except (KeyError, TypeError, ValueError, MalformedFrontier) as error:
            raise MalformedManifest(str(error)) from error


_FORMAT: Final = 1


def kept_manifest(connection: Connection) -> Manifest | None:
    """The manifest in a backup's file; None before anything was backed up. MalformedManifest."""
    content = connection.execute(select(manifest.c.content)).scalar()
    return None if content is None else Manifest.from_json(content)


def keep_manifest(connection: Connection, now: Manifest) -> None:
    """Put a manifest in the place of the one before."""
    connection.execute(delete(manifest))
    connection.execute(insert(manifest).values(id=1, content=now.to_json()))
