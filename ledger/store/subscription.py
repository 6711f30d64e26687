"""Following a ledger as it grows."""

from collections import deque
from collections.abc import Sequence
from threading import Event
from typing import Final

from eventsourcing.persistence import ApplicationRecorder, Notification, Subscription

_POLL_SECONDS: Final = 0.05
_POLL_LINES: Final = 500


class PollingSubscription(Subscription[ApplicationRecorder]):
    """Follows a ledger by asking it: notifications of a server work on one node only."""

    def __init__(
        self, recorder: ApplicationRecorder, gt: int | None = None, topics: Sequence[str] = ()
    ) -> None:
        super().__init__(recorder, gt, topics)
        self._stopped = Event()
        self._waiting: deque[Notification] = deque()

    def stop(self) -> None:
        """Stop, from any thread; whoever waits for the next event is released."""
        super().stop()
        self._stopped.set()

    def __next__(self) -> Notification:
        while not self._stopped.is_set():
            if self._waiting:
                return self._waiting.popleft()
            self._ask()
            if not self._waiting:
                self._stopped.wait(_POLL_SECONDS)
        raise StopIteration

    def _ask(self) -> None:
        found = self._recorder.select_notifications(
            self._last_notification_id or 0,
            _POLL_LINES,
            topics=self._topics,
            inclusive_of_start=False,
        )
        if found:
            self._waiting.extend(found)
            self._last_notification_id = found[-1].id
