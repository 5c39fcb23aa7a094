package dev.sluice.backend.engine.figures;

import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The series of one dimension of a bucket. */
final class SeriesByName {

  private final Map<String, FigureSeries> named = new HashMap<>();
  private @Nullable FigureSeries rest;

  SeriesByName(List<FigureSeries> all) {
    all.forEach(this::keep);
  }

  /** Adds to the series of that name, or to the rest if there is no room for another. */
  void add(String name, FigureSeries more) {
    FigureSeries known = more.rest() ? null : named.get(name);
    if (more.rest() || known == null && named.size() >= Figures.MAX_SERIES) {
      known = rest == null ? FigureSeries.of("", true) : rest;
    } else if (known == null) {
      known = FigureSeries.of(name, false);
    }
    keep(known.and(more));
  }

  /** Forgets the last look at waiting work. */
  void clearGauges() {
    named.replaceAll((name, series) -> series.gauged(0, 0));
    rest = rest == null ? null : rest.gauged(0, 0);
  }

  private void keep(FigureSeries series) {
    if (series.rest()) {
      rest = series;
    } else {
      named.put(series.name(), series);
    }
  }

  List<FigureSeries> list() {
    List<FigureSeries> all = new ArrayList<>(named.values());
    if (rest != null) {
      all.add(rest);
    }
    all.sort(FigureSeries.ORDER);
    return all;
  }
}
