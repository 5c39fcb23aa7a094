from __future__ import annotations

import logging
import queue
import signal
import socket
import threading
import time
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Set

from ._transport import Answer, Json, NoAnswer, SluiceError, Transport, pause, segment

POLL_SECONDS = 20
SIGN_INS = 3
GONE = ("worker-gone", "worker-not-found")

log = logging.getLogger("sluice")


@dataclass(frozen=True)
class Message:
    """A message to a session: a directive, hook-result or nudge."""

    id: str
    type: str
    payload: str
    lane: str
    user_name: str


@dataclass(frozen=True)
class Outcome:
    """How a session ended, as a handler tells it."""

    report: Json


def completed(summary: str, **more: Any) -> Outcome:
    """more are members of the report, such as totalCostUsd."""
    return Outcome({"status": "completed", "summary": summary, **more})


def failed(error: str, **more: Any) -> Outcome:
    return Outcome({"status": "failed", "error": error, **more})


Handler = Callable[["Session"], Outcome]


class Session:
    """A session that this worker runs."""

    def __init__(self, worker: "Worker", id: str, item: Json, adopted: bool, claim: int) -> None:
        self._worker = worker
        self._claim = claim
        self._messages: "queue.Queue[Message]" = queue.Queue()
        self._seen: Set[str] = set()
        self._stop = False
        self._lost = False
        self._thread: Optional[threading.Thread] = None
        self.id = id
        self.item = item
        """The item as it was enqueued, with its defaults."""
        self.adopted = adopted
        """True if an earlier process of this worker began the session."""
        self.stopped = threading.Event()
        """Set when the session is stopped, or belongs to another worker now: return soon then."""

    @property
    def draining(self) -> bool:
        """True once the worker drains: it waits some time for the end of the session."""
        return self._worker.draining

    def progress(self, message: str) -> None:
        """Tells people what the agent is doing."""
        self._tell("progress", {"message": message})

    def activity(self, type: str, content: str) -> None:
        """Stores what the agent thinks, does or says.

        type is thought, action, response, error or context.
        """
        self._tell("activity", {"activity": {"type": type, "content": content}})

    def report(self, **members: Any) -> None:
        """Reports members of a status while the session runs, such as totalCostUsd."""
        self._tell("status", {**members, "status": "running"})

    def next_message(self, longest: float) -> Optional[Message]:
        """Waits some seconds for a message, and acknowledges it."""
        try:
            message = self._messages.get(timeout=longest)
        except queue.Empty:
            return None
        self._tell("inbox/ack", {"messageId": message.id, "lane": message.lane})
        return message

    def _start(self, handler: Handler, before: Optional["Session"]) -> None:
        name = f"sluice-session-{self.id}"
        self._thread = threading.Thread(
            target=self._run, args=(handler, before), name=name, daemon=True
        )
        self._thread.start()

    def _hear(self, message: Json) -> None:
        """A stop isn't acknowledged: the report of the end releases the session."""
        if message["type"] == "stop":
            self._be_stopped()
        elif message["id"] not in self._seen:
            self._seen.add(message["id"])
            self._messages.put(
                Message(
                    message["id"],
                    message["type"],
                    message.get("payload", ""),
                    message["lane"],
                    message.get("userName", ""),
                )
            )

    def _be_stopped(self) -> None:
        self._stop = True
        self.stopped.set()

    def _lose(self) -> None:
        """From now on, nothing is reported."""
        self._lost = True
        self.stopped.set()

    def _refresh(self) -> None:
        """A sign of life, which also asks whether the session goes on."""
        answer = self._once("lock-refresh", {})
        if answer.ok and answer.body.get("stop") is True:
            self._be_stopped()
        elif answer.ok and answer.body.get("refreshed") is False:
            self._lose()

    def _run(self, handler: Handler, before: Optional["Session"]) -> None:
        try:
            if before is not None and before._thread is not None:
                before._thread.join()  # an earlier claim of the same session, which was lost
            refusal = None if self.adopted else self._worker._refusal(self.item)
            if refusal is not None:
                self._tell("nack", {"reason": refusal})
            elif self.adopted or self._tell("status", {"status": "running"}).ok:
                outcome = self._handle(handler)
                if not self._lost:
                    stopped = {"status": "stopped"} if self._stop else {}
                    self._tell("status", {**outcome.report, **stopped})
        except Exception as error:
            log.warning("Session %s ended without a report: %r", self.id, error)
        finally:
            self._worker._ended(self)

    def _handle(self, handler: Handler) -> Outcome:
        try:
            return handler(self)
        except Exception as error:
            return failed(f"{type(error).__name__}: {error}")

    def _tell(self, call: str, body: Json) -> Answer:
        """Repeats a call until Sluice has heard it, or the session is lost."""
        failures = 0
        while True:
            retry_after = 0.0
            try:
                answer = self._once(call, body)
                if not answer.later or self._lost:
                    if answer.status in (403, 404):
                        self._lose()
                    return answer
                retry_after = answer.retry_after
            except NoAnswer:
                if self._lost:
                    raise
            time.sleep(pause(failures, retry_after))
            failures += 1

    def _once(self, call: str, body: Json) -> Answer:
        headers = {"X-Sluice-Claim": str(self._claim)} if self._claim else {}
        path = f"/api/sessions/{segment(self.id)}/{call}"
        answer = self._worker._call("POST", path, body, headers)
        self._claim = max(self._claim, (answer.body.get("claim") or {}).get("token", 0))
        return answer


@dataclass(frozen=True)
class _Identity:
    id: str
    token: str


class Worker:
    """Takes work from Sluice and runs it, up to capacity sessions at a time.

    It registers, polls, accepts, sends heartbeats, repeats calls that got no answer, refreshes its
    token, registers again when Sluice doesn't know it, and hands stops and messages to the sessions.
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        hostname: Optional[str] = None,
        machine_id: Optional[str] = None,
        capacity: int = 1,
        projects: Sequence[str] = (),
        capabilities: Sequence[str] = (),
        adopt: Sequence[str] = (),
        reaped: Callable[[str], None] = lambda id: None,
        refuse: Callable[[Json], Optional[str]] = lambda item: None,
        drain_seconds: float = 25.0,
        drain_on_exit: bool = True,
    ) -> None:
        """Makes a worker; token is a key that may register workers.

        hostname: a label for people. Defaults to the name of this machine.
        machine_id: the name by which a worker that restarts is known again; one for each worker of
            the machine. Defaults to the hostname.
        projects, capabilities: the projects whose work it takes (all if empty), and what items may
            require.
        adopt: sessions that an earlier process of this worker has started, and whose agents still
            run. reaped gets the ids of those that it may not go on with.
        refuse: looks at an item before it runs; a reason gives it back to the queue.
        drain_seconds: how long a drain lets sessions end.
        drain_on_exit: whether SIGTERM and SIGINT drain the worker, if run is called by the main
            thread.
        """
        self._transport = Transport(url)
        self._key = token
        self._hostname = hostname or socket.gethostname()
        self._machine_id = machine_id or self._hostname
        self._capacity = capacity
        self._projects = list(projects)
        self._capabilities = list(capabilities)
        self._adopt = list(adopt)
        self._reaped = reaped
        self._refuse = refuse
        self._drain_seconds = drain_seconds
        self._drain_on_exit = drain_on_exit
        self._running: Dict[str, Session] = {}
        self._lock = threading.RLock()
        self._drain = threading.Event()
        self._over = threading.Event()
        self._identity = _Identity("", "")
        self._heartbeat_seconds = 30.0

    @property
    def draining(self) -> bool:
        return self._drain.is_set()

    def run(self, handler: Handler) -> None:
        """Works until it is drained. An exception of the handler fails the session with its text.

        Each session has a thread of its own. Raises SluiceError if the token doesn't allow it.
        """
        restore = self._catch_signals()
        beats = threading.Thread(target=self._beat_always, name="sluice-heartbeat", daemon=True)
        try:
            self._begin(handler)
            beats.start()
            self._poll_until_drained(handler)
        finally:
            self._over.set()
            self._leave()
            restore()

    def drain(self) -> None:
        """Takes no more work, lets sessions end, and gives those back that take too long."""
        # A signal may come while this thread holds the lock of the event.
        threading.Thread(target=self._drain.set, daemon=True).start()

    def _catch_signals(self) -> Callable[[], None]:
        if not self._drain_on_exit or threading.current_thread() is not threading.main_thread():
            return lambda: None
        before = {
            number: signal.signal(number, lambda *_: self.drain())
            for number in (signal.SIGTERM, signal.SIGINT)
        }

        def restore() -> None:
            for number, handler in before.items():
                signal.signal(number, handler)

        return restore

    def _begin(self, handler: Handler) -> None:
        verdicts: Json = {}
        failures = 0
        while not self.draining:
            try:
                verdicts = self._register(self._identity)
                break
            except NoAnswer as error:
                log.warning("Registering failed: %s", error)
                self._drain.wait(pause(failures))
                failures += 1
        for id in self._adopt:
            if verdicts.get(id) in ("keep", "adopt"):
                self._start(handler, id, self._item_of(id), True, 0)
            else:
                self._reaped(id)

    def _item_of(self, id: str) -> Json:
        try:
            answer = self._call("GET", f"/api/daemon/sessions/{segment(id)}")
            return answer.body if answer.ok else {"sessionId": id}
        except NoAnswer:
            return {"sessionId": id}

    def _poll_until_drained(self, handler: Handler) -> None:
        threading.Thread(target=self._end_poll_on_drain, args=(handler,), daemon=True).start()
        failures = 0
        end: Optional[float] = None
        while not self.draining or self._running:
            if self.draining and end is None:
                end = time.monotonic() + self._drain_seconds
            if end is not None and time.monotonic() > end:
                return
            try:
                wait = "wait=1" if self.draining else f"wait={POLL_SECONDS}&slots=now"
                answer = self._call("GET", f"/api/workers/{{id}}/poll?{wait}")
                if answer.ok:
                    failures = 0
                    self._take(handler, answer.body)
                else:
                    log.warning("A poll failed: %s", answer.problem())
                    self._pause(failures, answer.retry_after)
                    failures += 1
            except NoAnswer as error:
                log.warning("A poll got no answer: %s", error)
                self._pause(failures, 0.0)
                failures += 1
                # Its answer may have brought work. Two heartbeats without that work let it return
                # at once.
                self._beat()
                self._beat()

    def _end_poll_on_drain(self, handler: Handler) -> None:
        """Another poll ends the one that waits."""
        self._drain.wait()
        self._beat()
        try:
            self._take(handler, self._call("GET", "/api/workers/{id}/poll?wait=0").body)
        except (NoAnswer, SluiceError) as error:
            log.warning("A poll failed: %s", error)

    def _pause(self, failures: int, retry_after: float) -> None:
        seconds = pause(failures, retry_after)
        if self.draining:
            time.sleep(min(seconds, 1.0))
        else:
            self._drain.wait(seconds)

    def _take(self, handler: Handler, poll: Json) -> None:
        for item in poll.get("work", []):
            id = item["sessionId"]
            claim = poll.get("claims", {}).get(id, {}).get("token", 0)
            self._start(handler, id, item, False, claim)
        for id, messages in poll.get("inboxMessages", {}).items():
            session = self._held().get(id)
            if session is not None:
                for message in messages:
                    session._hear(message)

    def _start(self, handler: Handler, id: str, item: Json, adopted: bool, claim: int) -> None:
        session = Session(self, id, item, adopted, claim)
        with self._lock:
            before = self._running.get(id)
            self._running[id] = session
        if before is not None:
            before._lose()
        session._start(handler, before)

    def _held(self) -> Dict[str, Session]:
        with self._lock:
            return dict(self._running)

    def _ended(self, session: Session) -> None:
        with self._lock:
            if self._running.get(session.id) is session:
                del self._running[session.id]

    def _refusal(self, item: Json) -> Optional[str]:
        return "The worker is draining" if self.draining else self._refuse(item)

    def _beat_always(self) -> None:
        while not self._over.wait(self._heartbeat_seconds * 0.9):
            self._beat()
            for session in self._held().values():
                try:
                    session._refresh()
                except (NoAnswer, SluiceError) as error:
                    log.warning("A lock-refresh failed: %s", error)

    def _beat(self) -> None:
        held = self._held()
        body: Json = {"activeCount": len(held), "sessions": list(held)}
        if self.draining:
            body["status"] = "draining"
        try:
            answer = self._call("POST", "/api/workers/{id}/heartbeat", body)
            self._reap(answer.body.get("sessions", {}), held)
        except (NoAnswer, SluiceError) as error:
            log.warning("A heartbeat failed: %s", error)

    def _reap(self, verdicts: Json, held: Mapping[str, Session]) -> None:
        """A session that began after the list was made isn't meant."""
        for id, session in held.items():
            if verdicts.get(id) == "reap":
                try:
                    session._refresh()  # tells a stop, whose end is reported
                except (NoAnswer, SluiceError) as error:
                    log.warning("A lock-refresh failed: %s", error)
                if not session.stopped.is_set():
                    session._lose()

    def _leave(self) -> None:
        """Sessions that still run return to the queue."""
        for session in self._held().values():
            session._lose()
        if self._identity.id:
            try:
                self._call("DELETE", "/api/workers/{id}")
            except (NoAnswer, SluiceError) as error:
                log.warning("Deregistering failed: %s", error)

    def _call(
        self,
        method: str,
        path: str,
        body: Optional[Json] = None,
        headers: Optional[Mapping[str, str]] = None,
    ) -> Answer:
        """Makes a call as this worker, and again with a new token, or as a new worker, if Sluice
        wants one. {id} in the path stands for the id of the worker."""
        sign_ins = 0
        while True:
            used = self._identity
            signed = {**(body or {}), "workerId": used.id}
            answer = self._transport.call(
                method, path.replace("{id}", used.id), used.token, signed, headers
            )
            gone = answer.body.get("code") in GONE
            if (answer.status != 401 and not gone) or sign_ins == SIGN_INS or method == "DELETE":
                return answer
            self._sign_in(used, gone)
            sign_ins += 1

    def _sign_in(self, used: _Identity, gone: bool) -> None:
        with self._lock:
            if self._identity is not used:
                return  # another thread has done it
            if not gone:
                path = f"/api/workers/{used.id}/refresh-token"
                answer = self._transport.call("POST", path, self._key)
                if answer.ok:
                    self._identity = self._identity_of(answer.body)
                    return
                if answer.later:
                    raise NoAnswer(str(answer.problem()))
            held = self._held()
            self._reap(self._register(used), held)

    def _register(self, used: _Identity) -> Json:
        sessions: List[str] = list(self._held()) + ([] if used.id else self._adopt)
        body = {
            "hostname": self._hostname,
            "machineId": self._machine_id,
            "capacity": self._capacity,
            "projects": self._projects,
            "capabilities": self._capabilities,
            "sessions": sessions,
        }
        answer = self._transport.call("POST", "/api/workers/register", self._key, body)
        if answer.later:
            raise NoAnswer(str(answer.problem()))
        if not answer.ok:
            raise answer.problem()
        self._identity = self._identity_of(answer.body)
        self._heartbeat_seconds = max(0.1, answer.body["heartbeatInterval"] / 1000)
        verdicts: Json = answer.body.get("sessions", {})
        return verdicts

    def _identity_of(self, body: Json) -> _Identity:
        """A worker with a legacy key has no token of its own."""
        return _Identity(body["workerId"], body.get("runtimeToken") or self._key)
