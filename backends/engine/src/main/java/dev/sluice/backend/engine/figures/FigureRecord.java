package dev.sluice.backend.engine.figures;

import dev.sluice.backend.figures.FigureSeries;
import java.util.List;

/**
 * A stored bucket. Times are epoch ms.
 *
 * @param writtenAtMs when this record was made
 * @param gaugedAtMs of the last look at waiting work; 0 for none
 */
public record FigureRecord(
    long startMs,
    long writtenAtMs,
    long gaugedAtMs,
    List<FigureSeries> projects,
    List<FigureSeries> models,
    List<FigureSeries> hosts) {

  public FigureRecord {
    projects = List.copyOf(projects);
    models = List.copyOf(models);
    hosts = List.copyOf(hosts);
  }
}
