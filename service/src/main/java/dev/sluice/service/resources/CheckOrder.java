package dev.sluice.service.resources;

import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.errors.ApiException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The order of checks for a worker's call: 401, 403, 404, and last 400 or 413 for a bad body. A
 * deregistered worker gets its 404 whatever it sends.
 */
public final class CheckOrder {

  private CheckOrder() {}

  /** A null worker is named only by the body. */
  public static <T> T read(Workers workers, @Nullable WorkerRef worker, Supplier<T> body) {
    return worker == null ? body.get() : read(body, () -> live(workers, worker));
  }

  /** 404 if it is gone or its credential was revoked. */
  public static Worker live(Workers workers, WorkerRef worker) {
    Worker found = workers.find(worker);
    if (found.revoked()) {
      throw ApiException.workerNotFound();
    }
    return found;
  }

  public static <T> T read(Sessions sessions, String org, String sessionId, Supplier<T> body) {
    return read(body, () -> sessions.find(org, sessionId));
  }

  private static <T> T read(Supplier<T> body, Runnable lookUp) {
    try {
      return body.get();
    } catch (ApiException e) {
      if (e.status() == 400 || e.status() == 413) {
        lookUp.run();
      }
      throw e;
    }
  }
}
