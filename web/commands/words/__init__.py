"""What the command line says by itself, one module for each of the younger topics."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of one topic by key; `web.commands.wording` puts all topics together."""

    help: Mapping[str, str]
    examples: Mapping[str, str]
    options: Mapping[str, str]
    failures: Mapping[str, str]
    said: Mapping[str, str]
