package dev.sluice.service.resources;

import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.ApiException;

/**
 * A session of another project does not exist for callers bound to projects. A session never
 * changes its project, so a read before the operation is enough.
 */
public final class ProjectBounds {

  private final Sessions sessions;
  private final Workers workers;

  public ProjectBounds(Sessions sessions, Workers workers) {
    this.sessions = sessions;
    this.workers = workers;
  }

  /** 404 unless the caller may see it. */
  public String session(Caller caller, String id) {
    String sessionId = PathIds.check("session id", id);
    if (caller.bound()) {
      find(caller, sessionId);
    }
    return sessionId;
  }

  /** 404 unless the caller may see it. */
  public Session find(Caller caller, String id) {
    return visible(caller, sessions.find(caller.org(), PathIds.check("session id", id)));
  }

  /** Throws 404 if the caller may not see the session. */
  public static Session visible(Caller caller, Session session) {
    if (!caller.sees(session)) {
      throw ApiException.sessionNotFound();
    }
    return session;
  }

  /** Refuses a worker of other projects with 403. */
  public void worker(Caller caller, String workerId) {
    if (caller.bound()
        && !caller.speaksForWorkers()
        && !caller.sees(workers.find(new WorkerRef(caller.org(), workerId, null)))) {
      caller.requireWholeOrg();
    }
  }
}
