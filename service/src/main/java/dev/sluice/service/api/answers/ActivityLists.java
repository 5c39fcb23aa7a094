package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.Session;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.PublicStatus;
import dev.sluice.service.api.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Activities of a session for people. Times are ISO. */
public final class ActivityLists {

  private ActivityLists() {}

  /**
   * @param cursor continues the list; absent before the first activity
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Told(List<Line> activities, @Nullable String cursor, String sessionStatus) {

    public static Told of(Session session, List<Activity> activities, long after) {
      return new Told(
          activities.stream().map(Line::of).toList(),
          next(activities, after),
          PublicStatus.of(session));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(
      String id, String type, RawJson content, @Nullable RawJson toolName, String timestamp) {

    static Line of(Activity activity) {
      JsonBody said = JsonBody.parse(activity.body());
      return new Line(
          Long.toString(activity.id()),
          activity.type(),
          shown(said),
          RawJson.ofNullable(said.raw("toolName")),
          PublicAnswers.iso(activity.atMs()));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Embedded(
      List<EmbeddedLine> activities, @Nullable String cursor, String sessionStatus) {

    public static Embedded of(Session session, List<Activity> activities, long after) {
      return new Embedded(
          activities.stream().map(EmbeddedLine::of).toList(),
          next(activities, after),
          PublicStatus.of(session));
    }
  }

  public record EmbeddedLine(String id, String type, RawJson body, String createdAt) {

    static EmbeddedLine of(Activity activity) {
      return new EmbeddedLine(
          Long.toString(activity.id()),
          activity.type(),
          shown(JsonBody.parse(activity.body())),
          PublicAnswers.iso(activity.atMs()));
    }
  }

  private static RawJson shown(JsonBody said) {
    String content = said.raw("content");
    return new RawJson(content == null ? "\"\"" : content);
  }

  private static @Nullable String next(List<Activity> activities, long after) {
    if (activities.isEmpty()) {
      return after == 0 ? null : Long.toString(after);
    }
    return Long.toString(activities.get(activities.size() - 1).id());
  }
}
