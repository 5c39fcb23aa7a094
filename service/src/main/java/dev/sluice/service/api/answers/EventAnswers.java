package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.events.LoggedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event log. */
public final class EventAnswers {

  private EventAnswers() {}

  /**
   * A change of an org.
   *
   * @param id the cursor behind it
   * @param time epoch ms
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Event(
      String id,
      String type,
      long time,
      @Nullable String project,
      @Nullable String sessionId,
      @Nullable String workerId,
      @Nullable String detail) {

    public static Event of(LoggedEvent event) {
      return new Event(
          Long.toString(event.number()),
          event.type().wire(),
          event.atMs(),
          event.project(),
          event.sessionId(),
          event.workerId(),
          event.detail());
    }
  }

  /**
   * A part of the log.
   *
   * @param next the cursor behind the last event that was looked at
   */
  public record EventList(List<Event> events, String next) {

    public static EventList of(List<LoggedEvent> events, long lookedAt) {
      return new EventList(events.stream().map(Event::of).toList(), Long.toString(lookedAt));
    }
  }

  /** The last event of a stream whose reader has missed events. */
  public record CursorExpired(String oldest) {}
}
