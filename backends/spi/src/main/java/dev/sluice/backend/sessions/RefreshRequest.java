package dev.sluice.backend.sessions;

import dev.sluice.backend.Dialect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lock-refresh.
 *
 * @param injects true if the worker takes messages by lock-refresh; it is {@link Dialect#GO_DAEMON}
 *     from then on
 * @param ackedMessage a message of the session to acknowledge
 * @param undeliverable messages of the session that are not offered again; unknown ones and stops
 *     are ignored
 */
public record RefreshRequest(
    boolean injects, @Nullable String ackedMessage, List<Undeliverable> undeliverable) {

  /** Asks for ownership only. */
  public static final RefreshRequest PLAIN = new RefreshRequest(false, null);

  public RefreshRequest {
    undeliverable = List.copyOf(undeliverable);
  }

  public RefreshRequest(boolean injects, @Nullable String ackedMessage) {
    this(injects, ackedMessage, List.of());
  }
}
