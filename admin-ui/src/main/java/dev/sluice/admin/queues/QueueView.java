package dev.sluice.admin.queues;

import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Tab;
import dev.sluice.admin.work.WorkList;
import java.util.List;

public record QueueView(
    QueueRow row,
    ActButton.Menu acts,
    String limits,
    List<Tab> tabs,
    WorkList list,
    String charts) {}
