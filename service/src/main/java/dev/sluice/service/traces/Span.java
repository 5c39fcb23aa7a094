package dev.sluice.service.traces;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span that has ended. Ids are hex.
 *
 * @param parentId null for a root
 * @param linkedId a span of the same trace; null for none
 * @param attributes strings, {@link Long} and {@link Double}
 */
record Span(
    String traceId,
    String id,
    @Nullable String parentId,
    @Nullable String linkedId,
    String name,
    Kind kind,
    long startMs,
    long endMs,
    boolean failed,
    Map<String, Object> attributes) {

  enum Kind {
    INTERNAL,
    CLIENT,
    CONSUMER
  }

  Span {
    endMs = Math.max(startMs, endMs);
    attributes = Map.copyOf(attributes);
  }
}
