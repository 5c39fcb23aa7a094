package dev.sluice.backend.engine.figures;

import dev.sluice.backend.Names;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The series of one dimension of a bucket. */
final class SeriesByName {

  /** By what is counted of a name, the least first; of equal ones the last name. */
  private static final Comparator<FigureSeries> BY_FIGURES =
      Comparator.comparingLong(
              (FigureSeries series) -> series.claims() + series.completed() + series.failed())
          .thenComparingLong(FigureSeries::costMicroUsd)
          .thenComparing((a, b) -> Names.compareBytes(b.name(), a.name()));

  private static final Comparator<Map.Entry<String, Integer>> MOST_NAMES_FIRST =
      Map.Entry.<String, Integer>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry::getKey, Names::compareBytes);

  private final Map<String, FigureSeries> named = new HashMap<>();
  private @Nullable FigureSeries rest;

  /** Names by the projects that have them; names of which the project is unknown are missing. */
  private final Map<String, String> projects = new HashMap<>();

  SeriesByName(List<FigureSeries> all, Map<String, String> projects) {
    all.forEach(this::keep);
    this.projects.putAll(projects);
  }

  /** Adds to the series of that name, or to the rest if the project has no room for another. */
  void add(String project, String name, FigureSeries more) {
    FigureSeries known = named.get(name);
    if (known == null && (named.size() < Figures.MAX_SERIES || makeRoom(project))) {
      known = FigureSeries.of(name, false);
      projects.put(name, project);
    }
    if (known == null) {
      addRest(more);
    } else {
      keep(known.and(more));
    }
  }

  void addRest(FigureSeries more) {
    keep((rest == null ? FigureSeries.of("", true) : rest).and(more));
  }

  /**
   * Moves the least name of the project with the most names to the rest. False if that has less
   * than two names more than this project.
   */
  private boolean makeRoom(String project) {
    Map<String, Integer> counts = new HashMap<>();
    projects.values().forEach(each -> counts.merge(each, 1, Integer::sum));
    Map.Entry<String, Integer> most = counts.entrySet().stream().min(MOST_NAMES_FIRST).orElse(null);
    if (most == null || most.getValue() < counts.getOrDefault(project, 0) + 2) {
      return false;
    }
    moveToRest(leastName(most.getKey()));
    return true;
  }

  private FigureSeries leastName(String project) {
    return projects.keySet().stream()
        .filter(name -> project.equals(projects.get(name)))
        .map(named::get)
        .min(BY_FIGURES)
        .orElseThrow();
  }

  private void moveToRest(FigureSeries series) {
    projects.remove(series.name());
    named.remove(series.name());
    addRest(series);
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

  SortedMap<String, String> projects() {
    return new TreeMap<>(projects);
  }
}
