"""What forms have in common: their errors beside the fields, reasons, and the password again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from http import HTTPStatus
from typing import Final, Self, cast
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse

from ledger.refusal import Refused
from ledger.vocabulary import CommandId, PersonId
from web import problems
from web.access.identity import SignedIn
from web.desk import Desk
from web.moments import typed_day, typed_moment
from web.refusals import (
    CodeNeeded,
    CodeUsedAlready,
    FormIncomplete,
    PasswordNeeded,
    TooManyCodes,
    TooManyPins,
    TooManySignIns,
    WrongCode,
    WrongPassword,
    WrongPin,
)
from web.wording import COLUMNS
from web.wording.forms import FIELD_PROBLEMS

_SHORTEST_REASON: Final = 3
_LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class FormErrors:
    """What is wrong with a form that is shown again: per field, and as a whole."""

    status: int = HTTPStatus.OK
    fields: Mapping[str, str] = field(default_factory=dict)
    whole: tuple[str, ...] = ()

    @classmethod
    def of(cls, request: Request, refused: Refused) -> Self:
        """The errors that a refusal means for the form that asked."""
        status = problems.status_of(refused)
        if isinstance(refused, FormIncomplete):
            wrong = cast("Mapping[str, str]", refused.details["fields"])
            return cls(status, {name: FIELD_PROBLEMS[why] for name, why in wrong.items()})
        sentence = problems.sentence(request, refused)
        if isinstance(refused, PasswordNeeded | WrongPassword | TooManySignIns):
            return cls(status, {"password": sentence})
        if isinstance(refused, CodeNeeded | WrongCode | CodeUsedAlready | TooManyCodes):
            return cls(status, {"code": sentence})
        if isinstance(refused, WrongPin | TooManyPins):
            return cls(status, {"pin": sentence})
        return cls(status, {}, (sentence,))

    def __bool__(self) -> bool:
        return bool(self.fields or self.whole)


NO_ERRORS: Final = FormErrors()


class Typed:
    """Reads typed fields and collects what is wrong; `check` tells all of it at once."""

    def __init__(self) -> None:
        self._wrong: dict[str, str] = {}

    def reason(self, text: str, *, name: str = "reason", why: str = "reason-length") -> str:
        """A reason, or something else that a person says, of 3 to 500 characters."""
        text = text.strip()
        if not _SHORTEST_REASON <= len(text) <= _LONGEST_REASON:
            self.wrong(name, why)
        return text

    def moment(self, text: str, *, name: str) -> datetime | None:
        """A moment of a `datetime-local` field in Vietnamese time; None if it is none."""
        try:
            return typed_moment(text)
        except ValueError:
            self.wrong(name, "not-a-moment")
            return None

    def day(self, text: str, *, name: str) -> date | None:
        """The day of a `date` field; None if it is none."""
        try:
            return typed_day(text)
        except ValueError:
            self.wrong(name, "not-a-day")
            return None

    def number(self, text: str, *, name: str, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`; None if it is none."""
        text = text.strip()
        if text.isascii() and text.isdecimal() and least <= int(text[:9]) <= most:
            return int(text)
        self.wrong(name, "not-a-number")
        return None

    def person(self, text: str, *, name: str) -> PersonId | None:
        """A member of staff chosen from a list; None if nobody was."""
        try:
            return PersonId(UUID(text))
        except ValueError:
            self.wrong(name, "no-person")
            return None

    def column(self, text: str, *, name: str) -> str:
        """A column chosen from a list."""
        if text not in COLUMNS:
            self.wrong(name, "no-column")
        return text

    def wrong(self, name: str, why: str) -> None:
        self._wrong.setdefault(name, why)

    def check(self) -> None:
        """Raise FormIncomplete if anything was wrong."""
        if self._wrong:
            raise FormIncomplete(fields=self._wrong)


def take_password(request: Request, desk: Desk, user: SignedIn, password: str | None) -> None:
    """Let pass who gave the password lately or gives it now.

    Raises PasswordNeeded, WrongPassword or TooManySignIns; nothing has been done by then.
    """
    moment = desk.clock()
    if user.is_fresh(moment):
        return
    if not password:
        raise PasswordNeeded
    desk.accounts.reauthenticate(user.session_id, password, address=address_of(request), now=moment)


def address_of(request: Request) -> str:
    """The network address that the request comes from."""
    return request.client.host if request.client else "?"


def command_id_of(form_id: UUID) -> CommandId:
    """The id made when the form was shown: sent twice, the form is one command."""
    return CommandId(form_id)


def see(path: str) -> RedirectResponse:
    """After a form: show a page, so that reloading it sends nothing again."""
    return RedirectResponse(path, HTTPStatus.SEE_OTHER)


def local_path(text: str) -> str:
    """The path to go on to, if it is one of this site; else the home page."""
    is_local = text.startswith("/") and not text.startswith(("//", "/\\"))
    is_plain = text.isprintable() and "\\" not in text
    return text if is_local and is_plain else "/"
