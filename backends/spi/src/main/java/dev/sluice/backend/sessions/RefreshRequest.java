package dev.sluice.backend.sessions;

import dev.sluice.backend.workers.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says with a lock-refresh, protocol 4.8 and 6.5.
 *
 * @param injects whether it takes messages by lock-refresh. Its record is {@link Dialect#GO_DAEMON}
 *     from then on
 * @param ackedMessage id of a message of this session that it acknowledges with it, or null
 */
public record RefreshRequest(boolean injects, @Nullable String ackedMessage) {

  /** A worker that only asks whether the session is still its own. */
  public static final RefreshRequest PLAIN = new RefreshRequest(false, null);
}
