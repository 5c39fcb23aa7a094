package dev.sluice.service.traces;

import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.sessions.Event;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run of a session as its timeline tells it: a wait, and a claim until its end.
 *
 * @param former null for the first run, and for an unknown one
 * @param waitMs begin of the wait, epoch ms; 0 if unknown
 * @param claim null if it ended while it waited
 * @param started null if its worker reported no start
 * @param worker that had it last; null without a claim
 * @param end the line that ended it
 * @param death null if it isn't a dead letter
 */
record Run(
    @Nullable Run former,
    long waitMs,
    @Nullable Event claim,
    @Nullable Event started,
    @Nullable String worker,
    Event end,
    @Nullable Event death) {

  private static final Set<Event.Kind> ENDS =
      EnumSet.of(
          Event.Kind.LEASE_LOST,
          Event.Kind.ACCEPT_MISSED,
          Event.Kind.NACKED,
          Event.Kind.RETURNED,
          Event.Kind.REQUEUED,
          Event.Kind.RELEASED,
          Event.Kind.ENDED,
          Event.Kind.DEAD);

  private static final Set<EventType> EVENTS =
      ENDS.stream().map(EventType::of).collect(Collectors.toUnmodifiableSet());

  /** True for an event that may end a run. */
  static boolean ends(LoggedEvent event) {
    return EVENTS.contains(event.type());
  }

  /** True if the event tells of its end. */
  boolean endsWith(LoggedEvent event) {
    return event.type() == EventType.of(end.kind())
        && event.atMs() == end.atMs()
        && Objects.equals(event.workerId(), end.workerId());
  }

  /** Returns all that have ended, the oldest first, as far as the timeline goes back. */
  static List<Run> of(List<Event> timeline) {
    Reader reader = new Reader();
    timeline.forEach(reader::read);
    return reader.runs;
  }

  private static final class Reader {
    private final List<Run> runs = new ArrayList<>();
    private long waitMs;
    private @Nullable Event claim;
    private @Nullable Event started;
    private @Nullable String worker;

    void read(Event line) {
      switch (line.kind()) {
        case ENQUEUED -> waitMs = line.atMs();
        case CLAIMED, REATTACHED -> {
          claim = line;
          worker = line.workerId();
        }
        case STARTED -> started = started == null ? line : started;
        case TRANSFERRED -> worker = line.workerId();
        default -> {
          if (ENDS.contains(line.kind())) {
            end(line);
          }
        }
      }
    }

    private void end(Event line) {
      Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (claim != null) {
        runs.add(new Run(last, waitMs, claim, started, worker, line, null));
      } else if (last != null && isDeathOf(last, line)) {
        runs.set(runs.size() - 1, last.with(line));
      } else if (line.workerId() == null && line.kind() != Event.Kind.REQUEUED && waitMs > 0) {
        runs.add(new Run(last, waitMs, null, null, null, line, null));
      } // else its claim is beyond the beginning of the timeline
      waitMs = line.atMs();
      claim = null;
      started = null;
      worker = null;
    }

    /** The step that ends the last run that is allowed writes both lines. */
    private static boolean isDeathOf(Run last, Event line) {
      return line.kind() == Event.Kind.DEAD && line.atMs() == last.end().atMs();
    }
  }

  private Run with(Event death) {
    return new Run(former, waitMs, claim, started, worker, end, death);
  }
}
