package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.SweepResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers about an org as a whole, protocol 4.13. */
public final class OrgAnswers {

  private OrgAnswers() {}

  /**
   * The projects of an org.
   *
   * @param nextCursor asks for those that follow; absent at the end
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Config(List<String> projects, @Nullable String nextCursor) {}

  /**
   * What a sweep did.
   *
   * @param checked all that was due and was handled
   * @param orphaned claims taken back from workers that were silent, or that never accepted them
   * @param requeued those of them that left their worker, which is all: the claim is in no state
   *     between
   * @param failed what was due and could not be handled; a sweep handles all or nothing
   * @param details the same by kind, kinds of nothing left out
   * @param worktreePathsToCleanup of this machine: none, since agents run on others
   * @param more whether more is due, and the call is to be made again
   */
  public record Cleanup(
      boolean success,
      int checked,
      int orphaned,
      int requeued,
      int failed,
      List<Part> details,
      List<String> worktreePathsToCleanup,
      boolean more) {

    public static Cleanup of(SweepResult result) {
      int orphaned = result.leasesLost() + result.acceptsMissed();
      List<Part> parts = new ArrayList<>();
      add(parts, "lease-lost", result.leasesLost());
      add(parts, "accept-missed", result.acceptsMissed());
      add(parts, "stop-released", result.released());
      add(parts, "due", result.due());
      add(parts, "pruned", result.pruned());
      return new Cleanup(
          true,
          orphaned + result.released() + result.due() + result.pruned(),
          orphaned,
          orphaned,
          0,
          List.copyOf(parts),
          List.of(),
          result.more());
    }

    private static void add(List<Part> parts, String kind, int count) {
      if (count > 0) {
        parts.add(new Part(kind, count));
      }
    }
  }

  /**
   * The time of an org after it was set.
   *
   * @param was stored before, epoch ms
   * @param now the store's clock, epoch ms
   */
  public record Time(long was, long now) {

    public static Time of(StoredTime time) {
      return new Time(time.wasMs(), time.nowMs());
    }
  }

  /** How many of a kind. */
  public record Part(String kind, int count) {}
}
