package dev.sluice.service.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.api.answers.PolledItem;
import dev.sluice.service.gitcredentials.GitCredential;
import dev.sluice.service.gitcredentials.GitCredentialSource;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The git credentials of a poll answer: one for each repository of its work that the source returns
 * within a second. A poll never fails because of them.
 *
 * <p>Late credentials come with a later poll while the worker still owns the session. They are
 * remembered for ten minutes, for at most 10,000 workers.
 */
public final class WorkCredentials implements Managed {

  private static final Logger LOG = LoggerFactory.getLogger(WorkCredentials.class);

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Bounds the server threads that wait for a slow source. */
  private static final int MOST_WAITING = 32;

  private final GitCredentialSource source;
  private final Sessions sessions;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  /** By session, the clone URL. */
  private final Cache<WorkerRef, Map<String, String>> owed =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  public WorkCredentials(GitCredentialSource source, Sessions sessions) {
    this.source = source;
    this.sessions = sessions;
  }

  /** Includes late ones of earlier polls. */
  public List<GitCredential> of(WorkerRef worker, List<PolledItem> work) {
    if (source == GitCredentialSource.NONE) {
      return List.of();
    }
    Map<String, String> wanted = stillOwed(worker);
    for (PolledItem item : work) {
      String repository = item.repository();
      if (repository != null) {
        wanted.put(item.sessionId(), repository);
      }
    }
    return wanted.isEmpty() ? List.of() : ask(worker, wanted);
  }

  private List<GitCredential> ask(WorkerRef worker, Map<String, String> wanted) {
    Map<String, CompletableFuture<Optional<GitCredential>>> asked = new LinkedHashMap<>();
    wanted.values().forEach(url -> asked.computeIfAbsent(url, source::credential));
    await(CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new)));

    List<GitCredential> found = new ArrayList<>(asked.size());
    Map<String, String> missing = new LinkedHashMap<>(wanted);
    asked.forEach(
        (url, answer) -> {
          if (answer.isDone() && !answer.isCompletedExceptionally()) {
            answer.join().ifPresent(found::add);
            missing.values().removeIf(url::equals);
          }
        });
    if (!missing.isEmpty()) {
      owed.put(worker, missing);
    }
    return found;
  }

  private void await(CompletableFuture<Void> all) {
    if (all.isDone() || !waiting.tryAcquire()) {
      return;
    }
    try {
      all.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // the answer has the credentials that have come so far
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.release();
    }
  }

  private Map<String, String> stillOwed(WorkerRef worker) {
    Map<String, String> missing = owed.asMap().remove(worker);
    if (missing == null) {
      return new LinkedHashMap<>();
    }
    Map<String, String> held = new LinkedHashMap<>(missing);
    held.keySet().removeIf(session -> !holds(worker, session));
    return held;
  }

  private boolean holds(WorkerRef worker, String sessionId) {
    try {
      Session session = sessions.find(worker.org(), sessionId);
      return session.place() == Place.CLAIMED && worker.workerId().equals(session.owner());
    } catch (RuntimeException e) { // the poll itself has succeeded
      LOG.debug("No git credential for a session that can't be read: {}", e.getClass().getName());
      return false;
    }
  }

  @Override
  public void stop() {
    source.close();
  }
}
