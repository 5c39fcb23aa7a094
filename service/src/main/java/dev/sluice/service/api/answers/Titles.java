package dev.sluice.service.api.answers;

import dev.sluice.backend.sessions.Session;
import org.jspecify.annotations.Nullable;

/** Which titles of work a caller is shown. */
public enum Titles {
  /** Workers need none. */
  NONE,
  /** Titles that producers gave. */
  GIVEN,
  /** Also those that are made from prompts. */
  ALL;

  @Nullable WorkTitle of(Session session) {
    return this == NONE ? null : WorkTitle.of(session, this == ALL);
  }
}
