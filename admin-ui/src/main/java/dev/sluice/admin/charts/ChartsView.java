package dev.sluice.admin.charts;

import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Tab;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record ChartsView(
    @Nullable Ref queue,
    String fleet,
    List<Tab> tabs,
    String source,
    String drawnAt,
    List<ChartView> charts,
    Rows<ChartMark> marked) {}
