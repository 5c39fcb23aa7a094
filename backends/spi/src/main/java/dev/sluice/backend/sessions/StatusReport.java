package dev.sluice.backend.sessions;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A worker's report of a session's state, protocol 4.3.
 *
 * @param target a {@linkplain SessionState#reportable() reportable} state
 * @param fields what it said with it: field name to JSON value, which the store doesn't look into.
 *     Fields of earlier reports that this one doesn't name stay.
 * @param costMicroUsd what the session has cost so far, in millionths of a dollar; -1 where it
 *     doesn't say
 * @param attempt its idempotency key, or null
 */
public record StatusReport(
    SessionState target,
    SortedMap<String, String> fields,
    long costMicroUsd,
    @Nullable Attempt attempt) {

  public StatusReport {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /** A report without a key of its own. */
  public StatusReport(SessionState target, SortedMap<String, String> fields, long costMicroUsd) {
    this(target, fields, costMicroUsd, null);
  }
}
