package dev.sluice.backend.redis.index;

import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.transfer.SessionCopy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The event log of an org tells of each session what its timeline says. */
final class LoggedTimelines {

  private final int most;

  /** The events of each session since its latest enqueue, as far as they are kept. */
  private final Map<String, List<String>> logged = new HashMap<>();

  /** Sessions whose enqueue is kept. */
  private final Set<String> whole = new HashSet<>();

  /**
   * @param most lines of a timeline
   */
  LoggedTimelines(EventLog log, String org, int most) {
    this.most = most;
    long number = log.after(org, 0, 1).oldest() - 1;
    EventPage page = log.after(org, number, EventLog.MAX_PAGE);
    while (!page.events().isEmpty()) {
      page.events().forEach(this::add);
      number += page.events().size();
      page = log.after(org, number, EventLog.MAX_PAGE);
    }
  }

  private void add(LoggedEvent event) {
    String session = event.sessionId();
    if (session == null || !event.type().name().startsWith("SESSION_")) {
      return;
    }
    if (event.type() == EventType.SESSION_ENQUEUED) {
      whole.add(session);
      logged.put(session, new ArrayList<>());
    } else {
      logged
          .computeIfAbsent(session, id -> new ArrayList<>())
          .add(words(event.type(), event.atMs(), event.workerId(), event.detail()));
    }
  }

  /** Returns a line for each session of which they tell different things. */
  List<String> differences(Collection<SessionCopy> sessions) {
    List<String> differences = new ArrayList<>();
    for (SessionCopy session : sessions) {
      List<String> lines = session.timeline().stream().map(LoggedTimelines::words).toList();
      List<String> events = logged.getOrDefault(session.id(), List.of());
      boolean cut = lines.size() == most && events.size() > most;
      boolean begun = !whole.contains(session.id()) && events.size() < lines.size();
      int compared = cut ? most : events.size();
      if (!last(compared, lines).equals(last(compared, events))
          || compared != lines.size() && !begun) {
        differences.add("events of " + session.id() + " should be " + lines + " but are " + events);
      }
    }
    return differences;
  }

  private static List<String> last(int number, List<String> all) {
    return all.subList(Math.max(0, all.size() - number), all.size());
  }

  private static String words(Event line) {
    boolean late = line.kind() == Event.Kind.LATE_RESULT;
    return words(
        EventType.of(line.kind()), line.atMs(), line.workerId(), late ? null : line.detail());
  }

  private static String words(
      EventType type, long atMs, @Nullable String worker, @Nullable String detail) {
    return type + " at " + atMs + " of " + worker + ": " + detail;
  }
}
