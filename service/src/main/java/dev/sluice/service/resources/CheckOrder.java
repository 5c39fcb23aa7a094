package dev.sluice.service.resources;

import dev.sluice.backend.RefusedException;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.errors.ApiException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The order of checks for a worker's call, protocol 2.5: 401, 403, 404, and last 400 or 413 for a
 * bad body. A deregistered worker gets its 404 whatever it sends.
 */
public final class CheckOrder {

  private CheckOrder() {}

  /**
   * Reads the body of a call about a worker.
   *
   * @param worker null if only the body names it
   * @throws RefusedException if the body is bad and the worker is gone
   */
  public static <T> T read(Workers workers, @Nullable WorkerRef worker, Supplier<T> body) {
    return worker == null ? body.get() : read(body, () -> live(workers, worker));
  }

  /**
   * Returns a worker that may call.
   *
   * @throws RefusedException if it is gone
   * @throws ApiException 404 if its credential was revoked
   */
  public static Worker live(Workers workers, WorkerRef worker) {
    Worker found = workers.find(worker).value();
    if (found.revoked()) {
      throw ApiException.workerNotFound();
    }
    return found;
  }

  /**
   * Reads the body of a call about a session.
   *
   * @throws RefusedException if the body is bad and the session does not exist
   */
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
