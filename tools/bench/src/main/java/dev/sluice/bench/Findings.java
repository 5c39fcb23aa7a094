package dev.sluice.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Keeps the number and the first 10 cases of each failed check. Thread-safe. */
final class Findings {

  enum Check {
    ENQUEUE("enqueue", "items refused at enqueue"),
    DOUBLED("doubled", "handed out more than once"),
    MISSING("missing", "enqueued and never handed out"),
    FOREIGN("foreign", "handed out but not of this measurement"),
    ORDER("order", "handed out before work that should have come first"),
    PRE_CLAIMED("preClaimed", "preClaimed or claimedSessionIds not what work says"),
    TOKENS("tokens", "tokens missing or not growing"),
    STATUS("status", "reports of a claimed session refused"),
    NO_SLOT("noSlot", "handed to a worker that had no slot when it asked");

    private final String key;
    private final String meaning;

    Check(String key, String meaning) {
      this.key = key;
      this.meaning = meaning;
    }

    String key() {
      return key;
    }

    String meaning() {
      return meaning;
    }
  }

  record Finding(Check check, long count, List<String> offenders) {}

  private static final int LISTED = 10;

  private final Map<Check, Long> counts = new EnumMap<>(Check.class);
  private final Map<Check, List<String>> offenders = new EnumMap<>(Check.class);

  synchronized void add(Check check, String offender) {
    counts.merge(check, 1L, Long::sum);
    List<String> listed = offenders.computeIfAbsent(check, any -> new ArrayList<>());
    if (listed.size() < LISTED) {
      listed.add(offender);
    }
  }

  synchronized long count(Check check) {
    return counts.getOrDefault(check, 0L);
  }

  synchronized List<Finding> failed() {
    return counts.entrySet().stream()
        .map(
            failed ->
                new Finding(
                    failed.getKey(),
                    failed.getValue(),
                    List.copyOf(offenders.getOrDefault(failed.getKey(), List.of()))))
        .toList();
  }
}
