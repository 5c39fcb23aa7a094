package dev.sluice.backend.engine;

import dev.sluice.backend.Decided;
import dev.sluice.backend.Hint;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.operation.Reply;
import dev.sluice.backend.engine.records.FinalRecord;
import dev.sluice.backend.engine.tables.DeferredDeletes;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.tables.SideTables;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Carries operations to an org's state, fetches what they need from outside of it, and brings back
 * what they answer.
 */
final class Orgs {

  private final Store store;
  private final SideTables outside;
  private final Registry registry;
  private final DeferredDeletes readers;

  Orgs(Store store, SideTables outside, Registry registry) {
    this.store = store;
    this.outside = outside;
    this.registry = registry;
    this.readers = store.readers();
  }

  /**
   * Carries an operation out.
   *
   * @throws RefusedException if it was refused
   */
  @SuppressWarnings("unchecked") // a reply holds what its operation answers
  <R> Decided<R> call(String org, Operation<R> operation) {
    Reply reply = store.carryOut(org, operation, List.of());
    while (!reply.needed().isEmpty()) {
      // Either what it needs is where the state says, or the state says something else by now.
      reply = store.carryOut(org, operation, load(org, reply.needed()));
    }
    followUp(org, reply);
    Reply.Refused refused = reply.refused();
    if (refused != null) {
      throw new RefusedException(
          refused.refusal(), refused.message(), refused.owner(), reply.seq());
    }
    Object value = reply.value();
    if (value == null) {
      throw new IllegalStateException("an operation broke: " + reply.broken());
    }
    return new Decided<>(reply.seq(), (R) value);
  }

  /** Makes calls and fetches what they name; nothing of it is deleted meanwhile. */
  <T> T reading(Supplier<T> calls) {
    return readers.read(calls);
  }

  /** Deletes what nothing names any more, as soon as nobody can be about to fetch it. */
  void delete(String org, List<Reply.Garbage> garbage) {
    if (!garbage.isEmpty()) {
      readers.delete(() -> garbage.forEach(each -> outside.delete(org, each)));
    }
  }

  /** The time to store with what goes into other maps, epoch ms. */
  long now() {
    return store.now();
  }

  private void followUp(String org, Reply reply) {
    if (!reply.hints().isEmpty()) {
      store.tell(
          reply.hints().stream().map(each -> new Hint(org, each.kind(), each.name())).toList());
    }
    delete(org, reply.garbage());
    for (String id : reply.damaged()) {
      registry.noteDamaged(org, id);
    }
  }

  private List<OrgCall.Loaded> load(String org, List<Reply.Needed> needed) {
    Map<Reply.Needed, FinalRecord> found = outside.records().fetch(org, needed);
    return needed.stream()
        .map(name -> new OrgCall.Loaded(name.sessionId(), name.name(), found.get(name)))
        .toList();
  }
}
