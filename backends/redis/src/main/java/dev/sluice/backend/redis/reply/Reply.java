package dev.sluice.backend.redis.reply;

import dev.sluice.backend.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sequence number, status, and the values that the script's head names. */
public final class Reply {

  private static final int VALUES = 2;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private static final Set<String> STATUSES =
      Stream.concat(Stream.of("OK"), Arrays.stream(Refusal.values()).map(Refusal::name))
          .collect(Collectors.toUnmodifiableSet());

  private final List<?> parts;
  private final Supplier<RuntimeException> unexpected;

  /**
   * @param unexpected the failure for a value that is missing or of another type, which no function
   *     of ours answers
   */
  public Reply(Object reply, Supplier<RuntimeException> unexpected) {
    parts = (List<?>) reply;
    this.unexpected = unexpected;
  }

  /** True if it has a sequence number and a status. */
  public static boolean isReply(Object answer) {
    return answer instanceof List<?> parts
        && parts.size() >= VALUES
        && NUMBER.matcher(text(parts.get(0))).matches()
        && STATUSES.contains(text(parts.get(1)));
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
    return text(value(index, Object.class));
  }

  public long number(int index) {
    return value(index, Long.class);
  }

  private <T> T value(int index, Class<T> type) {
    Object value = all().get(index);
    if (!type.isInstance(value)) {
      throw unexpected.get();
    }
    return type.cast(value);
  }

  /** True if the number is not 0. */
  public boolean flag(int index) {
    return number(index) != 0;
  }

  public List<?> list(int index) {
    return new Values(value(index, List.class));
  }

  public List<?> all() {
    return new Values(parts.subList(VALUES, parts.size()));
  }

  /** Part of the reply. */
  private final class Values extends AbstractList<Object> {

    private final List<?> values;

    private Values(List<?> values) {
      this.values = values;
    }

    @Override
    public Object get(int index) {
      Object value = index < values.size() ? values.get(index) : null;
      if (value == null) {
        throw unexpected.get();
      }
      return value;
    }

    @Override
    public int size() {
      return values.size();
    }
  }

  public int size() {
    return parts.size() - VALUES;
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
