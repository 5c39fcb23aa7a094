package dev.sluice.backend;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The orgs whose stored time a node's last sweep found worth a {@link StoredTime#warning}. */
public final class TimesAhead {

  private final Map<String, Long> aheadMs = new ConcurrentHashMap<>();

  /** Notes what a sweep of an org found. */
  public void note(String org, long ms) {
    if (StoredTime.warning(org, ms) == null) {
      aheadMs.remove(org);
    } else {
      aheadMs.put(org, ms);
    }
  }

  /** How far each is ahead, by org. */
  public Map<String, Long> all() {
    return new TreeMap<>(aheadMs);
  }

  /** A warning for each. */
  public List<String> warnings() {
    return all().entrySet().stream()
        .map(org -> String.valueOf(StoredTime.warning(org.getKey(), org.getValue())))
        .toList();
  }
}
