package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Session;
import dev.sluice.service.api.RawJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of sessions. Times are ISO. {@code titled} adds the title; workers' answers lack it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionList(
    List<Entry> sessions, int count, String timestamp, @Nullable String nextCursor) {

  public static SessionList of(
      List<Session> sessions, Titles titles, Instant now, @Nullable String nextCursor) {
    List<Entry> entries = sessions.stream().map(session -> Entry.of(session, titles)).toList();
    return new SessionList(entries, entries.size(), iso(now), nextCursor);
  }

  public record One(
      Entry session, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Undelivered> undeliverable) {

    public static One of(Session session, Titles titles, List<Event> timeline) {
      return new One(
          Entry.of(session, titles),
          timeline.stream()
              .filter(event -> event.kind() == Event.Kind.UNDELIVERABLE)
              .map(Undelivered::of)
              .toList());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Undelivered(String messageId, @Nullable String reason, String at) {

    static Undelivered of(Event event) {
      String[] detail = String.valueOf(event.detail()).split(" ", 2);
      return new Undelivered(detail[0], detail.length == 1 ? null : detail[1], iso(event.atMs()));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(
      String id,
      String linearSessionId,
      String trackerSessionId,
      String issueId,
      String identifier,
      @JsonUnwrapped @Nullable WorkTitle title,
      @Nullable RawJson providerSessionId,
      @Nullable RawJson provider,
      String status,
      String createdAt,
      String updatedAt,
      String queuedAt,
      @Nullable String claimedAt,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable RawJson worktreePath,
      @Nullable String workerId,
      @Nullable RawJson agentId) {

    static Entry of(Session session, Titles titles) {
      // Shared members come from the full session.
      SessionObject full = SessionObject.of("", session);
      return new Entry(
          full.id(),
          full.linearSessionId(),
          full.trackerSessionId(),
          full.issueId(),
          full.issueIdentifier(),
          titles.of(session),
          SessionObject.orAbsent(full.providerSessionId()),
          SessionObject.orAbsent(full.provider()),
          full.status(),
          iso(full.createdAt()),
          iso(full.updatedAt()),
          iso(full.queuedAt()),
          full.claimedAt() == null ? null : iso(full.claimedAt()),
          full.worktreePath(),
          full.workerId(),
          SessionObject.orAbsent(full.agentId()));
    }
  }

  private static String iso(long ms) {
    return Instant.ofEpochMilli(ms).toString();
  }

  private static String iso(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
