"""The one verification of a process: it goes on beside the pages, and its outcome is kept."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock, Thread
from typing import Annotated, Final

from fastapi import Depends, Request

from ledger.verification.verifying import Progress
from web.verification.conducting import Verification

_LOG: Final = logging.getLogger(__name__)

Work = Callable[[Progress], Verification]


@dataclass(frozen=True, slots=True)
class Running:
    """A verification that goes on: begun by whom and when, and how many lines are done."""

    by: str
    began: datetime
    done: int = 0
    total: int = 0


class VerificationJob:
    """What goes on now and what came out last, safe to share between threads.

    `last` is what the latest finished verification found, None before the first; `broke_off` says
    that the latest one did not come to an end. Nothing is kept beyond the process.
    """

    def __init__(self) -> None:
        self.running: Running | None = None
        self.last: Verification | None = None
        self.broke_off = False
        self._turn = Lock()

    def begin(self, work: Work, *, by: str, at: datetime) -> None:
        """Start one in the background; while another goes on, that one is what was asked for."""
        with self._turn:
            if self.running is not None:
                return
            self.running = Running(by, at)
        Thread(target=self._go_on, args=(work,), daemon=True).start()

    def _go_on(self, work: Work) -> None:
        try:
            self.last, self.broke_off = work(self._reached), False
        except Exception:  # noqa: BLE001  (nobody else would hear of it in this thread)
            _LOG.exception("a verification broke off")
            self.broke_off = True
        finally:
            self.running = None

    def _reached(self, done: int, total: int) -> None:
        assert self.running is not None, "only who runs reports"
        self.running = replace(self.running, done=done, total=total)


def _job_of(request: Request) -> VerificationJob:
    job: VerificationJob = request.app.state.verification
    return job


JobDep = Annotated[VerificationJob, Depends(_job_of)]
"""What a route asks for to start a verification, or to see how far it is."""
