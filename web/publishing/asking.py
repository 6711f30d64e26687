"""A witness over HTTP (c2sp.org/tlog-witness): asked in few seconds, and never believed."""

from collections.abc import Sequence
from http import HTTPStatus
from time import monotonic
from typing import Final

import httpx2

from ledger.publishing.cosigning import NoAnswer
from ledger.trust.checkpoint import MalformedCheckpoint, decimal
from ledger.trust.note import MalformedNote, Signature
from ledger.trust.policy import Witness
from ledger.trust.witnessing import SIZE_TYPE, AddCheckpoint, Answer, WitnessRefuses

# Seconds to connect, then between two pieces of the answer, and until it must be whole.
_PATIENCE: Final = httpx2.Timeout(5.0, connect=3.0)
_AT_MOST: Final = 15.0
# A handful of signature lines; whoever sends more is no witness.
_LONGEST_ANSWER: Final = 16_384


def ask_over_http(
    witness: Witness, asked: AddCheckpoint, *, timeout: httpx2.Timeout = _PATIENCE
) -> Sequence[Signature]:
    """The port `Ask`: the signature lines that the witness answers, unchecked.

    Raises NoAnswer and WitnessRefuses. A connection of its own each time: from one minute to the
    next no server keeps it open.
    """
    url = f"{(witness.url or '').rstrip('/')}/add-checkpoint"
    try:
        with httpx2.stream(
            "POST", url, content=asked.to_bytes(), timeout=timeout, trust_env=False
        ) as answer:
            return _read(answer.status_code, _content_type(answer), _body(answer))
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as failure:
        raise NoAnswer(f"{witness.name}: {failure}") from failure


def _content_type(answer: httpx2.Response) -> str:
    kind: str = answer.headers.get("content-type", "")
    return kind.partition(";")[0].strip()


def _body(answer: httpx2.Response) -> str:
    body, until = b"", monotonic() + _AT_MOST
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > _LONGEST_ANSWER or monotonic() > until:
            raise NoAnswer("more than a witness says, or slower")
    return body.decode()


def _read(status: int, content_type: str, body: str) -> Sequence[Signature]:
    """What the answer says; raises WitnessRefuses, and NoAnswer or ValueError for anything else."""
    if status == HTTPStatus.OK:
        return _signatures(body)
    try:
        answer = Answer(status)
    except ValueError as unknown:
        raise NoAnswer(f"status {status}") from unknown
    known = None
    if answer is Answer.OTHER_SIZE and content_type == SIZE_TYPE:
        try:
            known = decimal(body.removesuffix("\n"))
        except MalformedCheckpoint as malformed:
            raise NoAnswer("not a size") from malformed
    raise WitnessRefuses(answer, known)


def _signatures(body: str) -> Sequence[Signature]:
    """The lines that are signatures; a line of a kind not known here is nobody's we asked."""
    found = []
    for line in body.splitlines():
        try:
            found.append(Signature.parse(line))
        except MalformedNote:
            continue
    return found
