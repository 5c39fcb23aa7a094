"""The README's first worker by a generated client: enqueue, register, poll, report, read."""

import sys

import sluice_client as sluice

url, api_key, registration_token = sys.argv[1:]


def client(credential):
    return sluice.ApiClient(sluice.Configuration(host=url, access_token=credential))


work = sluice.WorkApi(client(api_key))
queued = work.enqueue(
    sluice.EnqueueRequest(session_id="python", prompt="Say hello", project_name="python")
)
assert queued.session_id == "python" and queued.state == sluice.State.PENDING, queued

bulk = work.enqueue(
    sluice.EnqueueRequest(
        items=[
            sluice.WorkItem(session_id="python", prompt="Say hello", project_name="python"),
            sluice.WorkItem(session_id="python-2", project_name="python"),
        ]
    )
)
assert bulk.results[0].duplicate and bulk.results[1].code == "invalid-field", bulk

registered = sluice.WorkersApi(client(registration_token)).register_worker(
    sluice.Registration(hostname="my-machine", capacity=2, projects=["python"])
)
worker = client(registered.runtime_token)
workers = sluice.WorkersApi(worker)
workers.heartbeat(registered.worker_id, sluice.Heartbeat(active_count=0))

poll = workers.poll(registered.worker_id, wait=5)
item = poll.work[0]
assert (item.session_id, item.prompt, item.project_name) == ("python", "Say hello", "python"), poll
assert poll.claims["python"].token > 0, poll

reported = sluice.ReportsApi(worker).report_status(
    item.session_id,
    sluice.StatusReport(
        worker_id=registered.worker_id, status="completed", summary="Hello!", total_cost_usd=0.5
    ),
)
assert reported.updated and reported.session.status == sluice.State.COMPLETED, reported

ended = work.get_work("python")
assert ended.place == "ended" and ended.state == sluice.State.COMPLETED, ended
assert ended.result.summary == "Hello!" and ended.result.total_cost_usd == 0.5, ended

try:
    work.get_work("unheard-of")
    raise AssertionError("found")
except sluice.ApiException as refused:
    assert refused.status == 404
    assert sluice.ApiError.from_json(refused.body).code == "session-not-found", refused.body

print("done")
