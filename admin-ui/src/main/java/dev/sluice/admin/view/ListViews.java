package dev.sluice.admin.view;

import dev.sluice.admin.activity.AuditRow;
import dev.sluice.admin.queues.QueueRow;
import dev.sluice.admin.sessions.SessionRow;
import dev.sluice.admin.workers.WorkerRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class ListViews {

  private ListViews() {}

  public record Tab(String title, String link, @Nullable String count, boolean current) {}

  public record Queues(Rows<QueueRow> table, Pager pager) {

    public boolean full() {
      return true;
    }
  }

  public record Workers(
      List<ActButton> acts,
      List<Tab> tabs,
      Rows<WorkerRow> table,
      Pager pager,
      @Nullable String note) {}

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

  public record ByHealth(List<Tab> choices) {}

  public record Note(String words, @Nullable TimeText asOf) {}

  public record Activity(Rows<AuditRow> table, Pager pager) {}

  public record Keys(List<ActButton> acts, Rows<KeyRow> table) {}

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
