package dev.sluice.service.resources;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.service.api.items.TraceParent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The trace context of a call that enqueues. As W3C Trace Context asks, a wrong header is ignored.
 */
public final class TraceHeaders {

  private static final int MOST_CHARACTERS = 512;

  private static final String MEMBER =
      "[ \\t]*[a-z0-9][a-z0-9_*/@-]{0,255}=[\\x20-\\x2b\\x2d-\\x3c\\x3e-\\x7e]{0,256}";

  private static final Pattern STATE =
      Pattern.compile(MEMBER + "(," + MEMBER + "){0,31}"); // lists without empty members

  private TraceHeaders() {}

  /**
   * Returns the members that the items of the call get if they have none: JSON by name.
   *
   * @param parents each {@code traceparent} of the call
   * @param states each {@code tracestate} of the call
   */
  public static Map<String, String> members(List<String> parents, List<String> states) {
    if (parents.size() != 1 || TraceParent.parse(parents.get(0)) == null) {
      return Map.of();
    }
    Map<String, String> members = new LinkedHashMap<>();
    members.put(TraceParent.NAME, json(parents.get(0)));
    String state = String.join(",", states);
    if (state.length() <= MOST_CHARACTERS && STATE.matcher(state).matches()) {
      members.put(TraceParent.STATE, json(state));
    }
    return members;
  }

  private static String json(String text) {
    return TextNode.valueOf(text).toString();
  }
}
