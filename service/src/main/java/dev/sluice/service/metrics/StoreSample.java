package dev.sluice.service.metrics;

import dev.sluice.backend.store.QueueBackend;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The store itself, at a scrape.
 *
 * @param nodes live ones
 * @param storedBytes by org
 * @param maxBytes 0 for no limit
 * @param exportedMs end of the last whole export by org, epoch ms; without those that have none
 */
record StoreSample(
    int nodes,
    int warnings,
    Map<String, Long> storedBytes,
    long maxBytes,
    Map<String, Long> exportedMs) {

  static StoreSample of(
      QueueBackend backend, List<String> warnings, Iterable<String> orgs, LastExports exports) {
    Map<String, Long> stored = new TreeMap<>();
    Map<String, Long> exported = new TreeMap<>();
    for (String org : orgs) {
      stored.put(org, backend.work().storedBytes(org));
      long atMs = exports.of(org);
      if (atMs > 0) {
        exported.put(org, atMs);
      }
    }
    return new StoreSample(
        backend.upkeep().nodes().nodes().size(),
        warnings.size(),
        stored,
        backend.upkeep().bounds().maxBytes(),
        exported);
  }
}
