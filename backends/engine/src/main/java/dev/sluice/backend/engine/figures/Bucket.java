package dev.sluice.backend.engine.figures;

import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.FigureSeries;
import java.util.List;

/** A bucket in memory. */
final class Bucket {

  private final long startMs;
  private final SeriesByName projects;
  private final SeriesByName models;
  private final SeriesByName hosts;
  private final long writtenAtMs;
  private long gaugedAtMs;
  private boolean unwritten;

  Bucket(long startMs) {
    this(new FigureRecord(startMs, 0, 0, List.of(), List.of(), List.of()));
  }

  Bucket(FigureRecord record) {
    startMs = record.startMs();
    writtenAtMs = record.writtenAtMs();
    gaugedAtMs = record.gaugedAtMs();
    projects = new SeriesByName(record.projects());
    models = new SeriesByName(record.models());
    hosts = new SeriesByName(record.hosts());
  }

  void add(String project, String model, String host, FigureSeries more) {
    projects.add(project, more);
    models.add(model, more);
    hosts.add(host, more);
    unwritten = true;
  }

  void gauge(List<FigureSeries> waiting, long atMs) {
    projects.clearGauges();
    waiting.forEach(each -> projects.add(each.name(), each));
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
    };
  }

  FigureRecord record(long nowMs) {
    return new FigureRecord(
        startMs, nowMs, gaugedAtMs, projects.list(), models.list(), hosts.list());
  }
}
