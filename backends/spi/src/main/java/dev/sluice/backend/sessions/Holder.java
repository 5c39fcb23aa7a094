package dev.sluice.backend.sessions;

import dev.sluice.backend.workers.WorkerRef;
import org.jspecify.annotations.Nullable;

/**
 * A worker acting on a session it believes to own.
 *
 * @param registeredBy see {@link WorkerRef}
 * @param token 0 to decide by the worker's id alone
 * @param named another worker that the call names, which this one must have replaced; null for none
 */
public record Holder(
    String workerId, @Nullable String registeredBy, long token, @Nullable String named) {

  public Holder(String workerId, @Nullable String registeredBy, long token) {
    this(workerId, registeredBy, token, null);
  }

  public Holder withToken(long claim) {
    return new Holder(workerId, registeredBy, claim, named);
  }
}
