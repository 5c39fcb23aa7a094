package dev.sluice.service.transfer;

import dev.sluice.backend.Names;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.errors.ApiException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Closes an org for changes, before a move or for maintenance. */
public final class ClosureBody {

  private static final int MAX_SECONDS = 86_400;

  private ClosureBody() {}

  /** {@code seconds} is required unless {@code movedTo} tells where the org is now. */
  public static NewClosure read(JsonBody body) {
    String id = body.name("id");
    if (id == null) {
      throw ApiException.invalid("id", "is required");
    }
    String movedTo = movedTo(body.string("movedTo"));
    Long seconds =
        body.integer("must be a whole number from 1 to " + MAX_SECONDS, 1, MAX_SECONDS, "seconds");
    if (seconds == null && movedTo == null) {
      throw ApiException.invalid("seconds", "is required");
    }
    return new NewClosure(
        id,
        Closure.Purpose.MOVE,
        Reasons.of(body),
        seconds == null ? 0 : seconds * 1_000,
        movedTo,
        "");
  }

  private static @Nullable String movedTo(@Nullable String url) {
    if (url == null) {
      return null;
    }
    String problem = Names.problem(url);
    try {
      URI address = new URI(url);
      boolean web =
          "http".equalsIgnoreCase(address.getScheme())
              || "https".equalsIgnoreCase(address.getScheme());
      if (problem == null && web && address.getHost() != null && address.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw ApiException.invalid("movedTo", "must be the http(s) address of a server");
  }
}
