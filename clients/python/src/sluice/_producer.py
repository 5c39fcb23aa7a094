from __future__ import annotations

import time
import uuid
from typing import Iterator, List, Mapping, Optional, Sequence

from ._transport import Json, NoAnswer, Transport, pause, segment

ATTEMPTS = 6
MOST_ITEMS = 1000
FOLLOW_SECONDS = 25
ENDS = ("ended", "dead")


class Sluice:
    """Enqueues work and follows it to its end.

    A call that gets no answer, or 408, 429 or 5xx, is repeated, six times in all. All attempts of a
    call have the same idempotency key, so none is carried out twice.
    """

    def __init__(self, url: str, key: str) -> None:
        """Makes a client; key is a user key with the scope work:write.

        To follow work it also needs work:read or fleet:read.
        """
        self._transport = Transport(url)
        self._key = key

    def enqueue(self, item: Json) -> Json:
        """Enqueues an item, which needs a prompt.

        The answer has sessionId, state, position, and duplicate if the item was there already. An
        item with a sessionId may be enqueued again without harm.
        """
        return self._post("/api/work", item)

    def enqueue_all(self, items: Sequence[Json]) -> List[Json]:
        """Enqueues any number of items, up to a thousand a call.

        Returns a result for each item; that of a refused one has status, code and message.
        """
        results: List[Json] = []
        for start in range(0, len(items), MOST_ITEMS):
            part = list(items[start : start + MOST_ITEMS])
            results += self._post("/api/work", {"items": part})["results"]
        return results

    def enqueue_batch(self, items: Sequence[Json], idempotency_key: Optional[str] = None) -> Json:
        """Enqueues up to 10,000 items as one batch.

        One wrong item refuses the whole call. A full store may refuse some items: the same call
        with the same idempotency_key enqueues those, for 24 hours. Another call with other items
        is refused; without a key the batch can't be completed.

        Returns its `batchId`, and how many were enqueued, were there already, or were refused.
        """
        return self._post("/api/batches", {"items": list(items)}, idempotency_key)

    def get_batch(self, id: str) -> Json:
        """Returns how many items of a batch wait, run or have ended in which way."""
        return self._call("GET", f"/api/batches/{segment(id)}")

    def wait_for_batch(self, id: str) -> Json:
        """Returns the batch once no item waits or runs."""
        while True:
            asked = time.monotonic()
            batch = self._call("GET", f"/api/batches/{segment(id)}?wait=end")
            if batch["ended"]:
                return batch
            self._rest(asked)

    def get(self, id: str) -> Json:
        """Returns where work is, why it waits, and its result after the end."""
        return self._call("GET", f"/api/work/{segment(id)}")

    def follow(self, id: str) -> Iterator[Json]:
        """Yields the work as it is now, and after each change of its state or place, up to its end."""
        work = self.get(id)
        yield work
        while work["place"] not in ENDS:
            path = f"/api/work/{segment(id)}?wait={FOLLOW_SECONDS}&state={work['state']}"
            asked = time.monotonic()
            before, work = work, self._call("GET", path)
            if (work["state"], work["place"]) != (before["state"], before["place"]):
                yield work
            else:
                self._rest(asked)

    def wait_for_end(self, id: str) -> Json:
        """Returns the work once it has ended or is a dead letter."""
        while True:
            asked = time.monotonic()
            work = self._call("GET", f"/api/work/{segment(id)}?wait=end")
            if work["place"] in ENDS:
                return work
            self._rest(asked)

    def _rest(self, asked: float) -> None:
        """Lets a second pass since a call: a server on which too many calls wait answers at once."""
        time.sleep(max(0.0, asked + 1 - time.monotonic()))

    def send(self, id: str, type: str, payload: str) -> Json:
        """Sends a message to a session: a directive, hook-result or nudge."""
        body = {"type": type, "payload": payload}
        return self._post(f"/api/sessions/{segment(id)}/inbox", body)

    def stop(self, id: str, reason: str = "") -> Json:
        """Ends work for good, wherever it is."""
        return self._post(f"/api/sessions/{segment(id)}/stop", {"reason": reason})

    def _post(self, path: str, body: Json, idempotency_key: Optional[str] = None) -> Json:
        key = str(uuid.uuid4()) if idempotency_key is None else idempotency_key
        return self._call("POST", path, body, {"Idempotency-Key": key})

    def _call(
        self,
        method: str,
        path: str,
        body: Optional[Json] = None,
        headers: Optional[Mapping[str, str]] = None,
    ) -> Json:
        failures = 0
        while True:
            last = failures + 1 == ATTEMPTS
            retry_after = 0.0
            try:
                answer = self._transport.call(method, path, self._key, body, headers)
                if answer.ok:
                    return answer.body
                if not answer.later or last:
                    raise answer.problem()
                retry_after = answer.retry_after
            except NoAnswer:
                if last:
                    raise
            time.sleep(pause(failures, retry_after))
            failures += 1
