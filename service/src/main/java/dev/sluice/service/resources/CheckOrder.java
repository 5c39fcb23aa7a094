package dev.sluice.service.resources;

import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Sessions;
import dev.sluice.backend.WorkerRef;
import dev.sluice.backend.Workers;
import dev.sluice.service.errors.ApiException;
import java.util.function.Supplier;

/**
 * The order in which a worker's call is refused, protocol 2.5: 401, 403, 404, and a wrong body
 * (400, 413) last. A worker that is gone must learn that, whatever it sends.
 */
final class CheckOrder {

  private CheckOrder() {}

  /**
   * Reads the body of a call about a worker.
   *
   * @throws RefusedException if the body is wrong and the worker is gone
   */
  static <T> T read(Workers workers, WorkerRef worker, Supplier<T> body) {
    return read(body, () -> workers.find(worker));
  }

  /**
   * Reads the body of a call about a session.
   *
   * @throws RefusedException if the body is wrong and there is no such session
   */
  static <T> T read(Sessions sessions, String org, String sessionId, Supplier<T> body) {
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
