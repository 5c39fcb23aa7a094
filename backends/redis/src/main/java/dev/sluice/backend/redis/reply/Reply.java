package dev.sluice.backend.redis.reply;

import dev.sluice.backend.Decided;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A script's reply: sequence number, status, and what the script's head says follows. */
public final class Reply {

  private static final int VALUES = 2;

  private final List<?> parts;

  /**
   * @param reply as Jedis gives it
   */
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

  /** The text at that place behind the status, from 0. */
  public String text(int index) {
    return text(parts.get(VALUES + index));
  }

  /** The number there. */
  public long number(int index) {
    return (Long) parts.get(VALUES + index);
  }

  /** Whether the number there is not 0. */
  public boolean flag(int index) {
    return number(index) != 0;
  }

  /** The list there. */
  public List<?> list(int index) {
    return (List<?>) parts.get(VALUES + index);
  }

  /** All values behind the status. */
  public List<?> all() {
    return parts.subList(VALUES, parts.size());
  }

  /** How many values stand behind the status. */
  public int size() {
    return parts.size() - VALUES;
  }

  public <T> Decided<T> decided(T value) {
    return new Decided<>(seq(), value);
  }

  /** A value of a reply as text. */
  public static String text(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(value);
  }

  public static List<String> texts(List<?> values) {
    List<String> texts = new ArrayList<>(values.size());
    values.forEach(value -> texts.add(text(value)));
    return texts;
  }

  /** A flat list of names and values; of a name that repeats, the last value counts. */
  public static Map<String, String> map(List<?> flat) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      map.put(text(flat.get(i)), text(flat.get(i + 1)));
    }
    return Collections.unmodifiableMap(map);
  }
}
