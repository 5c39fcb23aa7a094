package dev.sluice.backend.sessions;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A status report.
 *
 * @param target a {@linkplain SessionState#reportable() reportable} state
 * @param fields name to JSON value, not interpreted; fields it doesn't name stay
 * @param costMicroUsd total so far, in millionths of a dollar; -1 if not reported
 * @param failure null if the worker told no cause, and for other states than {@link
 *     SessionState#FAILED}
 */
public record StatusReport(
    SessionState target,
    SortedMap<String, String> fields,
    long costMicroUsd,
    @Nullable Attempt attempt,
    @Nullable Failure failure) {

  public StatusReport {
    failure = target == SessionState.FAILED ? failure : null;
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  public StatusReport(SessionState target, SortedMap<String, String> fields, long costMicroUsd) {
    this(target, fields, costMicroUsd, null, null);
  }

  public StatusReport(
      SessionState target,
      SortedMap<String, String> fields,
      long costMicroUsd,
      @Nullable Attempt attempt) {
    this(target, fields, costMicroUsd, attempt, null);
  }

  public StatusReport failing(@Nullable Failure why) {
    return new StatusReport(target, fields, costMicroUsd, attempt, why);
  }
}
