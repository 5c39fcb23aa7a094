package dev.sluice.backend.engine.figures;

import dev.sluice.backend.engine.records.FigureRecord;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import dev.sluice.backend.figures.Figures;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A bucket in memory. */
final class Bucket {

  private final long startMs;
  private final SeriesByName projects;
  private final SeriesByName models;
  private final SeriesByName hosts;
  private final SeriesByName causes;
  private final long writtenAtMs;
  private long gaugedAtMs;
  private boolean unwritten;

  Bucket(long startMs) {
    this(
        new FigureRecord(
            startMs, 0, 0, List.of(), List.of(), List.of(), none(), none(), List.of(), none()));
  }

  Bucket(FigureRecord record) {
    startMs = record.startMs();
    writtenAtMs = record.writtenAtMs();
    gaugedAtMs = record.gaugedAtMs();
    projects = new SeriesByName(record.projects(), Map.of());
    models = new SeriesByName(record.models(), record.modelProjects());
    hosts = new SeriesByName(record.hosts(), record.hostProjects());
    causes = new SeriesByName(record.causes(), record.causeProjects());
  }

  private static SortedMap<String, String> none() {
    return Collections.emptySortedMap();
  }

  void add(String project, String model, String host, FigureSeries more) {
    projects.add(project, project, more);
    models.add(project, model, more);
    hosts.add(project, host, more);
    unwritten = true;
  }

  void add(String project, String cause) {
    causes.add(project, cause, new FigureSeries("", false, 0, 0, 1, 0, 0, 0));
    unwritten = true;
  }

  void gauge(List<FigureSeries> waiting, long atMs) {
    projects.clearGauges();
    for (FigureSeries each : waiting) {
      if (each.rest()) {
        projects.addRest(each);
      } else {
        projects.add(each.name(), each.name(), each);
      }
    }
    gaugedAtMs = atMs;
    unwritten = true;
  }

  long gaugedAtMs() {
    return gaugedAtMs;
  }

  long writtenAtMs() {
    return writtenAtMs;
  }

  boolean unwritten() {
    return unwritten;
  }

  List<FigureSeries> series(FigureDimension by) {
    return switch (by) {
      case PROJECT -> projects.list();
      case MODEL -> models.list();
      case HOST -> hosts.list();
      case CAUSE -> causes.list();
    };
  }

  FigureRecord record(long nowMs) {
    boolean over = nowMs >= startMs + Figures.BUCKET_MS;
    return new FigureRecord(
        startMs,
        nowMs,
        gaugedAtMs,
        projects.list(),
        models.list(),
        hosts.list(),
        over ? none() : models.projects(),
        over ? none() : hosts.projects(),
        causes.list(),
        over ? none() : causes.projects());
  }
}
