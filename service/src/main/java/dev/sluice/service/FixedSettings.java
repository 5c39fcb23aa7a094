package dev.sluice.service;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.util.Duration;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values that no operator needs to change. Earlier versions had settings for them. */
final class FixedSettings {

  static final Duration SWEEP = Duration.milliseconds(500);
  static final Duration REFRESH_GRACE = Duration.hours(24);
  static final int MAX_PARKED = 20_000;
  static final int MAX_FOLLOWED = 10_000;

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

  /** Former settings are ignored with their value, refused with others. */
  static final class Reader<T> extends YamlConfigurationFactory<T> {

    Reader(
        Class<T> type, @Nullable Validator validator, ObjectMapper mapper, String propertyPrefix) {
      super(
          type,
          validator,
          mapper.copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES),
          propertyPrefix);
    }

    @Override
    protected T build(JsonNode root, String path)
        throws IOException, io.dropwizard.configuration.ConfigurationException {
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
      return super.build(root, path);
    }

    @Override
    protected void addOverride(JsonNode root, String name, String value) {
      String fixed = FORMER.get(name);
      if (fixed == null) {
        super.addOverride(root, name, value);
      } else {
        require(name, fixed, value);
      }
    }
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
