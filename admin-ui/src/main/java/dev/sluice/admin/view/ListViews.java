package dev.sluice.admin.view;

import dev.sluice.admin.activity.AuditRow;
import dev.sluice.admin.queues.QueueRow;
import dev.sluice.admin.sessions.SessionRow;
import dev.sluice.admin.workers.WorkerRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages that are one list. */
public final class ListViews {

  private ListViews() {}

  /**
   * A choice of what a list shows.
   *
   * @param count how many there are, or null
   */
  public record Tab(String title, String link, @Nullable String count, boolean current) {}

  /** All queues. */
  public record Queues(Rows<QueueRow> table, Pager pager) {

    /** Whether to show all that is known of each. */
    public boolean full() {
      return true;
    }
  }

  /**
   * All workers, or those in one state.
   *
   * @param acts what may be done
   * @param note what the list leaves out, or null
   */
  public record Workers(
      List<ActButton> acts,
      List<Tab> tabs,
      Rows<WorkerRow> table,
      Pager pager,
      @Nullable String note) {}

  /**
   * Sessions in one place, or claimed ones that fare alike.
   *
   * @param byHealth the choice of how they fare; null where none is claimed
   * @param note what the list is and leaves out; null for all
   * @param search what was searched for and not found; null when nothing was
   * @param claimed whether a worker holds those listed
   */
  public record Sessions(
      List<Tab> tabs,
      @Nullable ByHealth byHealth,
      @Nullable Note note,
      Rows<SessionRow> table,
      Pager pager,
      String searchAction,
      @Nullable String search,
      @Nullable String org,
      boolean claimed) {}

  /** How claimed sessions fare. */
  public record ByHealth(List<Tab> choices) {}

  /**
   * What a list is.
   *
   * @param asOf when it was made; null for now
   */
  public record Note(String words, @Nullable TimeText asOf) {}

  /** Acts of operators. */
  public record Activity(Rows<AuditRow> table, Pager pager) {}

  /** Keys of the org. */
  public record Keys(List<ActButton> acts, Rows<KeyRow> table) {}

  /**
   * A key; never its secret.
   *
   * @param created null if it isn't known
   * @param mintedBy null if the configuration gave it
   * @param expires null for never
   * @param lastUsed null for never
   */
  public record KeyRow(
      Ref id,
      String name,
      String type,
      String scopes,
      String projects,
      @Nullable TimeText created,
      @Nullable ActorText mintedBy,
      @Nullable TimeText expires,
      @Nullable TimeText lastUsed,
      ActButton revoke) {}
}
