package dev.sluice.backend;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A worker's report of a session's state, protocol 4.3.
 *
 * @param target a {@linkplain SessionState#reportable() reportable} state
 * @param fields what it said with it: field name to JSON value, which the store doesn't look into.
 *     Fields of earlier reports that this one doesn't name stay.
 */
public record StatusReport(SessionState target, SortedMap<String, String> fields) {

  public StatusReport {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }
}
