package dev.sluice.backend.redis.reply;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.DeadReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of timelines, activities, the audit and the event log ({@code rules/timelines.lua},
 * {@code session.lua}, {@code audit.lua}, {@code events.lua}). The last field of each may hold any
 * character.
 */
public final class LineReader {

  private static final String UNIT = String.valueOf(Text.UNIT);

  private LineReader() {}

  public static List<Event> events(List<String> lines) {
    return lines.stream().map(LineReader::event).toList();
  }

  private static Event event(String line) {
    String[] parts = line.split(UNIT, 5);
    Event.Kind kind = Event.Kind.valueOf(parts[2]);
    return new Event(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        kind,
        Text.orNull(parts[3]),
        detail(kind, parts[4]));
  }

  /**
   * Reads lines of the event log.
   *
   * @param first number of the first event
   * @throws RefusedException {@link Refusal#DAMAGED} if a line can't be read: without it the
   *     numbers would have a gap
   */
  public static List<LoggedEvent> logged(List<String> lines, long first) {
    List<LoggedEvent> events = new ArrayList<>(lines.size());
    for (String line : lines) {
      long number = first + events.size();
      try {
        events.add(loggedEvent(line.split(UNIT, 6), number));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw RefusedException.of(Refusal.DAMAGED, "event " + number);
      }
    }
    return events;
  }

  private static LoggedEvent loggedEvent(String[] parts, long number) {
    EventType type = EventType.valueOf(parts[1]);
    return new LoggedEvent(
        number,
        Long.parseLong(parts[0]),
        type,
        Text.orNull(parts[2]),
        Text.orNull(parts[3]),
        Text.orNull(parts[4]),
        parts[5].isEmpty() ? null : detail(type, parts[5]));
  }

  private static @Nullable String detail(EventType type, String text) {
    return switch (type) {
      case SESSION_ENDED -> detail(Event.Kind.ENDED, text);
      case SESSION_DEAD -> detail(Event.Kind.DEAD, text);
      default -> text;
    };
  }

  /** Stored by the names of constants. */
  private static @Nullable String detail(Event.Kind kind, String text) {
    return switch (kind) {
      case ENDED -> ended(text);
      case DEAD -> DeadReason.valueOf(text).wire();
      default -> Text.orNull(text);
    };
  }

  private static String ended(String text) {
    int end = text.indexOf(Event.CAUSE);
    return end < 0
        ? SessionState.valueOf(text).wire()
        : SessionState.valueOf(text.substring(0, end)).wire() + text.substring(end);
  }

  /** Leaves out damaged lines. */
  public static List<AuditLine> audit(List<String> lines) {
    return lines.stream()
        .map(line -> line.split(UNIT, 7))
        .filter(parts -> parts.length == 7)
        .map(LineReader::auditLine)
        .toList();
  }

  private static AuditLine auditLine(String[] parts) {
    String[] times = parts[1].split("[+]");
    boolean once = times.length < 3;
    long at = Long.parseLong(times[0]);
    return new AuditLine(
        Long.parseLong(parts[0]),
        at,
        parts[2],
        parts[3],
        parts[4],
        parts[6],
        parts[5],
        once ? 1 : Long.parseLong(times[1]),
        once ? at : Long.parseLong(times[2]));
  }

  public static List<Activity> activities(List<String> lines) {
    return lines.stream().map(LineReader::activity).toList();
  }

  private static Activity activity(String line) {
    String[] parts = line.split(UNIT, 4);
    return new Activity(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2], parts[3]);
  }
}
