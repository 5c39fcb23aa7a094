package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.records.CallId;
import dev.sluice.backend.engine.records.FinalRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param rules of the calling node
 * @param clockMs the caller's time, epoch ms, or {@link #STORE_TIME}
 * @param loaded final records that an earlier try needed
 * @param id null if it never comes again
 */
public record OrgCall(
    Operation<?> operation, Rules rules, long clockMs, List<Loaded> loaded, @Nullable CallId id) {

  /** The time of the store that runs the operation. */
  public static final long STORE_TIME = -1;

  /**
   * @param record null if missing or unreadable
   */
  public record Loaded(String sessionId, long name, @Nullable FinalRecord record) {}
}
