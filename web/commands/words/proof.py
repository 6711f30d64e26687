"""What the command line says of proofs of single lines."""

from types import MappingProxyType
from typing import Final

from web.commands.words import Words

WORDS: Final = Words(
    help=MappingProxyType({}),
    examples=MappingProxyType({}),
    options=MappingProxyType({}),
    failures=MappingProxyType({}),
    said=MappingProxyType({}),
)
