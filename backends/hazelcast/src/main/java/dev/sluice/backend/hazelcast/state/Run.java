package dev.sluice.backend.hazelcast.state;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The claim of a session: the present one, else what its latest one left behind. Times are epoch
 * ms; 0 means not yet.
 *
 * @param owner the worker that owns it, or owned it at its end; null while it waits
 * @param token token of the latest claim
 * @param acceptByMs deadline of a claim not yet accepted; 0 once it is
 * @param claimedAtMs the latest claim
 * @param startedAtMs first report of running in it
 * @param releaseByMs end of the grace of a stop; else 0
 * @param fields merged fields of the reports since the claim
 */
public record Run(
    @Nullable String owner,
    long token,
    long acceptByMs,
    long claimedAtMs,
    long startedAtMs,
    long releaseByMs,
    SortedMap<String, String> fields) {

  /** Of a session that was never claimed. */
  public static final Run NONE =
      new Run(null, 0, 0, 0, 0, 0, Collections.unmodifiableSortedMap(new TreeMap<>()));

  Run withoutOwner() {
    return new Run(null, token, 0, claimedAtMs, startedAtMs, 0, fields);
  }

  Run withDeadlines(long newAcceptByMs, long newReleaseByMs) {
    return new Run(owner, token, newAcceptByMs, claimedAtMs, startedAtMs, newReleaseByMs, fields);
  }

  Run startedAt(long nowMs) {
    return new Run(owner, token, acceptByMs, claimedAtMs, nowMs, releaseByMs, fields);
  }

  /** With the fields of a report; what it doesn't name stays. */
  Run with(SortedMap<String, String> reported) {
    if (reported.isEmpty()) {
      return this;
    }
    SortedMap<String, String> merged = reported;
    if (!fields.isEmpty()) {
      merged = new TreeMap<>(fields);
      merged.putAll(reported);
      merged = Collections.unmodifiableSortedMap(merged);
    }
    return new Run(owner, token, acceptByMs, claimedAtMs, startedAtMs, releaseByMs, merged);
  }
}
