package dev.sluice.backend.engine.wire;

import dev.sluice.backend.Hint;
import dev.sluice.backend.keys.EndedTokens;
import dev.sluice.backend.keys.Key;
import java.util.List;
import java.util.Map;

public final class Stored {

  private Stored() {}

  public record Names(List<String> names) {}

  public record FirstKeys(Map<String, Key> keysByHash) {}

  /**
   * @param notedAt clock of the storing node, epoch ms
   */
  public record Ended(EndedTokens tokens, long notedAt) {}

  public record HintBatch(List<Hint> hints) {}
}
