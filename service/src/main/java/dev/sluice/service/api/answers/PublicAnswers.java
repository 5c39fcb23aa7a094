package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sluice.backend.sessions.Session;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.api.PublicStatus;
import dev.sluice.service.api.RawJson;
import dev.sluice.service.api.TaskBody;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers of the public family. Times are ISO, durations whole seconds. */
public final class PublicAnswers {

  private static final String DEFAULT_WORK_TYPE = '"' + TaskBody.DEFAULT_WORK_TYPE + '"';

  private PublicAnswers() {}

  /**
   * @param startedAt first running report, else claim, else enqueue
   * @param duration seconds to the end, or until now
   * @param costUsd cost of the latest claim; absent if not reported
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(
      String id,
      String identifier,
      String status,
      RawJson workType,
      String startedAt,
      long duration,
      @Nullable RawJson costUsd,
      @Nullable RawJson provider) {

    public static Entry of(PublicIds ids, Session session, Instant now) {
      SessionObject full = SessionObject.of("", session);
      long began = began(session);
      long until = session.endedAtMs() == 0 ? now.toEpochMilli() : session.endedAtMs();
      return new Entry(
          ids.shortForm(session.id()),
          session.issueIdentifier(),
          PublicStatus.of(session),
          Objects.requireNonNullElse(
              SessionObject.orAbsent(full.workType()), new RawJson(DEFAULT_WORK_TYPE)),
          iso(began),
          Duration.ofMillis(Math.max(0, until - began)).toSeconds(),
          session.costMicroUsd() == 0 ? null : usd(session.costMicroUsd()),
          SessionObject.orAbsent(full.provider()));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Sessions(
      List<Entry> sessions, int count, String timestamp, @Nullable String nextCursor) {

    public static Sessions of(
        PublicIds ids, List<Session> sessions, Instant now, @Nullable String nextCursor) {
      List<Entry> entries = sessions.stream().map(each -> Entry.of(ids, each, now)).toList();
      return new Sessions(entries, entries.size(), iso(now), nextCursor);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Timeline(
      String created, String queued, @Nullable String started, @Nullable String completed) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Detail(
      @JsonUnwrapped Entry entry,
      Timeline timeline,
      @Nullable RawJson branch,
      @Nullable RawJson issueTitle,
      @Nullable RawJson inputTokens,
      @Nullable RawJson outputTokens) {}

  public record One(Detail session, String timestamp) {

    public static One of(PublicIds ids, Session session, Instant now) {
      SessionObject full = SessionObject.of("", session);
      JsonBody item = JsonBody.parse(session.item().isEmpty() ? "{}" : session.item());
      return new One(
          new Detail(
              Entry.of(ids, session, now),
              new Timeline(
                  iso(session.createdAtMs()),
                  iso(session.queuedAtMs()),
                  session.place().waits() || session.startedAtMs() == 0
                      ? null
                      : iso(session.startedAtMs()),
                  session.endedAtMs() == 0 ? null : iso(session.endedAtMs())),
              text(item, "branch"),
              text(item, "title"),
              full.inputTokens(),
              full.outputTokens()),
          iso(now));
    }
  }

  /** Both status members are equal. */
  public record Prompted(
      boolean delivered, String promptId, String sessionId, String status, String sessionStatus) {}

  /** {@code stopped} is false if the session had ended otherwise. */
  public record Stopped(
      boolean stopped, String sessionId, String previousStatus, String newStatus) {}

  /** {@code reconnected} is false once the session has ended. */
  public record Reconnected(
      boolean reconnected, String sessionId, String sessionStatus, int missedEvents) {}

  private static long began(Session session) {
    if (session.place().waits() || session.claimedAtMs() == 0) {
      return session.createdAtMs();
    }
    return session.startedAtMs() == 0 ? session.claimedAtMs() : session.startedAtMs();
  }

  public static RawJson usd(long microUsd) {
    BigDecimal amount = BigDecimal.valueOf(microUsd, 6).stripTrailingZeros();
    return new RawJson(amount.toPlainString());
  }

  private static @Nullable RawJson text(JsonBody item, String member) {
    String raw = item.raw(member);
    return raw == null || !raw.startsWith("\"") ? null : new RawJson(raw);
  }

  public static String iso(long ms) {
    return Instant.ofEpochMilli(ms).toString();
  }

  static String iso(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
