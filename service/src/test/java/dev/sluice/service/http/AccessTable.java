package dev.sluice.service.http;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Every route, and who may call it: the scopes of which a person needs one ({@code all} for
 * everybody, {@code any} for every credential, {@code -} for no person), what a worker may (see
 * {@link Workers}), what a key bound to another project is answered, and the call. Session S runs,
 * session Q waits, D is dead, all of project P; W is the worker of S.
 */
final class AccessTable {

  /** Which workers and credentials of workers a route is open to. */
  enum Workers {
    /** Each that is registered. */
    ALL,
    /** Each credential that registers, but no worker. */
    CREDENTIALS,
    /** The owner of S and its credential; others are told 403. */
    OWNER,
    /** The same; others are told in the answer. */
    ANSWERED,
    /** W and its credential; 403 for another worker, 404 for another credential. */
    ITSELF,
    /** Runtime tokens alone. */
    TOKENS,
    /** Workers that take the project of Q. */
    TAKERS,
    /** None. */
    NONE
  }

  /**
   * A row.
   *
   * @param foreign what a key bound to another project is answered; 0 where it is allowed
   */
  record Row(String scopes, Workers workers, int foreign, String method, String path, String body) {

    static Row of(String line) {
      String[] part = line.split(" +", 6);
      return new Row(
          part[0],
          Workers.valueOf(part[1]),
          part[2].equals("-") ? 0 : Integer.parseInt(part[2]),
          part[3],
          part[4],
          part.length == 6 ? part[5] : "");
    }

    boolean opensTo(List<String> granted) {
      return Set.of("all", "any").contains(scopes)
          || Arrays.stream(scopes.split(",")).anyMatch(granted::contains);
    }

    /** A path or a body that names W, to a worker that isn't. */
    boolean namesAnotherWorker() {
      return path.contains("/W") && workers == Workers.ITSELF
          || workers == Workers.TOKENS
          || path.endsWith("/claim");
    }

    /** It has nothing that tells a project, so that a key of a project may not call it at all. */
    boolean aboutTheOrg() {
      return Set.of(
              "/api/batch-work", "/api/batch-work/J", "/api/audit", "/api/cleanup", "/api/time")
          .contains(path);
    }

    boolean registers() {
      return path.equals("/api/workers/register");
    }

    /**
     * Not a page; a log-out would end the sessions of the test, and a GET that acts is for timers.
     */
    boolean isForOperators() {
      return !Set.of("POST /api/logout", "GET /api/cleanup", "GET /docs").contains(toString());
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static final List<Row> ROWS =
      """
      worker:register              CREDENTIALS 403  POST /api/workers/register {"hostname":"h","projectId":"P","projects":["P"]}
      -                            ITSELF      -    POST /api/workers/W/refresh-token {}
      -                            ITSELF      -    POST /api/workers/W/heartbeat {"activeCount":1}
      -                            ITSELF      -    GET /api/workers/W/poll
      -                            TOKENS      -    POST /v1/daemon/heartbeat {"workerId":"W","activeSessions":1}
      fleet:read                   ITSELF      403  GET /api/workers/W
      fleet:write                  ITSELF      403  DELETE /api/workers/W
      fleet:write                  NONE        403  POST /api/workers/W/drain {}
      fleet:write                  NONE        403  POST /api/workers/W/undrain {}
      fleet:read                   CREDENTIALS -    GET /api/workers
      -                            ANSWERED    -    POST /api/sessions/S/claim {"workerId":"W"}
      -                            ANSWERED    -    POST /api/sessions/S/transfer-ownership {"oldWorkerId":"W","newWorkerId":"W"}
      -                            ANSWERED    -    POST /api/sessions/S/lock-refresh {}
      -                            OWNER       -    POST /api/sessions/S/step-heartbeat {"workerId":"W"}
      -                            OWNER       -    POST /api/sessions/S/status {"workerId":"W","status":"running"}
      -                            OWNER       -    POST /api/sessions/S/nack {"workerId":"W"}
      -                            OWNER       -    POST /api/sessions/S/progress {"workerId":"W","message":"m"}
      -                            OWNER       -    POST /api/sessions/S/activity {"workerId":"W","type":"thought","content":"c"}
      -                            OWNER       -    POST /api/sessions/S/completion {"summary":"s"}
      -                            OWNER       -    POST /api/sessions/S/tool-error {"workerId":"W","toolName":"t","errorMessage":"e"}
      -                            OWNER       -    POST /api/sessions/S/external-urls {"externalUrls":[]}
      -                            OWNER       -    POST /api/sessions/S/security-scan {"workerId":"W","event":{}}
      -                            OWNER       -    POST /api/sessions/S/inbox/ack {"messageId":"1-1","lane":"urgent"}
      any                          ALL         -    GET /api/sessions/S/prompts
      any                          ALL         -    POST /api/sessions/S/prompts {}
      -                            TAKERS      -    GET /api/daemon/sessions/Q
      fleet:read,work:write,work:read ALL      -    GET /api/sessions
      fleet:read,work:write,work:read ALL      404  GET /api/sessions/S
      fleet:read,work:write,work:read ALL      404  GET /api/sessions/S/status
      work:write,fleet:write       NONE        404  POST /api/sessions/S/inbox {"type":"nudge","payload":"p"}
      work:write,fleet:write       NONE        404  POST /api/sessions/S/stop {}
      work:write,fleet:write       NONE        404  POST /api/sessions/S/requeue {}
      work:write                   NONE        403  POST /api/work {"prompt":"p","projectName":"P"}
      work:write,fleet:read        NONE        403  GET /api/work?project=P
      work:write,fleet:read,work:read NONE     404  GET /api/work/Q
      work:write                   NONE        404  PATCH /api/work/Q {"front":true}
      work:write                   NONE        404  DELETE /api/work/Q
      work:write                   NONE        403  POST /api/batch-work {"workType":"w"}
      work:write,fleet:read        NONE        403  GET /api/batch-work/J
      work:write,fleet:read        NONE        -    GET /api/inbox
      work:write,fleet:read        NONE        -    GET /api/dead
      work:write,fleet:write       NONE        404  POST /api/dead/D/requeue {}
      work:write,fleet:write       NONE        404  DELETE /api/dead/D
      work:write,fleet:write       NONE        403  POST /api/bulk {"verb":"discard","filter":{"project":"P"},"dryRun":true}
      fleet:write                  NONE        403  POST /api/stops {"project":"P"}
      fleet:read                   NONE        404  GET /api/stops/R
      fleet:read                   NONE        403  GET /api/audit
      fleet:read,work:write        ALL         -    GET /api/config
      fleet:read                   NONE        -    GET /api/queues
      fleet:read                   NONE        403  GET /api/queues/P
      fleet:write                  NONE        403  POST /api/queues/P/pause {"reason":"r"}
      fleet:write                  NONE        403  POST /api/queues/P/resume {}
      fleet:write                  NONE        403  PUT /api/queues/P/limits {}
      fleet:write                  NONE        403  GET /api/cleanup
      fleet:write                  NONE        403  POST /api/cleanup
      keys:write                   NONE        403  POST /api/time {}
      keys:write                   NONE        -    GET /api/keys
      keys:write                   NONE        403  POST /api/keys {"name":"n","type":"user","scopes":["keys:write"],"projects":["P"]}
      keys:write                   NONE        404  DELETE /api/keys/K
      any                          ALL         -    GET /api/me
      all                          ALL         -    GET /openapi.json
      all                          ALL         -    GET /docs
      all                          ALL         -    POST /api/login {}
      all                          ALL         -    POST /api/logout
      all                          ALL         -    POST /v1/daemon/register {}
      fleet:read                   NONE        -    GET /api/public/stats
      fleet:read                   NONE        -    GET /api/public/sessions
      fleet:read                   NONE        404  GET /api/public/sessions/X
      fleet:read,work:read         NONE        404  GET /api/public/sessions/X/activities
      work:write,fleet:write       NONE        404  POST /api/public/sessions/X/prompt {"prompt":"p"}
      work:write,fleet:write       NONE        404  POST /api/public/sessions/X/stop {}
      fleet:read                   NONE        404  POST /api/public/sessions/X/reconnect {}
      fleet:read,work:read         ALL         404  GET /api/public/session-activities?sessionId=S
      """
          .lines()
          .map(Row::of)
          .toList();

  private AccessTable() {}
}
