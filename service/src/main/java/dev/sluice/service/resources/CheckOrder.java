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
 * The order in which a worker's call is refused, protocol 2.5: 401, 403, 404, and a wrong body
 * (400, 413) last. A worker that is gone must learn that, whatever it sends.
 */
public final class CheckOrder {

  private CheckOrder() {}

  /**
   * Reads the body of a call about a worker.
   *
   * @param worker null where only the body tells
   * @throws RefusedException if the body is wrong and the worker is gone
   */
  public static <T> T read(Workers workers, @Nullable WorkerRef worker, Supplier<T> body) {
    return worker == null ? body.get() : read(body, () -> live(workers, worker));
  }

  /**
   * A worker that its next poll will find too: a revoked credential's have a record and no calls.
   *
   * @throws RefusedException if it is gone
   * @throws ApiException 404 if it counts as gone
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
   * @throws RefusedException if the body is wrong and there is no such session
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
