"""The thread that publishes while the school is served: every minute, and at once when asked."""

import logging
from threading import Event, Thread
from types import TracebackType
from typing import Final, Self

from ledger.publishing.publisher import Publisher

EVERY: Final = 60.0
_log: Final = logging.getLogger(__name__)


class PublishingThread:
    """Publishes from `with` to its end; a failure is logged when it begins, and tried again.

    Nothing is lost where none runs: the next publication signs all that there is.
    """

    def __init__(self, publisher: Publisher, *, every: float = EVERY) -> None:
        self._publisher = publisher
        self._every = every
        self._ending = Event()
        self._told = ""
        self._thread = Thread(target=self._run, name="publishing", daemon=True)

    def __enter__(self) -> Self:
        self._publisher.wanted.set()  # What was recorded while nobody served is news.
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ending.set()
        self._publisher.wanted.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            self._publisher.wanted.wait(self._every)
            if self._ending.is_set():
                return
            self._publisher.wanted.clear()
            self._publish()

    def _publish(self) -> None:
        try:
            self._publisher.publish()
        except Exception as failure:  # noqa: BLE001  (whatever it is, the server goes on)
            if (telling := f"{type(failure).__name__}: {failure}") != self._told:
                _log.error("the ledger is not published: %s", telling)
            self._told = telling
        else:
            self._told = ""
