package dev.sluice.service.http;

import dev.sluice.service.http.input.BadInputCall;
import dev.sluice.service.http.input.BadInputField;
import dev.sluice.service.http.input.BadInputKind;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A call of the API and its rules of access. A new call is one row of {@link #ALL}, which the tests
 * of access, of other orgs and of wrong input follow.
 *
 * @param scopes alternatives for a person, the first as named by a refusal, {@code +} between those
 *     needed together; {@code all} for everybody, {@code any} for every credential, {@code -} for
 *     no person
 * @param otherProject the status for a key bound to another project; 0 if allowed
 * @param otherOrg the status for another org
 * @param success the status for permitted callers
 * @param fields the fields of the body, each a name in {@link #FIELDS}; empty without a body, or if
 *     a {@link BadInputCall} has them
 * @param path {@code {id=session}} stands for a session's id, in the parameter {@code id}; names
 *     are those of {@link ApiScene}
 * @param body an accepted body; empty for none
 */
public record ApiCall(
    List<String> scopes,
    WorkerAccess workers,
    int otherProject,
    int otherOrg,
    int success,
    List<String> fields,
    String method,
    String path,
    String body) {

  /** The workers, and their credentials, that may make a call. */
  public enum WorkerAccess {
    ALL,
    /** Credentials that register workers, but no worker. */
    CREDENTIALS,
    /** The owner of the session and its credential; others get 403. */
    OWNER,
    /** The named worker and its credential. Other workers get 403, others 404. */
    ITSELF,
    /**
     * Like {@link #ITSELF}, but callers other than workers are told that the lease is not theirs.
     */
    LEASE,
    /** Runtime tokens alone. */
    TOKENS,
    /** The owner of the session and its credential; others get 404. */
    HOLDERS,
    /** Workers of the session's project. */
    TAKERS,
    NONE
  }

  public static final List<ApiCall> ALL =
      """
      worker:register                 CREDENTIALS 403 201 201 *      POST /api/workers/register {"hostname":"h","machineId":"{machine}","projectId":"{project}","projects":["{project}"]}
      -                               ITSELF      -   404 200 *      POST /api/workers/{id=worker}/refresh-token {}
      -                               ITSELF      -   404 200 *      POST /api/workers/{id=worker}/heartbeat {"activeCount":1}
      -                               ITSELF      -   404 200 -      GET /api/workers/{id=worker}/poll
      -                               TOKENS      -   403 200 *      POST /v1/daemon/heartbeat {"workerId":"{worker}","activeSessions":1}
      fleet:read                      ITSELF      403 404 200 -      GET /api/workers/{id=worker}
      fleet:write                     ITSELF      403 404 200 -      DELETE /api/workers/{id=worker}
      fleet:write                     NONE        403 404 200 reason POST /api/workers/{id=worker}/drain {}
      fleet:write                     NONE        403 404 200 reason POST /api/workers/{id=worker}/undrain {}
      fleet:write                     NONE        403 404 200 reason POST /api/workers/{id=worker}/release {}
      fleet:write                     NONE        403 404 200 reason POST /api/hosts/{host=host}/drain {}
      fleet:write                     NONE        403 404 200 reason POST /api/hosts/{host=host}/undrain {}
      fleet:write                     NONE        403 404 200 note,reason PUT /api/workers/{id=worker}/note {"note":"n"}
      fleet:write                     NONE        403 404 200 *      PUT /api/workers/{id=worker}/protection {"minutes":60}
      fleet:write                     NONE        403 404 200 -      DELETE /api/workers/{id=worker}/protection
      fleet:read                      CREDENTIALS -   200 200 -      GET /api/workers
      fleet:read                      CREDENTIALS -   200 200 -      GET /api/workers?removable=true
      -                               ITSELF      -   200 200 *      POST /api/sessions/{id=session}/claim {"workerId":"{worker}"}
      -                               ITSELF      -   200 200 *      POST /api/sessions/{id=session}/transfer-ownership {"oldWorkerId":"{worker}","newWorkerId":"{worker}"}
      -                               LEASE       -   404 200 *      POST /api/sessions/{id=session}/lock-refresh {"workerId":"{worker}"}
      -                               OWNER       -   404 200 *      POST /api/sessions/{id=session}/status {"workerId":"{worker}","status":"running"}
      -                               OWNER       -   404 200 *      POST /api/sessions/{id=session}/step-heartbeat {"workerId":"{worker}"}
      -                               OWNER       -   404 409 *      POST /api/sessions/{id=session}/nack {"workerId":"{worker}"}
      -                               OWNER       -   404 200 *      POST /api/sessions/{id=session}/progress {"workerId":"{worker}","message":"m"}
      -                               OWNER       -   404 200 *      POST /api/sessions/{id=session}/activity {"workerId":"{worker}","type":"thought","content":"c"}
      -                               OWNER       -   404 200 *      POST /api/sessions/{id=session}/completion {"workerId":"{worker}","summary":"s"}
      -                               OWNER       -   404 200 *      POST /api/sessions/{id=session}/tool-error {"workerId":"{worker}","toolName":"t","errorMessage":"e"}
      -                               OWNER       -   404 200 *      POST /api/sessions/{id=session}/external-urls {"workerId":"{worker}","externalUrls":[]}
      -                               OWNER       -   404 200 *      POST /api/sessions/{id=session}/security-scan {"workerId":"{worker}","event":{}}
      -                               OWNER       -   404 200 *      POST /api/sessions/{id=session}/inbox/ack {"workerId":"{worker}","messageId":"{message}","lane":"urgent"}
      -                               HOLDERS     -   404 200 -      POST /api/issue-tracker-proxy {"method":"getIssue","args":["{session}"]}
      any                             ALL         -   410 410 -      GET /api/sessions/{id=session}/prompts
      any                             ALL         -   410 410 -      POST /api/sessions/{id=session}/prompts {}
      -                               TAKERS      -   404 200 -      GET /api/daemon/sessions/{id=waiting}
      work:write,fleet:read,work:read ALL         -   200 200 -      GET /api/sessions
      work:write,fleet:read,work:read ALL         404 404 200 -      GET /api/sessions/{id=session}
      work:write,fleet:read,work:read ALL         404 404 200 -      GET /api/sessions/{id=session}/status
      work:write,fleet:write          NONE        404 404 202 *      POST /api/sessions/{id=session}/inbox {"type":"nudge","payload":"p"}
      work:write,fleet:write          NONE        404 404 200 *      POST /api/sessions/{id=session}/stop {}
      work:write,fleet:write          NONE        404 404 200 reason POST /api/sessions/{id=session}/requeue {}
      work:write                      NONE        403 201 201 *      POST /api/work {"prompt":"p","projectName":"{project}","sessionId":"{fresh}"}
      work:write,fleet:read           NONE        403 200 200 -      GET /api/work?project={project}
      work:write,fleet:read           NONE        -   200 200 -      GET /api/work?label=run=1
      work:write,fleet:read,work:read NONE        404 404 200 -      GET /api/work/{id=waiting}
      work:write                      NONE        403 201 201 *      POST /api/batches {"items":[{"prompt":"p","projectName":"{project}"}]}
      work:write,fleet:read,work:read NONE        404 404 200 -      GET /api/batches/{id=batch}
      work:write                      NONE        404 404 200 *      PATCH /api/work/{id=waiting} {"front":true}
      work:write                      NONE        404 404 200 -      DELETE /api/work/{id=waiting}
      work:write                      NONE        403 201 201 *      POST /api/batch-work {"workType":"w","batchJobId":"{fresh}"}
      work:write,fleet:read           NONE        403 404 200 -      GET /api/batch-work/{id=job}
      work:write,fleet:read           NONE        -   200 200 -      GET /api/inbox
      work:write,fleet:read           NONE        -   200 200 -      GET /api/dead
      work:write,fleet:write          NONE        404 404 200 reason POST /api/dead/{id=dead}/requeue {}
      work:write,fleet:write          NONE        404 404 200 -      DELETE /api/dead/{id=dead}
      work:write,fleet:write          NONE        403 200 200 *      POST /api/bulk {"verb":"discard","filter":{"project":"{project}"},"dryRun":true}
      work:write,fleet:write          NONE        -   200 200 *      POST /api/bulk {"verb":"cancel","ids":["{waiting}"],"dryRun":true}
      fleet:read                      NONE        -   200 200 -      GET /api/search?q=none
      fleet:write                     NONE        403 202 202 *      POST /api/stops {"project":"{project}"}
      fleet:read                      NONE        404 404 200 -      GET /api/stops/{id=stop}
      fleet:read                      NONE        403 200 200 -      GET /api/audit
      work:write,fleet:read           NONE        -   200 200 -      GET /api/events
      work:write,fleet:read           NONE        403 200 200 -      GET /api/events?project={project}
      fleet:read+fleet:write          NONE        -   200 200 -      GET /api/webhooks
      fleet:read+fleet:write          NONE        403 201 201 *      POST /api/webhooks {"url":"https://hooks.invalid/a","projects":["{project}"]}
      fleet:read+fleet:write          NONE        404 404 200 -      GET /api/webhooks/{id=webhook}
      fleet:read+fleet:write          NONE        404 404 200 -      DELETE /api/webhooks/{id=webhook}
      fleet:read+fleet:write          NONE        404 404 200 *      POST /api/webhooks/{id=webhook}/secret {}
      fleet:read+fleet:write          NONE        404 404 200 reason POST /api/webhooks/{id=webhook}/test {}
      fleet:read+fleet:write          NONE        404 404 200 -      GET /api/webhooks/{id=webhook}/deliveries
      fleet:read+fleet:write          NONE        404 404 202 reason POST /api/webhooks/{id=webhook}/deliveries/{event=event}/replay {}
      fleet:read                      NONE        -   200 200 -      GET /api/history
      fleet:read                      NONE        -   200 200 -      GET /api/findings
      fleet:write                     NONE        404 404 200 reason POST /api/findings/{key=finding}/ack {}
      fleet:write                     NONE        404 404 200 *      POST /api/findings/{key=finding}/mute {"minutes":60}
      fleet:write                     NONE        404 404 200 reason POST /api/findings/{key=finding}/unmute {}
      work:write,fleet:read           ALL         -   200 200 -      GET /api/config
      fleet:read                      NONE        -   200 200 -      GET /api/queues
      fleet:read                      NONE        403 200 200 -      GET /api/queues/{project=project}
      fleet:read                      NONE        403 404 200 -      GET /api/workers/{id=worker}/why
      fleet:read                      NONE        -   200 200 -      GET /api/autoscale
      fleet:read                      NONE        403 200 200 -      GET /api/autoscale?project={project}&capabilities=a,b&repository=r
      fleet:write                     NONE        -   200 200 *      POST /api/queues/pause {"reason":"r","dryRun":true}
      fleet:write                     NONE        -   200 200 *      POST /api/queues/resume {"dryRun":true}
      fleet:write                     NONE        403 200 200 *      POST /api/queues/{project=project}/pause {"reason":"r"}
      fleet:write                     NONE        403 200 200 reason POST /api/queues/{project=project}/resume {}
      fleet:write                     NONE        403 200 200 *      PUT /api/queues/{project=project}/limits {}
      fleet:write                     NONE        403 200 200 -      GET /api/cleanup
      fleet:write                     NONE        403 200 200 -      POST /api/cleanup
      keys:write                      NONE        403 200 200 -      POST /api/time {}
      keys:write                      NONE        -   200 200 -      GET /api/keys
      keys:write                      NONE        403 201 201 *      POST /api/keys {"name":"n","type":"user","scopes":["keys:write"],"projects":["{project}"]}
      keys:write                      NONE        404 404 200 -      DELETE /api/keys/{id=key}
      keys:write+work:read            NONE        403 200 200 -      GET /api/export
      keys:write+work:read            NONE        403 200 200 -      POST /api/export/rehearsal
      keys:write+work:read            NONE        403 400 400 -      POST /api/import {}
      keys:write+work:read            NONE        403 200 200 -      DELETE /api/import
      keys:write+work:read            NONE        403 200 200 -      GET /api/closure
      keys:write+work:read            NONE        403 400 400 *      PUT /api/closure {}
      keys:write+work:read            NONE        403 200 200 -      DELETE /api/closure
      any                             ALL         -   200 200 -      GET /api/me
      all                             ALL         -   200 200 -      GET /
      all                             ALL         -   200 200 -      GET /openapi.json
      all                             ALL         -   200 200 -      GET /asyncapi.json
      all                             ALL         -   200 200 -      GET /docs
      all                             ALL         -   400 400 -      POST /api/login {}
      all                             ALL         -   204 204 -      POST /api/logout
      all                             ALL         -   200 200 -      POST /v1/daemon/register {"hostname":"h","capacity":1,"machineId":"{machine}","registrationToken":"{token}"}
      fleet:read                      NONE        -   200 200 -      GET /api/public/stats
      fleet:read                      NONE        -   200 200 -      GET /api/public/stats/v2
      fleet:read                      NONE        -   200 200 -      GET /api/public/machines
      fleet:read                      NONE        -   200 200 -      GET /api/public/sessions
      fleet:read                      NONE        404 404 200 -      GET /api/public/sessions/{publicId=publicId}
      fleet:read,work:read            NONE        404 404 200 -      GET /api/public/sessions/{publicId=publicId}/activities
      work:write,fleet:write          NONE        404 404 200 *      POST /api/public/sessions/{publicId=publicId}/prompt {"prompt":"p"}
      work:write,fleet:write          NONE        404 404 200 *      POST /api/public/sessions/{publicId=publicId}/stop {}
      fleet:read                      NONE        404 404 200 *      POST /api/public/sessions/{publicId=publicId}/reconnect {}
      fleet:read,work:read            ALL         404 404 200 -      GET /api/public/session-activities?sessionId={session}
      any                             NONE        -   200 200 -      GET /api/cli/whoami
      work:write                      NONE        403 200 200 *      POST /api/mcp/submit-task {"issueId":"{fresh}","project":"{project}"}
      work:write,fleet:write          NONE        404 404 200 *      POST /api/mcp/stop-agent {"taskId":"{session}"}
      work:write,fleet:write          NONE        404 404 200 *      POST /api/mcp/forward-prompt {"taskId":"{session}","message":"m"}
      fleet:read                      NONE        -   200 200 -      GET /api/mcp/cost-report
      fleet:read                      NONE        -   200 200 -      GET /api/mcp/list-fleet
      """
          .lines()
          .map(ApiCall::of)
          .toList();

  /** The fields of rows; {@code *} stands for those of a {@link BadInputCall}. */
  public static final Map<String, BadInputField> FIELDS =
      Map.of(
          "reason", BadInputField.of("reason", BadInputKind.REASON),
          "note", BadInputField.of("note", BadInputKind.REASON).required());

  private static final Pattern NAME = Pattern.compile("\\{(?:\\w+=)?(\\w+)}");

  private static ApiCall of(String row) {
    String[] part = row.split(" +", 9);
    return new ApiCall(
        List.of(part[0].split(",")),
        WorkerAccess.valueOf(part[1]),
        part[2].equals("-") ? 0 : Integer.parseInt(part[2]),
        Integer.parseInt(part[3]),
        Integer.parseInt(part[4]),
        part[5].equals("-") ? List.of() : List.of(part[5].split(",")),
        part[6],
        part[7],
        part.length == 9 ? part[8] : "");
  }

  public static List<ApiCall> of(WorkerAccess workers) {
    return ALL.stream().filter(each -> each.workers == workers).toList();
  }

  /** Replaces names by ids in a path or body. */
  public static String fill(String text, UnaryOperator<String> ids) {
    return NAME.matcher(text).replaceAll(name -> ids.apply(name.group(1)));
  }

  /** Path of the OpenAPI document: {@code /api/sessions/{id}}. */
  public String template() {
    return path.replaceAll("\\?.*", "").replaceAll("=\\w+", "");
  }

  public boolean forEverybody() {
    return scopes.contains("all");
  }

  public boolean forNoPerson() {
    return scopes.contains("-");
  }

  public boolean opensTo(List<String> granted) {
    return forEverybody()
        || scopes.contains("any")
        || scopes.stream().anyMatch(each -> granted.containsAll(List.of(each.split("\\+"))));
  }

  /** True if a {@link BadInputCall} has the fields of the body. */
  public boolean hasOwnFields() {
    return fields.contains("*");
  }

  /** True if the path has a name such as {@code worker}. */
  public boolean names(String what) {
    return path.contains("=" + what + "}");
  }

  @Override
  public String toString() {
    return method + " " + template();
  }
}
