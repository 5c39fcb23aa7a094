package dev.sluice.backend.sessions;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something a worker tells of its session.
 *
 * @param type what kind of thing, a name
 * @param body what it said, which the store doesn't look into; at most {@link #MAX_BODY_BYTES}
 *     bytes of UTF-8
 * @param toolName the tool it tells of, a name, or null; see {@link ToolUse}
 * @param fields what the session's record keeps of it, as with {@link StatusReport#fields()}
 */
public record NewActivity(
    String type, String body, @Nullable String toolName, SortedMap<String, String> fields) {

  /** Most bytes of a body. */
  public static final int MAX_BODY_BYTES = 64 * 1024;

  public NewActivity {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /** One that tells of no tool and leaves nothing on the record. */
  public NewActivity(String type, String body) {
    this(type, body, null, Collections.emptySortedMap());
  }
}
