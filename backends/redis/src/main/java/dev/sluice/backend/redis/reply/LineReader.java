package dev.sluice.backend.redis.reply;

import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.DeadReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of timelines, activities and the audit ({@code rules/timelines.lua}, {@code
 * session.lua}, {@code audit.lua}). The last field of each may hold any character.
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
