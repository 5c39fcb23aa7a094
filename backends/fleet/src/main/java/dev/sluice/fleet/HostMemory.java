package dev.sluice.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.workers.Worker;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers on which hosts workers were, since the work that they did names them by id. */
final class HostMemory {

  /** Workers of an org that are gone. */
  static final int MOST_GONE = 10_000;

  /** Workers of all orgs. */
  private static final int MOST_ALL = 200_000;

  private final Cache<String, Map<String, String>> orgs =
      Caffeine.newBuilder()
          .maximumWeight(MOST_ALL)
          .weigher((String org, Map<String, String> hosts) -> 1 + hosts.size())
          .build();

  /**
   * Returns the hosts of workers by id, also of those seen before. One caller an org at a time.
   *
   * @param workers all of the org
   */
  Map<String, String> with(String org, List<Worker> workers) {
    Map<String, String> before = orgs.get(org, name -> Map.of());
    Map<String, String> now = new LinkedHashMap<>();
    for (Worker worker : workers) {
      now.put(worker.registration().workerId(), worker.registration().hostname());
    }
    if (before.entrySet().containsAll(now.entrySet())) {
      return before;
    }
    Map<String, String> all = new LinkedHashMap<>(before);
    all.keySet().removeAll(now.keySet());
    Iterator<String> oldest = all.keySet().iterator();
    for (int tooMany = all.size() - MOST_GONE; tooMany > 0; tooMany--) {
      oldest.next();
      oldest.remove();
    }
    all.putAll(now);
    Map<String, String> kept = Collections.unmodifiableMap(all);
    orgs.put(org, kept);
    return kept;
  }
}
