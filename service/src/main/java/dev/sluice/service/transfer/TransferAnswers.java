package dev.sluice.service.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sluice.backend.queues.Closure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

public final class TransferAnswers {

  private TransferAnswers() {}

  /**
   * @param pieces taken so far
   * @param lines of the export so far
   * @param done true after its last line
   */
  public record Imported(int pieces, long lines, Map<String, Long> counts, boolean done) {

    public static Imported of(Imports.State state) {
      return new Imported(
          state.pieces(),
          state.export().lines(),
          new TreeMap<>(state.export().counts()),
          state.export().ended());
    }
  }

  public record Rehearsed(long records) {}

  /**
   * @param until epoch ms; absent for never
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Closed(
      boolean closed,
      @Nullable String id,
      @Nullable String purpose,
      @Nullable String reason,
      @Nullable Long since,
      @Nullable Long until,
      @Nullable String movedTo,
      @Nullable Imported imported) {

    public static final Closed NOT = new Closed(false, null, null, null, null, null, null, null);

    public static Closed of(Closure closure) {
      return new Closed(
          true,
          closure.id(),
          closure.purpose().wire(),
          closure.reason(),
          closure.sinceMs(),
          closure.untilMs() == 0 ? null : closure.untilMs(),
          closure.movedTo(),
          Imports.state(closure).map(Imported::of).orElse(null));
    }
  }

  /**
   * @param tokenKeys ids of the keys of tokens: the one that signs, then those of earlier secrets
   */
  public record Standing(@JsonUnwrapped Closed closure, List<String> tokenKeys) {}
}
