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
 */
public record StatusReport(
    SessionState target,
    SortedMap<String, String> fields,
    long costMicroUsd,
    @Nullable Attempt attempt) {

  public StatusReport {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  public StatusReport(SessionState target, SortedMap<String, String> fields, long costMicroUsd) {
    this(target, fields, costMicroUsd, null);
  }
}
