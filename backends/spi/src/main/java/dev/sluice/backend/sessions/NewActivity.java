package dev.sluice.backend.sessions;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * @param type a name
 * @param body at most {@link #MAX_BODY_BYTES} bytes of UTF-8; not interpreted
 * @param toolName a name; see {@link ToolUse}
 * @param fields merged into the session, as {@link StatusReport#fields()}
 */
public record NewActivity(
    String type, String body, @Nullable String toolName, SortedMap<String, String> fields) {

  public static final int MAX_BODY_BYTES = 64 * 1024;

  public NewActivity {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  public NewActivity(String type, String body) {
    this(type, body, null, Collections.emptySortedMap());
  }
}
