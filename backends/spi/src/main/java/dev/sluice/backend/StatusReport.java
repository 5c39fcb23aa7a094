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
 * @param costMicroUsd what the session has cost so far, in millionths of a dollar; -1 where it
 *     doesn't say
 */
public record StatusReport(
    SessionState target, SortedMap<String, String> fields, long costMicroUsd) {

  public StatusReport {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }
}
