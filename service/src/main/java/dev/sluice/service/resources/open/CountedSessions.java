package dev.sluice.service.resources.open;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.Place;
import dev.sluice.service.auth.Caller;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sessions that figures cover, without items: bounded, and only those the caller sees. */
final class CountedSessions {

  private static final int MAX_READS = 10;

  private final Sessions sessions;

  CountedSessions(Sessions sessions) {
    this.sessions = sessions;
  }

  /** {@code more} is true if older ones exist. */
  record Ended(List<Session> sessions, boolean more) {}

  /** The latest {@value Page#MAX} of the org. */
  Ended ended(Caller caller) {
    Page<Session> page = sessions.rows(caller.org(), null, Place.ENDED, null, Page.MAX);
    return new Ended(page.items().stream().filter(caller::sees).toList(), page.next() != null);
  }

  /** Up to {@value #MAX_READS} pages, the longest claimed of a project first. */
  List<Session> claimed(Caller caller) {
    List<Session> claimed = new ArrayList<>();
    int reads = 0;
    for (@Nullable String project :
        caller.bound()
            ? caller.projects().names()
            : Collections.<@Nullable String>singletonList(null)) {
      @Nullable Cursor cursor = null;
      do {
        if (reads++ == MAX_READS) {
          return claimed;
        }
        Page<Session> page = sessions.rows(caller.org(), project, Place.CLAIMED, cursor, Page.MAX);
        claimed.addAll(page.items());
        cursor = page.next();
      } while (cursor != null);
    }
    return claimed;
  }
}
