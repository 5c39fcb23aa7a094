package dev.sluice.admin.charts;

import dev.sluice.admin.view.ListViews;
import dev.sluice.admin.view.Ref;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record ChartsView(
    @Nullable Ref queue,
    String fleet,
    List<ListViews.Tab> tabs,
    String step,
    String drawnAt,
    List<ChartView> charts) {}
