package dev.sluice.admin.queues;

import dev.sluice.admin.sessions.SessionRow;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.ListViews;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queue of a project.
 *
 * @param row it as in the table of queues
 * @param acts what may be done to it
 * @param limits what it may use, in words
 * @param tabs its places
 * @param waiting waiting work; null on the other tabs
 * @param table claimed or dead sessions; null on the other tabs
 * @param note what this list is and leaves out
 * @param claimed whether a worker holds those listed
 * @param steers whether each row has its acts
 * @param charts how it went over time
 */
public record QueueView(
    QueueRow row,
    List<ActButton> acts,
    String limits,
    List<ListViews.Tab> tabs,
    @Nullable Rows<WaitingRow> waiting,
    @Nullable Rows<SessionRow> table,
    String note,
    boolean claimed,
    boolean steers,
    Pager pager,
    String charts) {

  /** Whether the list is empty. */
  public boolean empty() {
    return (waiting == null || !waiting.any()) && (table == null || !table.any());
  }
}
