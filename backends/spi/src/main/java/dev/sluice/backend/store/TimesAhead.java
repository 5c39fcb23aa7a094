package dev.sluice.backend.store;

import dev.sluice.backend.StoredTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Orgs whose stored time deserves a {@link StoredTime#warning}, as of a node's last sweep. */
public final class TimesAhead {

  private final Map<String, Long> aheadMs = new ConcurrentHashMap<>();

  public void note(String org, long ms) {
    if (StoredTime.warning(org, ms) == null) {
      aheadMs.remove(org);
    } else {
      aheadMs.put(org, ms);
    }
  }

  /** Returns ms by org. */
  public Map<String, Long> all() {
    return new TreeMap<>(aheadMs);
  }

  public List<String> warnings() {
    return all().entrySet().stream()
        .map(org -> String.valueOf(StoredTime.warning(org.getKey(), org.getValue())))
        .toList();
  }
}
