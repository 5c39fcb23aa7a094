package dev.sluice.admin.charts;

import dev.sluice.admin.view.ListViews;
import dev.sluice.admin.view.Ref;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of charts.
 *
 * @param queue of which queue; null for the fleet
 * @param fleet the address of the fleet's charts
 * @param tabs how far to look back
 * @param step from one point to the next, in words
 * @param drawnAt the moment of the page, in UTC
 */
public record ChartsView(
    @Nullable Ref queue,
    String fleet,
    List<ListViews.Tab> tabs,
    String step,
    String drawnAt,
    List<ChartView> charts) {}
