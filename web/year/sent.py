"""What a form of the year's pages sent: texts by name, and cells of tables by their place."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData


@dataclass(frozen=True, slots=True)
class SentForm:
    """The fields of a form; what is missing reads as empty."""

    fields: FormData

    @property
    def form_id(self) -> UUID:
        """The id made when the form was shown; an answer of 400 where no page of ours sent it."""
        try:
            return UUID(self.text("command_id"))
        except ValueError as error:
            raise HTTPException(400) from error

    def text(self, name: str) -> str:
        found = self.fields.get(name)
        return found.strip() if isinstance(found, str) else ""

    def texts(self, name: str) -> list[str]:
        """Every value of a field that may come several times, in the order of the page."""
        return [text for text in self.fields.getlist(name) if isinstance(text, str)]

    def touched(self, kind: str, *, parts: int) -> list[tuple[tuple[str, ...], str]]:
        """The cells of a table whose text differs from what the page had shown: place and text.

        A cell's name is its kind, the parts of its place and the shown text, joined by "~". An
        untouched cell is not sent on, since somebody else may have changed it meanwhile.
        """
        cells = [
            (name.split("~"), value.strip())
            for name, value in self.fields.multi_items()
            if isinstance(value, str) and name.count("~") == parts + 1
        ]
        return [
            (tuple(place), text)
            for (first, *place, shown), text in cells
            if first == kind and text != shown
        ]


async def _sent(request: Request) -> AsyncIterator[SentForm]:
    """The form's fields; many, since a table has one for every cell."""
    async with request.form(max_files=0, max_fields=3000) as fields:
        yield SentForm(fields)


Sent = Annotated[SentForm, Depends(_sent)]
