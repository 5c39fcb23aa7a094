package dev.sluice.service.metrics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;
import java.util.List;

/** Counts at this node only. */
public final class LateReports {

  private static final Duration LATELY = Duration.ofMinutes(3);

  private final Cache<Key, Boolean> heard =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(LATELY).build();
  private final Counter counter;

  LateReports(Counter counter) {
    this.counter = counter;
  }

  private record Key(String org, String sessionId) {}

  /** Begins the series of an org. */
  void show(String org) {
    counter.initLabelValues(org);
  }

  void look(String org, Session session) {
    if (session.place() == Place.ENDED
        && session.state() == SessionState.STOPPED
        && session.lastSignMs() > session.updatedAtMs()) {
      counter.labelValues(org).inc();
      heard.put(new Key(org, session.id()), true);
    }
  }

  public List<String> of(String org, int most) {
    return heard.asMap().keySet().stream()
        .filter(key -> key.org().equals(org))
        .map(Key::sessionId)
        .sorted()
        .limit(most)
        .toList();
  }
}
