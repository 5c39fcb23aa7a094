package dev.sluice.service.auth.secrets;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.EndedTokens;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ended tokens. The store keeps them; each node reads new ones every {@value #PULL_MS} ms, so
 * verification needs no call to the store.
 */
public final class TokenEnds implements Managed {

  private static final Logger LOG = LoggerFactory.getLogger(TokenEnds.class);
  private static final long PULL_MS = 2_000;

  private final Credentials credentials;
  private final Clock clock;
  private final Map<String, EndedTokens> known = new ConcurrentHashMap<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sluice-token-ends");
            thread.setDaemon(true);
            return thread;
          });
  private long next;

  public TokenEnds(Credentials credentials, Clock clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public void start() {
    tick();
    executor.scheduleWithFixedDelay(this::tick, PULL_MS, PULL_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    executor.shutdownNow();
  }

  public boolean ended(String subject, long issuedAtMs) {
    EndedTokens ended = known.get(subject);
    return ended != null
        && issuedAtMs <= (clock.millis() < ended.from() ? ended.goneUntil() : ended.issuedUntil());
  }

  /** Returns an issue time for a new token that no recorded end covers: now or slightly later. */
  public long issueTime(String subject) {
    EndedTokens ended = known.get(subject);
    return ended == null ? clock.millis() : Math.max(clock.millis(), ended.issuedUntil() + 1);
  }

  /**
   * Ends tokens issued up to a time, after an overlap: on this node at once, on others within 5 s.
   * {@code longest} is the longest remaining lifetime of such a token.
   */
  public void end(String subject, long issuedUntilMs, Duration overlap, Duration longest) {
    long now = clock.millis();
    EndedTokens before = known.get(subject);
    long gone =
        before == null ? 0 : now < before.from() ? before.goneUntil() : before.issuedUntil();
    EndedTokens ended =
        new EndedTokens(
            subject,
            gone,
            issuedUntilMs,
            now + overlap.toMillis(),
            now + longest.toMillis() + 1_000);
    credentials.endTokens(ended, now);
    known.put(subject, ended);
  }

  /** Goes on after every failure: the timer drops a task that throws. */
  void tick() {
    try {
      pull();
    } catch (BackendUnavailableException e) {
      LOG.debug("Ended tokens are read later: {}", e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("Can't read ended tokens; the next read tries again", e);
    }
  }

  synchronized void pull() {
    long now = clock.millis();
    EndedTokens.Page page;
    do {
      page = credentials.endedTokens(next, now);
      page.ended().forEach(ended -> known.merge(ended.subject(), ended, TokenEnds::later));
      next = page.next();
    } while (page.more());
    known.values().removeIf(ended -> ended.until() <= now);
  }

  private static EndedTokens later(EndedTokens a, EndedTokens b) {
    return a.issuedUntil() > b.issuedUntil() ? a : b;
  }
}
