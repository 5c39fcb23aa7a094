package dev.sluice.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** The end of a session, as its handler tells it. */
public final class Outcome {

  private final Map<String, Object> report = new LinkedHashMap<>();

  private Outcome(String status, String member, String text) {
    report.put("status", status);
    report.put(member, text);
  }

  public static Outcome completed(String summary) {
    return new Outcome("completed", "summary", summary);
  }

  public static Outcome failed(String error) {
    return new Outcome("failed", "error", error);
  }

  /** Adds a member of the report, such as {@code totalCostUsd}. */
  public Outcome with(String member, Object value) {
    report.put(member, value);
    return this;
  }

  Map<String, Object> report() {
    return report;
  }
}
