package dev.sluice.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.util.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Values that no operator needs to change. Earlier versions had settings for them. */
public final class FixedSettings {

  public static final Duration SWEEP = Duration.milliseconds(500);
  public static final Duration REFRESH_GRACE = Duration.hours(24);
  public static final int MAX_PARKED = 20_000;
  public static final int MAX_FOLLOWED = 10_000;
  public static final int MAX_EVENT_READERS = 10_000;
  public static final int MAX_EVENT_STREAMS = 2_000;
  public static final int MAX_EVENT_STREAMS_OF_ONE = 1_000;

  private static final Map<String, String> FORMER =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("polls.maxParked", "20000"),
              Map.entry("polls.maxFollowed", "10000"),
              Map.entry("timing.acceptGoDaemon", "15m"),
              Map.entry("timing.nackBackoff", "30s"),
              Map.entry("timing.sweep", "500ms"),
              Map.entry("timing.refreshGrace", "24h"),
              Map.entry("limits.maxIdempotencyKeys", "1000000"),
              Map.entry("limits.maxOffers", "5"),
              Map.entry("limits.longestQuarantine", "1h"),
              Map.entry("retention.inboxArchive", "7d"),
              Map.entry("retention.activities", "200"),
              Map.entry("retention.timeline", "100"),
              Map.entry("retention.maxAudit", "100000"),
              Map.entry("retention.idempotency", "24h")));

  private FixedSettings() {}

  /** Removes former settings with their value, and refuses others. */
  static void removeFormer(JsonNode root) {
    FORMER.forEach(
        (name, value) -> {
          String[] key = name.split("\\.", 2);
          if (root.get(key[0]) instanceof ObjectNode block && block.has(key[1])) {
            require(name, value, block.remove(key[1]).asText());
          }
        });
    if (root instanceof ObjectNode all && all.path("polls").isEmpty()) {
      all.remove("polls");
    }
  }

  /** Returns true if it is a former setting, which must have its value. */
  static boolean isFormer(String name, String configured) {
    String fixed = FORMER.get(name);
    if (fixed != null) {
      require(name, fixed, configured);
    }
    return fixed != null;
  }

  private static void require(String name, String value, String configured) {
    if (!Objects.equals(normal(value), normal(configured))) {
      throw new IllegalArgumentException(
          name + " is no longer a setting, its value is " + value + "; remove it");
    }
  }

  private static Object normal(String text) {
    try {
      return text.matches("\\d+") ? text : Duration.parse(text).toMilliseconds();
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
