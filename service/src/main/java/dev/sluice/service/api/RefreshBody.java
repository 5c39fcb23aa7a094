package dev.sluice.service.api;

import dev.sluice.backend.Names;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.Undeliverable;
import dev.sluice.service.errors.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a lock-refresh. */
public final class RefreshBody {

  private static final String ACKED = "ackedInject";
  private static final String GONE = "deadLetteredInjects";
  private static final int MAX_GONE = 100;

  private RefreshBody() {}

  /**
   * What can't be the id of a message was never given out, and is ignored: refusing it would cost a
   * healthy session.
   */
  public static RefreshRequest read(JsonBody body) {
    @Nullable String acked = body.string(ACKED);
    return new RefreshRequest(
        body.has(ACKED) || body.has(GONE),
        acked != null && Names.problem(acked) == null ? acked : null,
        body.has(GONE) ? gone(body) : List.of());
  }

  private static List<Undeliverable> gone(JsonBody body) {
    List<Undeliverable> gone = new ArrayList<>();
    for (String entry : body.elements(GONE, 0, MAX_GONE)) {
      Undeliverable each = entry(entry);
      if (Names.problem(each.messageId()) == null) {
        gone.add(each);
      }
    }
    return gone;
  }

  private static Undeliverable entry(String json) {
    try {
      JsonBody entry =
          JsonBody.parse(json.startsWith("\"") ? "{\"deliveryId\":" + json + "}" : json);
      String id = entry.string("deliveryId");
      if (id != null) {
        return new Undeliverable(id, NackReason.of(entry.string("reason")));
      }
    } catch (ApiException e) {
      // answered below
    }
    throw ApiException.invalid(
        GONE, "must hold ids, or objects with a deliveryId and maybe a reason, both strings");
  }
}
