package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.errors.ApiException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call of an issue tracker, in the shape that its client reads: docs/protocol.md,
 * "Issues of a worker". One of the two members is null.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrackerAnswer(boolean success, @Nullable Object data, @Nullable Problem error) {

  /** The field of a session with the status that its worker has set. */
  public static final String STATUS = "issueStatus";

  public static TrackerAnswer of(Object data) {
    return new TrackerAnswer(true, data, null);
  }

  public static TrackerAnswer refused(String code, String message) {
    return new TrackerAnswer(false, null, new Problem(code, message, false));
  }

  public record Problem(String code, String message, boolean retryable) {}

  /**
   * A session as the issue that it works on.
   *
   * @param id of the session, by which later calls find it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Issue(
      String id,
      String identifier,
      String title,
      @Nullable String description,
      String url,
      int priority,
      Status state,
      List<String> labels,
      Project project,
      String createdAt,
      String updatedAt) {

    public static Issue of(Session session, String url) {
      String title = session.subject().title();
      return new Issue(
          session.id(),
          session.issueIdentifier(),
          title.isEmpty() ? session.issueIdentifier() : title,
          prompt(session.item()),
          url,
          session.priority(),
          Status.of(session),
          List.of(),
          new Project(session.project(), session.project()),
          Instant.ofEpochMilli(session.createdAtMs()).toString(),
          Instant.ofEpochMilli(session.updatedAtMs()).toString());
    }

    private static @Nullable String prompt(String item) {
      if (item.isEmpty()) {
        return null;
      }
      try {
        return JsonBody.parse(item).string("prompt");
      } catch (ApiException e) {
        return null; // another type
      }
    }
  }

  public record Project(String id, String name) {}

  /** {@code type} follows the session; the name is the one that its worker has set, if any. */
  public record Status(String id, String name, String type) {

    static Status of(Session session) {
      SessionState state = session.state();
      String type =
          state == SessionState.COMPLETED ? "completed" : state.terminal() ? "canceled" : "started";
      @Nullable String set = session.fields().get(STATUS);
      String name =
          set == null
              ? state.wire()
              : JsonBody.parse("{\"name\":" + set + "}").requiredName("name");
      return new Status(name, name, type);
    }
  }

  /** A comment, which is kept as an activity. */
  public record Comment(String id, String body, String createdAt, String updatedAt) {

    public static Comment of(String sessionId, Activity kept, String body) {
      String time = Instant.ofEpochMilli(kept.atMs()).toString();
      return new Comment(sessionId + "-" + kept.id(), body, time, time);
    }
  }
}
