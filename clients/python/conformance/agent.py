"""Carries out the verbs of clients/conformance by this library: reads one as JSON from each line of
standard input, and prints its result."""

import json
import os
import queue
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src"))

from sluice import Sluice, SluiceError, Worker, completed, failed, verify_webhook  # noqa: E402

url, key, token = sys.argv[1:4]
sluice = Sluice(url, key)
runs = {}
latest = {}
released = set()
refused = set()
reaped = []
workers = queue.Queue()
worker_ended = queue.Queue()


def problem(error):
    return {"failed": {"status": error.status, "code": error.code, "field": error.field}}


def until(condition):
    while not condition():
        time.sleep(0.02)


def wait_for_release(session):
    until(lambda: session.id in released or session.stopped.is_set())
    if session.stopped.is_set():
        raise RuntimeError("Stopped")


def handle(session):
    latest[session.id] = session
    runs[session.id] = runs.get(session.id, 0) + 1
    then = session.item.get("then")
    if then == "complete":
        session.progress("Saying hello")
        session.activity("thought", "Hello is a greeting")
        return completed("Said hello", totalCostUsd=0.25)
    if then == "echo":
        return completed(session.item["prompt"])
    if then == "fail":
        return failed("No luck")
    if then == "message":
        payload = session.next_message(60).payload
        wait_for_release(session)
        return completed(payload)
    if then == "hold":
        wait_for_release(session)
        return completed("Released")
    if then == "endOnDrain":
        until(lambda: session.draining)
        return completed("Drained")
    raise RuntimeError("Boom")


def refuse(item):
    if "refuse" in item and item["sessionId"] not in refused:
        refused.add(item["sessionId"])
        return item["refuse"]
    return None


def enqueue_many(verb):
    results = sluice.enqueue_all([verb["item"]] * verb["count"])
    return {"accepted": sum("state" in result for result in results)}


def follow_until_running(verb):
    seen = ""
    for work in sluice.follow(verb["id"]):
        if work["place"] == "ended":
            return {"lastSeen": seen, "end": work}
        seen = work["state"]
        if seen == "running":
            released.add(verb["id"])


def work(verb):
    workers.put(
        Worker(
            url,
            verb.get("key", token),
            projects=verb["projects"],
            capacity=verb.get("capacity", 1),
            machine_id=verb.get("machineId", verb["projects"][0]),
            adopt=verb.get("adopt", []),
            reaped=reaped.append,
            refuse=refuse,
            drain_seconds=verb.get("drainMs", 25_000) / 1000,
        )
    )
    return {}


def wait_for_runs(verb):
    id = verb["id"]
    until(lambda: runs.get(id, 0) >= verb["runs"])
    session = latest[id]
    return {
        "runs": runs[id],
        "adopted": session.adopted,
        "prompt": session.item.get("prompt"),
        "reaped": reaped,
    }


def release(verb):
    released.add(verb["id"])
    return {}


VERBS = {
    "enqueue": lambda verb: sluice.enqueue(verb["item"]),
    "enqueueAll": lambda verb: {"results": sluice.enqueue_all(verb["items"])},
    "enqueueMany": enqueue_many,
    "enqueueBatch": lambda verb: sluice.enqueue_batch(verb["items"], verb.get("key")),
    "getBatch": lambda verb: sluice.get_batch(verb["id"]),
    "waitForBatch": lambda verb: sluice.wait_for_batch(verb["id"]),
    "waitForEnd": lambda verb: sluice.wait_for_end(verb["id"]),
    "followUntilRunning": follow_until_running,
    "send": lambda verb: sluice.send(verb["id"], verb["type"], verb["payload"]),
    "stop": lambda verb: sluice.stop(verb["id"], verb["reason"]),
    "work": work,
    "waitForRuns": wait_for_runs,
    "waitForWorker": lambda verb: worker_ended.get(),
    "release": release,
    "verify": lambda verb: {
        "valid": verify_webhook(
            verb["secret"],
            verb["id"],
            verb["timestamp"],
            verb["signature"],
            verb["body"].encode(),
            verb["now"],
        )
    },
}


def obey():
    for line in sys.stdin:
        verb = json.loads(line)
        try:
            result = VERBS[verb["do"]](verb)
        except SluiceError as error:
            result = problem(error)
        print(json.dumps(result), flush=True)
    os._exit(0)


threading.Thread(target=obey, daemon=True).start()
try:
    workers.get().run(handle)  # on the main thread, which gets the signals
except SluiceError as error:
    worker_ended.put(problem(error))
    threading.Event().wait()
