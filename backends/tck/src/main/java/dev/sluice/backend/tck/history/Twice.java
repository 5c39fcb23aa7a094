package dev.sluice.backend.tck.history;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.HeartbeatResult;
import dev.sluice.backend.workers.HeartbeatResult.Verdict;
import dev.sluice.backend.workers.PollResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is in two places at once. Judged from the answers alone.
 *
 * <p>No message is in two transports: once an answer (poll or refresh) has brought it, no other
 * brings it to any worker until its visibility has passed; a Go daemon's poll brings none.
 * Exceptions are polls of one snake-case worker, whose next poll would acknowledge what a lost
 * answer brought: a repeated poll, and one after an outage, which is later than the offer.
 *
 * <p>No session is of two workers: one keeps only what an earlier answer gave to it, and no later
 * one to another.
 */
final class Twice {

  private record Carried(Made made, long at) {}

  private final long visibilityMs;
  private final Map<String, Carried> carried = new HashMap<>();
  private long now;

  /** The last known owner of each session. */
  private final Map<String, String> owners = new HashMap<>();

  /** True after an answer was lost, which may have given any session to any worker. */
  private boolean ownersUnknown;

  private Twice(long visibilityMs) {
    this.visibilityMs = visibilityMs;
  }

  /** Describes a fault; null if none. */
  static @Nullable String problem(List<Made> order, long visibilityMs) {
    Twice twice = new Twice(visibilityMs);
    for (Made made : order) {
      @Nullable String problem = twice.messages(made);
      problem = problem == null ? twice.sessions(made) : problem;
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable String messages(Made made) {
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
    Carried before = carried.put(message.id(), new Carried(made, now));
    if (before == null
        || before.at + visibilityMs <= now
        || (repeatable
            && (now > before.at ? sameWorker(before, made) : sameRequest(before, made)))) {
      return null;
    }
    return "message "
        + message.id()
        + " was in two transports at once:\n  "
        + before.made.text()
        + "\n  "
        + made.text();
  }

  private static boolean sameRequest(Carried before, Made made) {
    return sameWorker(before, made)
        && before.made.step() instanceof Call first
        && made.step() instanceof Call again
        && first.request() != null
        && first.request().equals(again.request());
  }

  private static boolean sameWorker(Carried before, Made made) {
    return before.made.step() instanceof Call first
        && made.step() instanceof Call again
        && first.subject() != null
        && first.subject().equals(again.subject());
  }

  private @Nullable String sessions(Made made) {
    String worker = made.step() instanceof Call call ? call.subject() : null;
    Session session = made.answer().session();
    if (made.answer().equals(HistoryAnswer.LOST)) {
      ownersUnknown = true;
    } else if (session != null && session.place() == Place.CLAIMED && session.owner() != null) {
      owners.put(session.id(), session.owner());
    } else if (worker != null && made.answer().value() instanceof PollResult result) {
      result.work().forEach(work -> owners.put(work.sessionId(), worker));
    } else if (worker != null && made.answer().value() instanceof HeartbeatResult result) {
      return verdicts(made, worker, result.held());
    }
    return null;
  }

  private @Nullable String verdicts(Made made, String worker, Map<String, Verdict> held) {
    for (Map.Entry<String, Verdict> each : held.entrySet()) {
      @Nullable String owner = owners.get(each.getKey());
      if (each.getValue() == Verdict.ADOPT) {
        owners.put(each.getKey(), worker);
      } else if (each.getValue() == Verdict.KEEP && !worker.equals(owner) && !ownersUnknown) {
        return each.getKey() + " was given to " + owner + " and kept by another: " + made.text();
      }
    }
    return null;
  }
}
