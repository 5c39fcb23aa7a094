package dev.sluice.service.api;

import dev.sluice.service.errors.ApiException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A batch of work, which is stored nowhere: its id ends in the number of its items, and its
 * sessions are named after it and their place in it, from 0.
 */
public record WorkBatch(String id, int items) {

  /** The query parameter that filters by a batch. */
  public static final String PARAMETER = "batch";

  public static final int MAX_ITEMS = 10_000;

  private static final Pattern ID = Pattern.compile("wb_[0-9a-f]{24}-([1-9][0-9]{0,4})");

  private static final Pattern SESSION = Pattern.compile(ID.pattern() + "\\.[0-9]+");

  /** {@code name} is 24 hex digits. */
  public static WorkBatch of(String name, int items) {
    return new WorkBatch("wb_" + name + "-" + items, items);
  }

  /** Reads the batch that work must be of. */
  public static @Nullable WorkBatch wanted(@Nullable String id) {
    if (id == null) {
      return null;
    }
    WorkBatch batch = parse(id);
    if (batch == null) {
      throw ApiException.invalid(PARAMETER, "must be the id of a batch");
    }
    return batch;
  }

  /** Returns null for what is no id of a batch. */
  public static @Nullable WorkBatch parse(String id) {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches()) {
      return null;
    }
    int items = Integer.parseInt(matcher.group(1));
    return items > MAX_ITEMS ? null : new WorkBatch(id, items);
  }

  /** True for what may be the id of a session of a batch. */
  public static boolean hasSession(String id) {
    return SESSION.matcher(id).matches();
  }

  /** True for the id of one of its sessions. */
  public boolean has(String session) {
    return session.startsWith(id + ".") && hasSession(session);
  }

  public String session(int item) {
    return id + "." + item;
  }

  /** Returns the place of one of its sessions. */
  public int item(String session) {
    return Integer.parseInt(session.substring(id.length() + 1));
  }

  /** Up to {@code most} sessions, from an item on. */
  public List<String> sessions(int from, int most) {
    return IntStream.range(from, Math.min(items, from + most)).mapToObj(this::session).toList();
  }
}
