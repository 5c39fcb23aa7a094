package dev.sluice.backend.engine.write;

import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.RankedSet;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Handles deadlines in bounded steps: docs/rules.md, "Due entries". */
final class Due {

  /** The next two kinds are of projects. */
  private static final int KINDS_OF_SESSIONS = 3;

  /** The last kind is of jobs. */
  private static final int OFFERS = 5;

  private final WriteStep step;
  private final List<RankedSet> kinds;

  private final Set<String> passed = new HashSet<>(0);

  private Due(WriteStep step) {
    this.step = step;
    kinds = step.state().deadlines().due();
  }

  private record Entry(long time, int kind, String name) {}

  static int handle(WriteStep step) {
    if (!step.state().deadlines().anyDue(step.now())) {
      return 0;
    }
    Due due = new Due(step);
    int most = step.rules().dueStep();
    int handled = 0;
    Entry next = due.next();
    while (next != null) {
      due.handle(next);
      handled++;
      next = handled < most ? due.next() : null;
    }
    return handled;
  }

  private @Nullable Entry next() {
    Entry next = null;
    for (int kind = 0; kind < kinds.size(); kind++) {
      RankedSet set = kinds.get(kind);
      if (!set.isEmpty() && set.firstNumber() <= step.now()) {
        Entry first = first(kind);
        if (first != null && (next == null || first.time() < next.time())) {
          next = first;
        }
      }
    }
    return next;
  }

  private @Nullable Entry first(int kind) {
    List<Entry> found = new ArrayList<>(1);
    kinds
        .get(kind)
        .visit(
            (time, name) -> {
              if (time > step.now()) {
                return false;
              }
              if (kind < KINDS_OF_SESSIONS
                  && (passed.contains(name) || step.indexed(name) == null)) {
                passed.add(name);
                return true;
              }
              found.add(new Entry(time, kind, name));
              return false;
            });
    return found.isEmpty() ? null : found.get(0);
  }

  private void handle(Entry entry) {
    if (entry.kind() < KINDS_OF_SESSIONS) {
      SessionRecord session = step.indexed(entry.name());
      if (session != null) {
        handle(entry.kind(), session);
      }
    } else if (entry.kind() == OFFERS) {
      BatchOperations.endOffer(step, entry.name());
    } else {
      ProjectWork project = step.state().work().project(entry.name());
      if (project != null) {
        step.put(
            entry.kind() == KINDS_OF_SESSIONS
                ? project.queue().paused(null)
                : project.queue().unspent(step.now()));
      }
    }
  }

  private void handle(int kind, SessionRecord session) {
    switch (kind) {
      case 0 -> step.put(session.at(Place.READY));
      case 1 -> Endings.die(step, session, DeadReason.DEADLINE, false, null);
      default -> {
        step.put(session.backOffOver(step.now()));
        if (session.place().inOrder()) {
          step.hints().work(session.project());
        }
      }
    }
  }

  /** The earliest first, without unreadable ones. */
  static List<SessionRecord> sessions(WriteStep step, RankedSet deadlines, int atMost) {
    if (deadlines.isEmpty() || deadlines.firstNumber() > step.now()) {
      return List.of();
    }
    List<SessionRecord> due = new ArrayList<>();
    deadlines.visit(
        (time, id) -> {
          if (time > step.now()) {
            return false;
          }
          SessionRecord session = step.indexed(id);
          if (session != null) {
            due.add(session);
          }
          return due.size() < atMost;
        });
    return due;
  }
}
