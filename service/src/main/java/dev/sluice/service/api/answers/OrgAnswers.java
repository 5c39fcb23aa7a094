package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.store.SweepResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class OrgAnswers {

  private OrgAnswers() {}

  /** Addresses of this server, without those of what is switched off. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Home(
      String name,
      @Nullable String admin,
      @Nullable String docs,
      @Nullable String openapi,
      @Nullable String asyncapi) {

    public static Home of(boolean docs, boolean dashboard) {
      return new Home(
          "Sluice",
          dashboard ? "/admin" : null,
          docs ? "/docs" : null,
          docs ? "/openapi.json" : null,
          docs ? "/asyncapi.json" : null);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Config(List<String> projects, @Nullable String nextCursor) {}

  /**
   * Each claim that expired is both {@code orphaned} and {@code requeued}. A sweep handles all or
   * nothing, so {@code failed} is 0; agents run on other machines, so no worktree is to be cleaned.
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

  /** Epoch ms. */
  public record Time(long was, long now) {

    public static Time of(StoredTime time) {
      return new Time(time.wasMs(), time.nowMs());
    }
  }

  public record Part(String kind, int count) {}
}
