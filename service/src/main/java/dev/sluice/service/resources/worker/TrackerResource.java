package dev.sluice.service.resources.worker;

import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.answers.SessionNotes;
import dev.sluice.service.api.answers.TrackerAnswer;
import dev.sluice.service.api.answers.TrackerAnswer.Comment;
import dev.sluice.service.api.answers.TrackerAnswer.Issue;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.resources.SessionContent;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of an issue tracker that workers make, answered from the work itself: docs/protocol.md,
 * "Issues of a worker". There is no tracker behind it.
 */
@Path(TrackerResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TrackerResource {

  static final String PATH = "api/issue-tracker-proxy";

  private static final String ARGS = "args";

  private final Sessions sessions;
  private final Workers workers;
  private final SessionContent content;

  public TrackerResource(Sessions sessions, Workers workers, SessionContent content) {
    this.sessions = sessions;
    this.workers = workers;
    this.content = content;
  }

  @POST
  public Response call(@Auth Caller caller, @Context UriInfo uri, byte[] body) {
    caller.requireWorker();
    JsonBody call = JsonBody.of(body);
    String method = call.requiredName("method");
    List<String> args = call.has(ARGS) ? call.elements(ARGS, 0, 10) : List.of();
    switch (method) {
      case "getIssue", "isChildIssue", "isParentIssue", "updateIssueStatus", "createComment" -> {}
      default -> {
        String message = method + " is not served by this version of Sluice";
        return answer(404, TrackerAnswer.refused("NOT_SUPPORTED", message));
      }
    }
    String issue = PathIds.check(ARGS, text(args, 0));
    @Nullable Session session = find(caller, issue);
    if (session == null) {
      String message = "No session of this worker has the issue " + issue;
      return answer(404, TrackerAnswer.refused("NOT_FOUND", message));
    }
    return answer(200, TrackerAnswer.of(data(caller, method, session, args, uri)));
  }

  private Object data(
      Caller caller, String method, Session session, List<String> args, UriInfo uri) {
    return switch (method) {
      case "isChildIssue", "isParentIssue" -> false;
      case "createComment" -> {
        String text = text(args, 1);
        Activity kept = add(caller, session, SessionNotes.comment(ARGS, text));
        yield Comment.of(session.id(), kept, text);
      }
      case "updateIssueStatus" -> {
        String status = PathIds.check(ARGS, text(args, 1));
        add(caller, session, SessionNotes.issueStatus(ARGS, status));
        yield issue(sessions.find(caller.org(), session.id()), uri);
      }
      default -> issue(session, uri);
    };
  }

  private static Issue issue(Session session, UriInfo uri) {
    String page =
        uri.getBaseUriBuilder().path("admin/sessions/{id}").build(session.id()).toString();
    return Issue.of(session, page);
  }

  private Activity add(Caller caller, Session session, NewActivity activity) {
    Holder holder = caller.holder(session.owner(), 0);
    return sessions.addActivity(caller.org(), session.id(), holder, activity).activity();
  }

  /** Finds a session of the caller by its id, the id of its issue, or its issue identifier. */
  private @Nullable Session find(Caller caller, String issue) {
    String org = caller.org();
    @Nullable Session named = known(org, issue);
    if (named != null && content.isHeldBy(caller, named)) {
      return named;
    }
    return sessions.ofIssue(org, issue, null, Page.MAX).items().stream()
        .filter(each -> content.isHeldBy(caller, each))
        .max(
            Comparator.comparing((Session each) -> each.place() == Place.CLAIMED)
                .thenComparing(Session::updatedAtMs))
        .map(each -> known(org, each.id()))
        .orElseGet(() -> running(caller, issue));
  }

  /** Issues have no list by their ids, so this looks at each session that the worker runs. */
  private @Nullable Session running(Caller caller, String issueId) {
    @Nullable WorkerRef self = caller.self();
    return self == null
        ? null
        : workers.find(self).activeSessions().stream()
            .map(id -> known(caller.org(), id))
            .filter(each -> each != null && each.issueId().equals(issueId))
            .findFirst()
            .orElse(null);
  }

  private @Nullable Session known(String org, String id) {
    return Refusals.except(
        Set.of(Refusal.UNKNOWN_SESSION), () -> sessions.find(org, id), reason -> null);
  }

  private static String text(List<String> args, int index) {
    if (args.size() <= index) {
      throw ApiException.invalid(ARGS, "must have " + (index + 1) + " entries");
    }
    @Nullable String text =
        JsonBody.parse("{\"" + ARGS + "\":" + args.get(index) + "}").string(ARGS);
    if (text == null) {
      throw ApiException.invalid(ARGS, "must not have null there");
    }
    return text;
  }

  private static Response answer(int status, TrackerAnswer answer) {
    return Response.status(status).entity(answer).build();
  }
}
