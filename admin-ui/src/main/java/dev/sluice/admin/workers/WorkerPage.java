package dev.sluice.admin.workers;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.WorkerButtons;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.fleet.QueueReader;
import dev.sluice.fleet.WaitingForWorker;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;

@Path("admin/workers/{id}")
public record WorkerPage(Shell shell, QueueBackend backend, QueueReader queues) {

  private static final int MOST_SESSIONS = 25;

  @GET
  public Response page(@Context ContainerRequestContext request, @PathParam("id") String id) {
    return shell.answer(request, Section.WORKERS, visit -> content(visit, id));
  }

  private Content content(Visit visit, String id) {
    PageIds.require(id, "worker", visit, Section.WORKERS);
    Worker worker = backend.workers().find(new WorkerRef(visit.org(), id, null));
    return new Content(
        Section.WORKERS,
        "Worker " + Formats.cut(id, 80),
        "worker",
        WorkerView.of(
            worker,
            sessions(visit.org(), worker),
            WaitingForWorker.of(queues, visit.org(), worker, null, visit.now()),
            worker.drained() ? DrainOrders.find(backend.audit(), visit.org(), id) : null,
            visit.may(VisitorRole.OPERATOR)
                ? WorkerButtons.of(worker, visit.links(), visit.now())
                : ActButton.Menu.NONE,
            visit));
  }

  /** Leaves out deleted and damaged sessions. */
  private List<Session> sessions(String org, Worker worker) {
    List<Session> sessions = new ArrayList<>();
    for (String id : worker.activeSessions().stream().limit(MOST_SESSIONS).toList()) {
      try {
        sessions.add(backend.sessions().find(org, id));
      } catch (RefusedException gone) {
        // Its id is all there is to say, and health names a damaged one.
      }
    }
    return sessions;
  }
}
