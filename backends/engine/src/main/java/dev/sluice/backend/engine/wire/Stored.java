package dev.sluice.backend.engine.wire;

import dev.sluice.backend.Hint;
import dev.sluice.backend.keys.EndedTokens;
import dev.sluice.backend.keys.Key;
import java.util.List;
import java.util.Map;

/** Values of small maps that are nobody else's type. */
public final class Stored {

  private Stored() {}

  /** A list of names that grows slowly. */
  public record Names(List<String> names) {}

  /** The keys of a first start, by the hash of their secret. */
  public record FirstKeys(Map<String, Key> keysByHash) {}

  /**
   * Tokens that ended.
   *
   * @param notedAt by the clock of the node that noted it, epoch ms
   */
  public record Ended(EndedTokens tokens, long notedAt) {}

  /** Hints, as nodes send them to each other. */
  public record HintBatch(List<Hint> hints) {}
}
