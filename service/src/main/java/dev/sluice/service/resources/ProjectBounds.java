package dev.sluice.service.resources;

import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.ApiException;

/**
 * What a caller that is bound to projects may name by id. A session of another project isn't there
 * for it, as one of another org. A session never changes its project, so a read before the act is
 * enough; callers that are not bound don't pay for it.
 */
public final class ProjectBounds {

  private final Sessions sessions;
  private final Workers workers;

  public ProjectBounds(Sessions sessions, Workers workers) {
    this.sessions = sessions;
    this.workers = workers;
  }

  /**
   * The id in a path, of a session that the caller may act on.
   *
   * @throws ApiException 400 for an impossible id, 404
   */
  public String session(Caller caller, String id) {
    String sessionId = PathIds.check("session id", id);
    if (caller.bound()) {
      find(caller, sessionId);
    }
    return sessionId;
  }

  /**
   * The session of an id in a path.
   *
   * @throws ApiException 400 for an impossible id, 404
   */
  public Session find(Caller caller, String id) {
    return visible(caller, sessions.find(caller.org(), PathIds.check("session id", id)).value());
  }

  /**
   * Insists that a session concerns the caller.
   *
   * @throws ApiException 404
   */
  public static Session visible(Caller caller, Session session) {
    if (!caller.sees(session)) {
      throw ApiException.sessionNotFound();
    }
    return session;
  }

  /**
   * Insists that a person may see or act on a worker.
   *
   * @throws ApiException 403 for one that takes work of other projects
   */
  public void worker(Caller caller, String workerId) {
    if (caller.bound()
        && !caller.speaksForWorkers()
        && !caller.sees(workers.find(new WorkerRef(caller.org(), workerId, null)).value())) {
      caller.requireWholeOrg();
    }
  }
}
