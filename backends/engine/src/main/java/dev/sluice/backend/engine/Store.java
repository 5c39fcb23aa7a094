package dev.sluice.backend.engine;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.StoreHealth;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.operation.Reply;
import dev.sluice.backend.engine.tables.DeferredDeletes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the engine needs of a store; {@code CONTRIBUTING.md}. Its calls throw {@link
 * dev.sluice.backend.BackendUnavailableException} where the store doesn't answer.
 */
public interface Store {

  /**
   * Runs an operation on an org's state, in one atomic step: a new state where there is none, and
   * {@link dev.sluice.backend.engine.write.WriteStep#changes} kept. Returns once all that the
   * operation saw is as durable as this store promises.
   *
   * @param loaded records of ended sessions that an earlier try was found to need
   */
  Reply carryOut(String org, Operation<?> operation, List<OrgCall.Loaded> loaded);

  /** The map of a table other than {@link StoreTable#STATES}; always the same one. */
  ByteMap map(StoreTable table);

  /** The store's time, epoch ms; that of the environment where it gives one. */
  long now();

  /** How many calls may have been carried out although no answer came. */
  long lostAnswers();

  /** The calls under way, of all backends on this store in this process. */
  DeferredDeletes readers();

  /** Subscriptions to hints. */
  Hints hints();

  /** Tells all subscribers on all nodes. What was changed is changed, also where this fails. */
  void tell(List<Hint> hints);

  /** The health of the store itself; the engine adds its own warnings. */
  StoreHealth health();

  /**
   * Keeps the secret that signs runtime tokens in a place of its own.
   *
   * @return the secret that counts; null if the store has no such place, and the engine keeps it in
   *     {@link StoreTable#REGISTRY}
   */
  default @Nullable String signingSecret(String candidate) {
    return null;
  }
}
