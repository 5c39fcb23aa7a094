package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.records.FinalRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation on its way to the org's state.
 *
 * @param rules the caller's; time-outs and limits are those of the node that was asked
 * @param clockMs the caller's time, epoch ms, or {@link #STORE_TIME}
 * @param loaded records outside the state that the operation was found to need
 */
public record OrgCall(Operation<?> operation, Rules rules, long clockMs, List<Loaded> loaded) {

  /** Stands for the time of the store that carries the operation out. */
  public static final long STORE_TIME = -1;

  /**
   * A record of an ended session, fetched from the map of records.
   *
   * @param name its name there
   * @param record null if it is missing or can't be read
   */
  public record Loaded(String sessionId, long name, @Nullable FinalRecord record) {}
}
