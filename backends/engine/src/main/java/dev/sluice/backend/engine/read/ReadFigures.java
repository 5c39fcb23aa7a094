package dev.sluice.backend.engine.read;

import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.Figures;
import java.util.List;

public record ReadFigures(FigureDimension by, long fromMs, long toMs)
    implements ReadOperation<ReadFigures.Answer> {

  public record Answer(List<FigureBucket> buckets) {}

  @Override
  public Answer run(ReadStep step) {
    long first = Math.max(Figures.startOf(fromMs), Figures.oldestAt(step.now()));
    return new Answer(step.state().figures().list(by, first, toMs));
  }
}
