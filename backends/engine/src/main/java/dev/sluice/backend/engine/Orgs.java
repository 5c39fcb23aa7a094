package dev.sluice.backend.engine;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.records.CallId;
import dev.sluice.backend.engine.records.FinalRecord;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.tables.DeferredDeletes;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.engine.tables.Store;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs operations on orgs, and fetches final records that they need. */
final class Orgs {

  private final Store store;
  private final SideTables tables;
  private final Registry registry;
  private final DeferredDeletes deferredDeletes;

  Orgs(Store store, SideTables tables, Registry registry) {
    this.store = store;
    this.tables = tables;
    this.registry = registry;
    this.deferredDeletes = store.deferredDeletes();
  }

  /**
   * @throws RefusedException if it was refused
   */
  <R> R call(String org, Operation<R> operation) {
    return numbered(org, operation, store::carryOut);
  }

  /**
   * As {@link #call}, for a part of an answer that stands where another call does.
   *
   * @throws RefusedException if it was refused
   */
  <R> R callAside(String org, Operation<R> operation) {
    return answer(org, carryOut(org, operation, store::carryOut));
  }

  /**
   * As {@link #call}, but its changes may become durable later: the next call of the org waits for
   * them.
   *
   * @throws RefusedException if it was refused
   */
  <R> R callUnsynced(String org, Operation<R> operation) {
    return numbered(org, operation, store::carryOutUnsynced);
  }

  private interface Step {
    OrgReply carryOut(
        String org, Operation<?> operation, List<OrgCall.Loaded> loaded, @Nullable CallId id);
  }

  private OrgReply carryOut(String org, Operation<?> operation, Step step) {
    CallId id = store.begin(operation);
    try {
      OrgReply reply = step.carryOut(org, operation, List.of(), id);
      while (!reply.needed().isEmpty()) {
        // the record is there now, or the state no longer needs it
        reply = step.carryOut(org, operation, load(org, reply.needed()), id);
      }
      return reply;
    } finally {
      if (id != null) {
        store.end(id);
      }
    }
  }

  private <R> R numbered(String org, Operation<R> operation, Step step) {
    OrgReply reply = carryOut(org, operation, step);
    store.numbers().answered(reply.seq());
    return answer(org, reply);
  }

  @SuppressWarnings("unchecked") // the reply holds the operation's answer
  private <R> R answer(String org, OrgReply reply) {
    followUp(org, reply);
    OrgReply.Refused refused = reply.refused();
    if (refused != null && ofOrg(refused.refusal())) {
      throw RefusedException.of(refused.refusal(), org);
    }
    if (refused != null) {
      throw new RefusedException(refused.refusal(), refused.message(), refused.owner());
    }
    Object value = reply.value();
    if (value == null) {
      throw new IllegalStateException("an operation broke: " + reply.broken());
    }
    return (R) value;
  }

  /** False for an operation that older nodes don't know. */
  boolean takes(Class<? extends Operation<?>> operation) {
    return store.wire().writes(operation);
  }

  /** True if the words name the org, which its state doesn't know. */
  private static boolean ofOrg(Refusal refusal) {
    return refusal == Refusal.CLOSED || refusal == Refusal.NOT_EMPTY;
  }

  /** Keeps the values these calls fetch from deletion meanwhile. */
  <T> T reading(Supplier<T> calls) {
    return deferredDeletes.read(calls);
  }

  /** Deletes once no running call can fetch it. */
  void delete(String org, List<OrgReply.Garbage> garbage) {
    if (!garbage.isEmpty()) {
      deferredDeletes.delete(() -> tables.delete(org, garbage));
    }
  }

  /** Time stored with values in other tables, epoch ms. */
  long now() {
    return store.now();
  }

  private void followUp(String org, OrgReply reply) {
    if (!reply.hints().isEmpty()) {
      store.tell(
          reply.hints().stream().map(each -> new Hint(org, each.kind(), each.name())).toList());
    }
    delete(org, reply.garbage());
    for (String id : reply.damaged()) {
      registry.noteDamaged(org, id);
    }
  }

  private List<OrgCall.Loaded> load(String org, List<OrgReply.Needed> needed) {
    Map<OrgReply.Needed, FinalRecord> found = tables.records().fetch(org, needed);
    return needed.stream()
        .map(name -> new OrgCall.Loaded(name.sessionId(), name.name(), found.get(name)))
        .toList();
  }
}
