package dev.sluice.service.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The journal's files and the room on their disk; nothing without a data directory. */
final class DataFiles implements MultiCollector {

  /** The journal, its log and its copies begin with it. */
  private static final String BEGIN = "sluice.";

  private static final int MOST_FILES = 20;

  private final Path directory;

  DataFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public MetricSnapshots collect() {
    GaugeSnapshot.Builder free =
        gauge("sluice_data_free_bytes", "Room on the disk of the data directory");
    GaugeSnapshot.Builder sizes = gauge("sluice_journal_bytes", "Size of the journal by file");
    if (Files.isDirectory(directory)) {
      try {
        add(free, Files.getFileStore(directory).getUsableSpace(), Labels.EMPTY);
        sizes().forEach((name, bytes) -> add(sizes, bytes, Labels.of("file", name)));
      } catch (IOException e) {
        // what can't be read isn't shown
      }
    }
    return MetricSnapshots.of(free.build(), sizes.build());
  }

  private Map<String, Long> sizes() throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(BEGIN) && sizes.size() < MOST_FILES) {
          sizes.put(name, file.toFile().length()); // 0 for one that is gone
        }
      }
    }
    return sizes;
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  private static void add(GaugeSnapshot.Builder gauge, double value, Labels labels) {
    gauge.dataPoint(GaugeDataPointSnapshot.builder().value(value).labels(labels).build());
  }
}
