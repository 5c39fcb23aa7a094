package dev.sluice.service.metrics.calls;

import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.Figures;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;
import java.util.List;

final class MeteredFigures implements Figures {

  private final Figures next;
  private final StoreTimes times;

  MeteredFigures(Figures next, StoreTimes times) {
    this.next = next;
    this.times = times;
  }

  @Override
  public List<FigureBucket> read(String org, FigureDimension by, long fromMs, long toMs) {
    return times.call(StoreCall.FIGURES_READ, () -> next.read(org, by, fromMs, toMs));
  }
}
