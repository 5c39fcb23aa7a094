package dev.sluice.backend.engine.tables;

import dev.sluice.backend.AnswerNumbers;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.records.CallId;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.store.StoreHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part that the engine needs of a store; see {@code CONTRIBUTING.md}. Calls throw {@link
 * dev.sluice.backend.BackendUnavailableException} if the store doesn't answer.
 */
public interface Store {

  /**
   * Runs an operation on an org in one atomic step, starting with an empty state, and keeps {@link
   * dev.sluice.backend.engine.write.WriteStep#changes}. Returns once everything the operation saw
   * is as durable as the store promises.
   *
   * @param id of {@link #begin}
   */
  OrgReply carryOut(
      String org, Operation<?> operation, List<OrgCall.Loaded> loaded, @Nullable CallId id);

  /**
   * As {@link #carryOut}, but changes, unless refused, may become durable later: {@link #carryOut}
   * of a later operation on the org waits for them too.
   */
  default OrgReply carryOutUnsynced(
      String org, Operation<?> operation, List<OrgCall.Loaded> loaded, @Nullable CallId id) {
    return carryOut(org, operation, loaded, id);
  }

  /** Begins a call; null unless the store may carry it out again after it lost the answer. */
  default @Nullable CallId begin(Operation<?> operation) {
    return null;
  }

  /** Ends a call, which doesn't come again. */
  default void end(CallId call) {}

  /** Always the same map; {@link StoreTable#STATES} has none. */
  ByteMap map(StoreTable table);

  /** Always the same; writes the layout in force. */
  WireFormat wire();

  /** Live nodes, with this one, seen now. */
  List<NodeInfo> nodes(long nowMs);

  /** True for one of the live nodes, which raises the layout. */
  boolean leads();

  /** The store's or the environment's, epoch ms. */
  long now();

  /** Rules of this node. */
  Rules rules();

  /** The rules of a step. The event log would have gaps while nodes don't know it. */
  default Rules rulesInForce() {
    return wire().writes(Change.LogEvent.class) ? rules() : rules().withoutLog();
  }

  /** The environment's. */
  AnswerNumbers numbers();

  /** Calls without an answer that may have been carried out. */
  long lostAnswers();

  /** Shared by all backends on this store in this process. */
  DeferredDeletes deferredDeletes();

  Hints hints();

  /** Reaches subscribers on all nodes. Fails silently. */
  void tell(List<Hint> hints);

  StoreHealth health();

  /** Ends this node's part in the store, which newer nodes go on with. */
  default void leave(String reason) {}

  /**
   * Stores the secret that signs runtime tokens, if there is none.
   *
   * @return null if the store has no place for it and the engine uses {@link StoreTable#REGISTRY}
   */
  default @Nullable String signingSecret(String candidate) {
    return null;
  }
}
