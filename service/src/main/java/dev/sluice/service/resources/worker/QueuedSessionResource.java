package dev.sluice.service.resources.worker;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.api.answers.QueuedSession;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.auth.WorkerCaller;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.resources.CheckOrder;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session's item, for the machine that runs it. */
@Path("api/daemon/sessions/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class QueuedSessionResource {

  private final Sessions sessions;
  private final Workers workers;
  private final Audit audit;

  public QueuedSessionResource(Sessions sessions, Workers workers, Audit audit) {
    this.sessions = sessions;
    this.workers = workers;
    this.audit = audit;
  }

  @GET
  public String get(@Auth WorkerCaller asking, @PathParam("id") String id, @Context UriInfo uri) {
    Caller caller = asking.caller();
    caller.requireWorker();
    String sessionId = PathIds.check("session id", id);
    @Nullable WorkerRef self = caller.self();
    @Nullable Registration worker =
        self == null ? null : CheckOrder.live(workers, self).registration();
    Session session = sessions.find(caller.org(), sessionId);
    boolean theirs =
        session.place().waits() ? mayClaim(caller, worker, session) : holds(caller, session);
    if (!theirs || session.state().terminal() || session.item().isEmpty()) {
      throw ApiException.sessionNotFound();
    }
    if (session.place().waits()) { // no claim tells who has read it
      audit.add(caller.org(), new AuditNote(caller.displayName(), ""), "look", sessionId, "item");
    }
    String base = uri.getBaseUri().toString();
    return QueuedSession.of(caller.org(), base.substring(0, base.length() - 1), session);
  }

  private static boolean mayClaim(Caller caller, @Nullable Registration worker, Session session) {
    return worker == null
        ? caller.projects().takes(session.project())
        : worker.takes(session.project(), session.requiredCapabilities(), session.repository());
  }

  private boolean holds(Caller caller, Session session) {
    @Nullable String owner = session.owner();
    if (owner == null) {
      return false;
    }
    return caller.workerId() != null
        ? caller.workerId().equals(owner)
        : registered(new WorkerRef(caller.org(), owner, caller.credentialId()));
  }

  private boolean registered(WorkerRef worker) {
    return Refusals.except(
        Set.of(Refusal.UNKNOWN_WORKER), () -> !workers.find(worker).revoked(), reason -> false);
  }
}
