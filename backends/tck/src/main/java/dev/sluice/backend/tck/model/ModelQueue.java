package dev.sluice.backend.tck.model;

import dev.sluice.backend.Counts;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Enqueued;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.Place;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.WorkQueue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Enqueue and counts. */
final class ModelQueue implements WorkQueue {

  private final ModelStore store;

  ModelQueue(ModelStore store) {
    this.store = store;
  }

  @Override
  public Decided<List<Enqueued>> enqueue(String org, List<NewWork> items) {
    List<Enqueued> results = new ArrayList<>();
    long seq = store.turn(org, state -> state.id).seq();
    for (NewWork item : items) {
      Decided<Enqueued> result = store.turn(org, state -> enqueue(state, item));
      results.add(result.value());
      seq = result.seq();
    }
    return new Decided<>(seq, List.copyOf(results));
  }

  @Override
  public Decided<Counts> counts(String org) {
    return store.turn(
        org,
        state ->
            new Counts(
                count(state, Place.READY),
                count(state, Place.PARKED),
                count(state, Place.LATER),
                count(state, Place.RETURNED),
                count(state, Place.CLAIMED),
                count(state, Place.DEAD)));
  }

  private static Enqueued enqueue(OrgState org, NewWork item) {
    Optional<ModelSession> known = org.find(item.sessionId());
    if (known.isPresent()) {
      return repeat(org, known.get(), item);
    }
    Set<List<String>> sets = capabilitySets(org);
    sets.add(item.requiredCapabilities());
    if (sets.size() > org.rules.maxCapabilitySets()) {
      return refused(item, Refusal.TOO_MANY_CAPABILITY_SETS);
    }
    org.change();
    ModelSession session = new ModelSession(item, org.now);
    org.sessions.add(session);
    return present(org, session, false);
  }

  private static Enqueued repeat(OrgState org, ModelSession known, NewWork item) {
    if (known.damaged) {
      return refused(item, Refusal.DAMAGED);
    }
    if (!known.work.contentHash().equals(item.contentHash())) {
      return refused(item, Refusal.CONFLICT);
    }
    return present(org, known, true);
  }

  /** The distinct sets of required capabilities among live work. */
  private static Set<List<String>> capabilitySets(OrgState org) {
    Set<List<String>> sets = new HashSet<>();
    for (ModelSession session : org.sessions) {
      if (session.place != Place.ENDED) {
        sets.add(session.work.requiredCapabilities());
      }
    }
    return sets;
  }

  private static Enqueued present(OrgState org, ModelSession session, boolean duplicate) {
    return new Enqueued(session.id(), duplicate, session.state, org.position(session), null);
  }

  private static Enqueued refused(NewWork item, Refusal refusal) {
    return new Enqueued(item.sessionId(), false, SessionState.PENDING, 0, refusal);
  }

  private static long count(OrgState org, Place place) {
    return org.sessions.stream().filter(session -> session.place == place).count();
  }
}
