package dev.sluice.admin.sessions;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.view.SessionName;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.admin.work.WorkRow;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.ItemReader;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

@Path("admin/sessions/{id}")
public record SessionDetailsPage(Shell shell, QueueBackend backend, ItemReader items) {

  @GET
  public Response page(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @QueryParam("activities") @Nullable String activities,
      @QueryParam("item") @Nullable String item) {
    boolean showItem = "show".equals(item);
    boolean all = "all".equals(activities);
    boolean showActivities = all || "show".equals(activities);
    Function<Visit, Content> page =
        visit ->
            content(
                visit,
                id,
                new SessionDetails.Asked(
                    visit.visitor().role(),
                    visit.may(VisitorRole.ADMIN) && showActivities,
                    all,
                    visit.may(VisitorRole.ADMIN) && showItem));
    return showItem || showActivities
        ? shell.answerOnce(request, Section.WORK, page)
        : shell.answer(request, Section.WORK, page);
  }

  private Content content(Visit visit, String id, SessionDetails.Asked asked) {
    PageIds.require(id, "session", visit, Section.WORK);
    SessionDetails.Answers answers = answers(visit, id, asked.activities());
    if (asked.item()) {
      note(visit, id, "item");
    }
    if (!answers.activities().isEmpty()) {
      note(visit, id, "activity");
    }
    return new Content(
        Section.WORK,
        Formats.cut(SessionName.of(answers.session(), visit.links()).words(), 80),
        "session",
        SessionDetails.of(answers, asked, MessageAct.composer(answers.session(), visit), visit));
  }

  private void note(Visit visit, String id, String what) {
    AuditNote note = new AuditNote(visit.visitor().actor(), "");
    backend.audit().add(visit.org(), note, "look", id, what);
  }

  private SessionDetails.Answers answers(Visit visit, String id, boolean activities) {
    Sessions sessions = backend.sessions();
    Standing standing = backend.work().standing(visit.org(), id);
    return new SessionDetails.Answers(
        standing.session(),
        items.problem(standing.session().item()),
        items.labels(standing.session().item()),
        WorkRow.reasons(standing, visit),
        sessions.timeline(visit.org(), id),
        activities ? sessions.activities(visit.org(), id, 0, Page.MAX) : List.of(),
        backend.inboxes().history(visit.org(), id));
  }
}
