package dev.sluice.backend.tck.model;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** All orgs, one lock, one clock. */
final class ModelStore {

  final Rules rules;
  final ModelHints hints = new ModelHints();
  private final StoreTime time;
  private final List<OrgState> orgs = new ArrayList<>();
  private boolean closed;

  /** What an operation answers, and what it has made eligible or readable. */
  private record Turn<T>(Decided<T> answer, List<Hint> hints) {}

  ModelStore(Rules rules, StoreTime time) {
    this.rules = rules;
    this.time = time;
  }

  /** One operation in one org, alone in the store; those who listen are told afterwards. */
  <T> Decided<T> turn(String org, Function<OrgState, T> operation) {
    Turn<T> turn = alone(() -> take(org(org), operation));
    hints.announce(turn.hints);
    return turn.answer;
  }

  private <T> Turn<T> take(OrgState org, Function<OrgState, T> operation) {
    org.at(now());
    boolean listened = hints.anybodyListens();
    HintWatch watch = listened ? new HintWatch(org) : null;
    T value = operation.apply(org);
    Retirement.deleteIdle(org);
    return new Turn<>(new Decided<>(org.seq, value), watch == null ? List.of() : watch.hints());
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
    return List.copyOf(orgs);
  }

  synchronized void close() {
    closed = true;
  }

  synchronized OrgState org(String id) {
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
