package dev.sluice.admin.charts;

import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Tab;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param fleet address of the charts of all queues
 * @param activity address of the audit
 * @param marked null without the store
 */
public record ChartsView(
    @Nullable Ref queue,
    String fleet,
    String activity,
    List<Tab> tabs,
    String source,
    String drawnAt,
    List<ChartView> charts,
    ChartMark.@Nullable Marks marked) {}
