package dev.sluice.service.dispatch;

import dev.sluice.backend.sessions.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a follower of a session waits for.
 *
 * @param end true for its end alone; else any change of its state or place
 * @param known the state that the caller knows: another one is answered at once; null for any
 */
public record Until(boolean end, @Nullable SessionState known) {

  public static final Until END = new Until(true, null);

  public static Until change(@Nullable SessionState known) {
    return new Until(false, known);
  }
}
