package dev.sluice.backend.tck.model;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** All orgs, one lock, one clock. */
final class ModelStore {

  final Rules rules;
  private final StoreTime time;
  private final List<OrgState> orgs = new ArrayList<>();
  private boolean closed;

  ModelStore(Rules rules, StoreTime time) {
    this.rules = rules;
    this.time = time;
  }

  /** One operation in one org, alone in the store. */
  synchronized <T> Decided<T> turn(String org, Function<OrgState, T> operation) {
    OrgState state = org(org);
    T value = alone(() -> operation.apply(state.at(now())));
    return new Decided<>(state.seq, value);
  }

  /** One operation on what belongs to no org, or to all, alone in the store. */
  synchronized <T> T alone(Supplier<T> operation) {
    if (closed) {
      throw new BackendUnavailableException(
          "the store is closed", false, new IllegalStateException("closed"));
    }
    return operation.get();
  }

  /** All orgs, at this moment. */
  synchronized List<OrgState> orgs() {
    return orgs.stream().map(org -> org.at(now())).toList();
  }

  synchronized void close() {
    closed = true;
  }

  private OrgState org(String id) {
    for (OrgState org : orgs) {
      if (org.id.equals(id)) {
        return org;
      }
    }
    OrgState org = new OrgState(id, rules);
    orgs.add(org);
    return org;
  }

  private long now() {
    return time.nowMs().orElseGet(System::currentTimeMillis);
  }
}
