package dev.sluice.service.http.operator;

import dev.sluice.service.http.ApiCall;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every call, with the ids of one org made by another: the caller, the status, and the call as in
 * {@link ApiCall}. {@code user} is a key with every scope in the other org, {@code token} its
 * registration token, {@code worker} the runtime token of a worker of it, {@code own} that worker's
 * id.
 */
final class CrossOrgCalls {

  /** More samples of some calls. */
  private static final List<String> MORE =
      List.of(
          "token 405 HEAD /api/workers/{id=worker}/poll",
          "token 200 POST /api/sessions/{id=session}/claim {\"workerId\":\"{own}\"}",
          "token 200 POST /api/sessions/{id=waiting}/claim {\"workerId\":\"{own}\"}",
          "token 200 POST /api/sessions/{id=session}/transfer-ownership"
              + " {\"oldWorkerId\":\"{worker}\",\"newWorkerId\":\"{own}\"}",
          "token 404 POST /api/sessions/{id=session}/status"
              + " {\"workerId\":\"{worker}\",\"status\":\"completed\"}",
          "token 404 GET /api/daemon/sessions/{id=session}",
          "worker 404 GET /api/sessions/{id=session}/status",
          "user 404 PATCH /api/work/{id=waiting} {\"priority\":1}",
          "user 201 POST /api/batch-work {\"workType\":\"other\",\"batchJobId\":\"{job}\"}",
          "user 200 POST /api/bulk {\"verb\":\"discard\",\"filter\":{},\"dryRun\":false}",
          "user 200 POST /api/bulk"
              + " {\"verb\":\"cancel\",\"filter\":{\"project\":\"{project}\"},\"dryRun\":false}",
          "user 200 POST /api/bulk {\"verb\":\"stop\",\"ids\":[\"{session}\"],\"dryRun\":false}",
          "user 200 POST /api/bulk {\"verb\":\"discard\",\"ids\":[\"{dead}\"],\"dryRun\":false}",
          "user 202 POST /api/stops {}",
          "user 200 PUT /api/queues/{project=project}/limits {\"maxConcurrent\":0}",
          "user 405 HEAD /api/cleanup",
          "user 405 HEAD /api/export",
          "worker 404 GET /api/public/session-activities?sessionId={session}");

  static final List<String> ALL =
      Stream.concat(ApiCall.ALL.stream().map(CrossOrgCalls::of), MORE.stream()).toList();

  private static String of(ApiCall call) {
    String caller =
        switch (call.workers()) {
          case TOKENS, TAKERS -> "worker";
          default ->
              call.forNoPerson() || call.scopes().contains("worker:register") ? "token" : "user";
        };
    return "%s %d %s %s %s"
        .formatted(caller, call.otherOrg(), call.method(), call.path(), call.body())
        .strip();
  }

  private CrossOrgCalls() {}
}
