package dev.sluice.backend.redis.reply;

import dev.sluice.backend.Decided;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sequence number, status, and the values that the script's head names. */
public final class Reply {

  private static final int VALUES = 2;

  private final List<?> parts;

  public Reply(Object reply) {
    parts = (List<?>) reply;
  }

  public long seq() {
    return Long.parseLong(text(parts.get(0)));
  }

  /** {@code OK}, or the name of a refusal. */
  public String status() {
    return text(parts.get(1));
  }

  /** Indexes count from 0 after the status. */
  public String text(int index) {
    return text(parts.get(VALUES + index));
  }

  public long number(int index) {
    return (Long) parts.get(VALUES + index);
  }

  /** True if the number is not 0. */
  public boolean flag(int index) {
    return number(index) != 0;
  }

  public List<?> list(int index) {
    return (List<?>) parts.get(VALUES + index);
  }

  public List<?> all() {
    return parts.subList(VALUES, parts.size());
  }

  public int size() {
    return parts.size() - VALUES;
  }

  public <T> Decided<T> decided(T value) {
    return new Decided<>(seq(), value);
  }

  public static String text(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(value);
  }

  /** Returns none if it isn't a list. */
  public static List<String> texts(@Nullable Object values) {
    List<String> texts = new ArrayList<>();
    if (values instanceof List<?> all) {
      all.forEach(value -> texts.add(text(value)));
    }
    return texts;
  }

  /** Reads names and values in turn; the last value of a name counts. */
  public static Map<String, String> map(List<?> flat) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      map.put(text(flat.get(i)), text(flat.get(i + 1)));
    }
    return Collections.unmodifiableMap(map);
  }
}
