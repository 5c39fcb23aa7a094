package dev.sluice.backend.tck.model;

import dev.sluice.backend.BatchLane;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Place;
import dev.sluice.backend.SessionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an operation has made eligible or readable by comparing an org before and after it:
 * docs/rules.md, "Hints".
 */
final class HintWatch {

  /** What of a session makes a difference to those who wait. */
  private record Seen(
      @Nullable Place place,
      SessionState state,
      boolean inOrder,
      boolean backedOff,
      long token,
      Set<String> messages) {

    static final Seen NOTHING = new Seen(null, SessionState.PENDING, false, false, 0, Set.of());

    static Seen of(ModelSession session) {
      Set<String> messages = new HashSet<>();
      session.inbox.forEach(unacked -> messages.add(unacked.message.id()));
      return new Seen(
          session.place,
          session.state,
          session.inOrder(),
          session.returnUntil != 0,
          session.token,
          messages);
    }

    /** Whether there was a session before, and it is another one now. */
    boolean becameOther(Seen after) {
      return place != null && (place != after.place || state != after.state);
    }
  }

  /** The same of a worker. */
  private record SeenWorker(Set<String> active, int capacity, boolean draining, boolean barred) {}

  private final OrgState org;
  private final Set<String> openProjects = new HashSet<>();
  private final Map<String, Seen> sessions = new HashMap<>();
  private final Map<String, SeenWorker> workers = new HashMap<>();
  private final Set<ModelJob> waitingJobs = new HashSet<>();

  /** Looks at an org before an operation. */
  HintWatch(OrgState org) {
    this.org = org;
    for (ModelSession session : org.sessions) {
      sessions.put(session.id(), Seen.of(session));
      if (org.queue(session.project()).open()) {
        openProjects.add(session.project());
      }
    }
    org.workers.forEach(worker -> workers.put(worker.id(), look(worker)));
    org.jobs.stream().filter(ModelJob::waits).forEach(waitingJobs::add);
  }

  /** Looks again after it: of the work of a project there is one an item. */
  List<Hint> hints() {
    List<Hint> work = new ArrayList<>();
    Set<Hint> hints = new LinkedHashSet<>();
    for (ModelSession session : org.sessions) {
      Seen before = sessions.getOrDefault(session.id(), Seen.NOTHING);
      Seen after = Seen.of(session);
      if (becameEligible(session, before, after)) {
        work.add(new Hint(org.id, Hint.Kind.WORK, session.project()));
      }
      if (before.becameOther(after)) {
        hints.add(new Hint(org.id, Hint.Kind.SESSION, session.id()));
      }
      if (becameReadable(session, before, after)) {
        hints.add(new Hint(org.id, Hint.Kind.MESSAGE, session.holder()));
      }
    }
    for (ModelWorker worker : org.workers) {
      SeenWorker before = workers.get(worker.id());
      if (before != null && mayTakeMore(before, look(worker))) {
        hints.add(new Hint(org.id, Hint.Kind.SLOT, worker.id()));
      }
    }
    if (org.jobs.stream().anyMatch(job -> job.waits() && !waitingJobs.contains(job))) {
      hints.add(new Hint(org.id, Hint.Kind.BATCH, BatchLane.CAPABILITY));
    }
    work.addAll(hints);
    return work;
  }

  private boolean becameEligible(ModelSession session, Seen before, Seen after) {
    if (!after.inOrder || !org.queue(session.project()).open()) {
      return false;
    }
    return !before.inOrder
        || (before.backedOff && !after.backedOff)
        || !openProjects.contains(session.project());
  }

  private static boolean becameReadable(ModelSession session, Seen before, Seen after) {
    if (!session.claimed() || after.messages.isEmpty()) {
      return false;
    }
    // A claim that its worker knows of already came by re-attachment or transfer.
    boolean cameOver = before.token != after.token && session.acceptBy == 0;
    return cameOver || !before.messages.containsAll(after.messages);
  }

  private static boolean mayTakeMore(SeenWorker before, SeenWorker after) {
    List<String> left = new ArrayList<>(before.active);
    left.removeAll(after.active);
    return !left.isEmpty()
        || after.capacity > before.capacity
        || (before.draining && !after.draining)
        || (before.barred && !after.barred);
  }

  private SeenWorker look(ModelWorker worker) {
    Set<String> active = new HashSet<>();
    org.activeSet(worker).forEach(session -> active.add(session.id()));
    boolean barred = worker.drained || worker.quarantinedUntil != 0;
    return new SeenWorker(active, worker.capacity, worker.draining, barred);
  }
}
