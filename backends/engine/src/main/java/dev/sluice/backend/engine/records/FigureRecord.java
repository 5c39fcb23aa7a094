package dev.sluice.backend.engine.records;

import dev.sluice.backend.figures.FigureSeries;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A stored bucket. Times are epoch ms.
 *
 * @param writtenAtMs when this record was made
 * @param gaugedAtMs of the last look at waiting work; 0 for none
 * @param modelProjects the project that has each model; empty once the bucket is over, since no
 *     name gives way then
 * @param hostProjects likewise of hosts
 * @param causeProjects likewise of causes
 */
public record FigureRecord(
    long startMs,
    long writtenAtMs,
    long gaugedAtMs,
    List<FigureSeries> projects,
    List<FigureSeries> models,
    List<FigureSeries> hosts,
    SortedMap<String, String> modelProjects,
    SortedMap<String, String> hostProjects,
    List<FigureSeries> causes,
    SortedMap<String, String> causeProjects) {

  public FigureRecord {
    projects = List.copyOf(projects);
    models = List.copyOf(models);
    hosts = List.copyOf(hosts);
    modelProjects = Collections.unmodifiableSortedMap(new TreeMap<>(modelProjects));
    hostProjects = Collections.unmodifiableSortedMap(new TreeMap<>(hostProjects));
    causes = List.copyOf(causes);
    causeProjects = Collections.unmodifiableSortedMap(new TreeMap<>(causeProjects));
  }
}
