package dev.sluice.backend.tck.history;

import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.workers.Dialect;
import dev.sluice.backend.workers.PollResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * No message is in two transports at once: once an answer (poll or refresh) has brought it, no
 * other brings it to any worker until its visibility has passed; a Go daemon's poll brings none.
 * Judged from the answers alone.
 *
 * <p>Exception: a poll repeated by a snake-case worker, whose next poll would acknowledge what the
 * lost answer brought.
 */
final class Transports {

  private record Carried(Made made, long until) {}

  private final long visibilityMs;
  private final Map<String, Carried> carried = new HashMap<>();
  private long now;

  Transports(long visibilityMs) {
    this.visibilityMs = visibilityMs;
  }

  /** Describes a fault; null if none. */
  static @Nullable String problem(List<Made> order, long visibilityMs) {
    Transports transports = new Transports(visibilityMs);
    for (Made made : order) {
      @Nullable String problem = transports.problem(made);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable String problem(Made made) {
    if (made.step() instanceof Step.Jump jump) {
      now += jump.time().toMillis();
    } else if (made.answer().value() instanceof LockState lock && lock.inject() != null) {
      return problem(made, lock.inject(), false);
    } else if (made.answer().value() instanceof PollResult poll) {
      if (poll.dialect() == Dialect.GO_DAEMON && !poll.messages().isEmpty()) {
        return "a Go daemon's poll brought messages: " + made.text() + " = " + made.answer();
      }
      for (Message message : poll.messages()) {
        @Nullable String problem = problem(made, message, poll.dialect() == Dialect.SNAKE_CASE);
        if (problem != null) {
          return problem;
        }
      }
    }
    return null;
  }

  private @Nullable String problem(Made made, Message message, boolean repeatable) {
    Carried before = carried.put(message.id(), new Carried(made, now + visibilityMs));
    if (before == null || before.until <= now || (repeatable && sameRequest(before.made, made))) {
      return null;
    }
    return "message "
        + message.id()
        + " was in two transports at once:\n  "
        + before.made.text()
        + "\n  "
        + made.text();
  }

  private static boolean sameRequest(Made before, Made made) {
    return before.step() instanceof Call first
        && made.step() instanceof Call again
        && first.request() != null
        && first.request().equals(again.request())
        && first.subject() != null
        && first.subject().equals(again.subject());
  }
}
