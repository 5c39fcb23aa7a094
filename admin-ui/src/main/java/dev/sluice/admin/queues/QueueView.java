package dev.sluice.admin.queues;

import dev.sluice.admin.sessions.SessionRow;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Tab;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param waiting null on other tabs
 * @param common reasons of all that wait on this page; null for none
 * @param table claimed or dead sessions; null on other tabs
 */
public record QueueView(
    QueueRow row,
    List<ActButton> acts,
    String limits,
    List<Tab> tabs,
    @Nullable Rows<WaitingRow> waiting,
    @Nullable String common,
    @Nullable Rows<SessionRow> table,
    String note,
    boolean claimed,
    boolean steers,
    Pager pager,
    String charts) {

  public boolean empty() {
    return (waiting == null || !waiting.any()) && (table == null || !table.any());
  }
}
