package dev.sluice.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.service.errors.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sessions that a worker lists: docs/protocol.md, "Held sessions". */
public final class HeldSessionsBody {

  private static final List<String> SPELLINGS =
      List.of("sessions", "held_sessions", "activeSessionIds");

  private static final List<String> IDS = List.of("sessionId", "session_id", "id");

  private HeldSessionsBody() {}

  /** Returns each once, in order; null if none of the spellings is there. */
  public static @Nullable List<String> read(JsonBody body) {
    for (String spelling : SPELLINGS) {
      if (body.has(spelling)) {
        return read(body, spelling);
      }
    }
    return null;
  }

  private static List<String> read(JsonBody body, String name) {
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode each : body.array(name, Heartbeat.MAX_HELD)) {
      ids.add(JsonBody.checkedName(name, id(name, each)));
    }
    return new ArrayList<>(ids);
  }

  private static String id(String name, JsonNode each) {
    if (each.isTextual()) {
      return each.textValue();
    }
    for (String member : IDS) {
      if (each.path(member).isTextual()) {
        return each.path(member).textValue();
      }
    }
    throw ApiException.invalid(
        name, "must be an array of session ids or of objects with a sessionId");
  }
}
