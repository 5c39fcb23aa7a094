package dev.sluice.service.events;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.service.api.items.Labels;
import dev.sluice.service.errors.Refusals;
import java.util.Map;
import java.util.Set;

/**
 * The labels of the work that events are about. They are in the items alone, so each session is
 * read once for all readers of this node that filter by labels.
 */
final class EventLabels {

  private static final int MAX_KNOWN = 10_000;

  private static final Set<Refusal> GONE = Set.of(Refusal.UNKNOWN_SESSION, Refusal.DAMAGED);

  private final Sessions sessions;
  private final Cache<Key, Map<String, String>> known =
      Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

  private record Key(String org, String session) {}

  EventLabels(Sessions sessions) {
    this.sessions = sessions;
  }

  /** False also if the session is no longer kept. May read the store. */
  boolean have(String org, LoggedEvent event, Map<String, String> wanted) {
    if (wanted.isEmpty()) {
      return true;
    }
    String session = event.sessionId();
    if (session == null) {
      return false;
    }
    Key key = new Key(org, session);
    if (event.type() == EventType.SESSION_ENQUEUED) {
      known.invalidate(key); // other work may have had the id before
    }
    return known.get(key, this::read).entrySet().containsAll(wanted.entrySet());
  }

  private Map<String, String> read(Key key) {
    return Refusals.except(
        GONE, () -> Labels.of(sessions.find(key.org, key.session).item()), gone -> Map.of());
  }
}
