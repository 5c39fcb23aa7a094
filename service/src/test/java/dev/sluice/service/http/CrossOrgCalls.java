package dev.sluice.service.http;

import java.util.List;

/**
 * Every call there is, with ids of one org in the hands of another: who calls, the status, method
 * and path, where {@code {id=session}} says which id stands for the parameter {@code id}, and a
 * body. {@code user} is a key that may everything in the other org, {@code token} its registration
 * token, {@code worker} the runtime token of a worker of it, {@code own} that worker's id.
 */
final class CrossOrgCalls {

  static final List<String> ALL =
      List.of(
          // workers
          "token 201 POST /api/workers/register {\"hostname\":\"h\",\"machineId\":\"{machine}\"}",
          "token 200 POST /v1/daemon/register"
              + " {\"hostname\":\"h\",\"capacity\":1,\"machineId\":\"{machine}\",\"registrationToken\":\"{token}\"}",
          "worker 403 POST /v1/daemon/heartbeat {\"workerId\":\"{worker}\",\"activeSessions\":1}",
          "token 404 POST /api/workers/{id=worker}/refresh-token {}",
          "token 404 POST /api/workers/{id=worker}/heartbeat {\"activeCount\":1}",
          "token 404 GET /api/workers/{id=worker}/poll",
          "token 405 HEAD /api/workers/{id=worker}/poll",
          "user 404 GET /api/workers/{id=worker}",
          "user 404 DELETE /api/workers/{id=worker}",
          "user 404 POST /api/workers/{id=worker}/drain {}",
          "user 404 POST /api/workers/{id=worker}/undrain {}",
          "user 200 GET /api/workers",
          // sessions, by their workers
          "token 200 POST /api/sessions/{id=session}/claim {\"workerId\":\"{own}\"}",
          "token 200 POST /api/sessions/{id=waiting}/claim {\"workerId\":\"{own}\"}",
          "token 200 POST /api/sessions/{id=session}/transfer-ownership"
              + " {\"oldWorkerId\":\"{worker}\",\"newWorkerId\":\"{own}\"}",
          "token 404 POST /api/sessions/{id=session}/lock-refresh {\"workerId\":\"{worker}\"}",
          "token 404 POST /api/sessions/{id=session}/step-heartbeat {\"workerId\":\"{worker}\"}",
          "token 404 POST /api/sessions/{id=session}/status"
              + " {\"workerId\":\"{worker}\",\"status\":\"completed\"}",
          "token 404 POST /api/sessions/{id=session}/nack {\"workerId\":\"{worker}\"}",
          "token 404 POST /api/sessions/{id=session}/progress"
              + " {\"workerId\":\"{worker}\",\"message\":\"m\"}",
          "token 404 POST /api/sessions/{id=session}/activity"
              + " {\"workerId\":\"{worker}\",\"type\":\"thought\",\"content\":\"c\"}",
          "token 404 POST /api/sessions/{id=session}/completion"
              + " {\"workerId\":\"{worker}\",\"summary\":\"s\"}",
          "token 404 POST /api/sessions/{id=session}/tool-error"
              + " {\"workerId\":\"{worker}\",\"toolName\":\"t\",\"errorMessage\":\"e\"}",
          "token 404 POST /api/sessions/{id=session}/external-urls"
              + " {\"workerId\":\"{worker}\",\"externalUrls\":[]}",
          "token 404 POST /api/sessions/{id=session}/security-scan"
              + " {\"workerId\":\"{worker}\",\"event\":{}}",
          "token 410 GET /api/sessions/{id=session}/prompts",
          "token 410 POST /api/sessions/{id=session}/prompts {}",
          "token 404 POST /api/sessions/{id=session}/inbox/ack"
              + " {\"workerId\":\"{worker}\",\"messageId\":\"{message}\",\"lane\":\"urgent\"}",
          "worker 404 GET /api/daemon/sessions/{id=waiting}",
          "token 404 GET /api/daemon/sessions/{id=session}",
          // sessions, by people
          "user 200 GET /api/sessions",
          "user 404 GET /api/sessions/{id=session}",
          "worker 404 GET /api/sessions/{id=session}/status",
          "user 404 POST /api/sessions/{id=session}/inbox {\"type\":\"nudge\",\"payload\":\"p\"}",
          "user 404 POST /api/sessions/{id=session}/stop {}",
          "user 404 POST /api/sessions/{id=session}/requeue {}",
          // work
          "user 201 POST /api/work {\"prompt\":\"other\",\"sessionId\":\"{waiting}\"}",
          "user 200 GET /api/work?project={project}",
          "user 404 GET /api/work/{id=waiting}",
          "user 404 PATCH /api/work/{id=waiting} {\"front\":true}",
          "user 404 PATCH /api/work/{id=waiting} {\"priority\":1}",
          "user 404 DELETE /api/work/{id=waiting}",
          "user 201 POST /api/batch-work {\"workType\":\"other\",\"batchJobId\":\"{job}\"}",
          "user 404 GET /api/batch-work/{id=job}",
          "user 200 GET /api/inbox",
          // dead letters, and many at once
          "user 200 GET /api/dead",
          "user 404 POST /api/dead/{id=dead}/requeue {}",
          "user 404 DELETE /api/dead/{id=dead}",
          "user 200 POST /api/bulk {\"verb\":\"discard\",\"filter\":{},\"dryRun\":false}",
          "user 200 POST /api/bulk"
              + " {\"verb\":\"cancel\",\"filter\":{\"project\":\"{project}\"},\"dryRun\":false}",
          // stops of many
          "user 202 POST /api/stops {}",
          "user 404 GET /api/stops/{id=stop}",
          // the org
          "user 200 GET /api/audit",
          "user 200 GET /api/config",
          "user 200 GET /api/queues",
          "user 200 GET /api/queues/{project=project}",
          "user 200 POST /api/queues/{project=project}/pause {\"reason\":\"r\"}",
          "user 200 POST /api/queues/{project=project}/resume {}",
          "user 200 PUT /api/queues/{project=project}/limits {\"maxConcurrent\":0}",
          "user 200 GET /api/cleanup",
          "user 200 POST /api/cleanup",
          "user 405 HEAD /api/cleanup",
          "user 200 POST /api/time {}",
          "user 200 GET /api/keys",
          "user 201 POST /api/keys {\"name\":\"n\",\"type\":\"user\",\"scopes\":[\"fleet:read\"]}",
          "user 404 DELETE /api/keys/{id=key}",
          // logins
          "user 400 POST /api/login {}",
          "user 204 POST /api/logout",
          "user 200 GET /api/me",
          // for people
          "user 200 GET /openapi.json",
          "user 200 GET /docs",
          "user 200 GET /api/public/stats",
          "user 200 GET /api/public/sessions",
          "user 404 GET /api/public/sessions/{publicId=publicId}",
          "user 404 GET /api/public/sessions/{publicId=publicId}/activities",
          "user 404 POST /api/public/sessions/{publicId=publicId}/prompt {\"prompt\":\"p\"}",
          "user 404 POST /api/public/sessions/{publicId=publicId}/stop {}",
          "user 404 POST /api/public/sessions/{publicId=publicId}/reconnect {}",
          "user 404 GET /api/public/session-activities?sessionId={session}",
          "worker 404 GET /api/public/session-activities?sessionId={session}");

  private CrossOrgCalls() {}
}
