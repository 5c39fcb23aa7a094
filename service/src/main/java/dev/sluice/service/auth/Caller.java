package dev.sluice.service.auth;

import dev.sluice.backend.Holder;
import dev.sluice.backend.Scope;
import dev.sluice.backend.WorkerRef;
import dev.sluice.control.Actor;
import dev.sluice.service.errors.ApiException;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and what it may do; protocol section 2.
 *
 * @param mode the kind of credential
 * @param org the org it belongs to; a body never decides it
 * @param workerId the worker of a runtime token; null for other modes
 * @param credentialId names the credential in audit lines and on the workers registered with it
 * @param scopes what a user key allows
 * @param projects the only projects its workers may register for; empty means all
 */
public record Caller(
    Mode mode,
    String org,
    @Nullable String workerId,
    String credentialId,
    Set<Scope> scopes,
    List<String> projects)
    implements Principal {

  /** The kinds of credential. */
  public enum Mode {
    /** Proves to be one worker. */
    RUNTIME_TOKEN,
    /** Registers workers and acts for those it registered. */
    REGISTRATION_TOKEN,
    /** The same, shared by all; transitional, off unless configured. */
    LEGACY_KEY,
    /** A person or a producer, limited by scopes. */
    USER_KEY
  }

  @Override
  public String getName() {
    return credentialId;
  }

  /** Whether it speaks for workers at all. */
  public boolean speaksForWorkers() {
    return mode != Mode.USER_KEY;
  }

  /**
   * Insists that it speaks for workers.
   *
   * @throws ApiException 403
   */
  public void requireWorker() {
    if (!speaksForWorkers()) {
      throw ApiException.forbidden("A user key doesn't speak for workers; use the runtime token");
    }
  }

  /**
   * The worker of a path, for a caller that must be that worker or have registered it.
   *
   * @throws ApiException 403 for the token of another worker or a user key, 400 for an impossible
   *     id
   */
  public WorkerRef worker(String pathId) {
    requireWorker();
    if (mode == Mode.RUNTIME_TOKEN && !pathId.equals(workerId)) {
      throw ApiException.forbidden("This runtime token belongs to another worker");
    }
    PathIds.check("worker id", pathId);
    return new WorkerRef(org, pathId, boundTo());
  }

  /** The worker of a path, for a user key with a scope too. */
  public WorkerRef worker(String pathId, Scope scope) {
    if (speaksForWorkers()) {
      return worker(pathId);
    }
    require(scope);
    PathIds.check("worker id", pathId);
    return new WorkerRef(org, pathId, null);
  }

  /**
   * The worker that a call about a session acts for: the body's, which a runtime token may leave
   * out.
   *
   * @param bodyWorkerId what the body names, or null
   * @param token the claim it names, 0 for none
   * @throws ApiException 400 if none is named, 403 if it isn't the caller's
   */
  public Holder holder(@Nullable String bodyWorkerId, long token) {
    requireWorker();
    String named = bodyWorkerId == null ? workerId : bodyWorkerId;
    if (named == null) {
      throw ApiException.invalid("workerId", "is required");
    }
    if (workerId != null && !named.equals(workerId)) {
      throw ApiException.forbidden("workerId is not the worker of this runtime token");
    }
    return new Holder(named, boundTo(), token);
  }

  /** The same for a call that is about no claim; see {@link #holder}. */
  public WorkerRef acting(@Nullable String bodyWorkerId) {
    Holder holder = holder(bodyWorkerId, 0);
    return new WorkerRef(org, holder.workerId(), holder.registeredBy());
  }

  /** The worker that it proves to be; null for other modes. */
  public @Nullable WorkerRef self() {
    return workerId == null ? null : new WorkerRef(org, workerId, null);
  }

  /**
   * The new worker of a transfer. A runtime token must be that of one of the two; and, since it
   * proves to be one alone, acts for the other only as far as their registration token would.
   *
   * @throws ApiException 403
   */
  public WorkerRef transfer(String oldWorkerId, String newWorkerId) {
    requireWorker();
    if (workerId != null && !workerId.equals(oldWorkerId) && !workerId.equals(newWorkerId)) {
      throw ApiException.forbidden("This runtime token belongs to neither worker");
    }
    return new WorkerRef(org, newWorkerId, credentialId);
  }

  /**
   * The credential whose workers it may list; null for those of the whole org.
   *
   * @throws ApiException 403 for a runtime token, which is about one worker, or a key without scope
   */
  public @Nullable String listing(Scope scope) {
    if (mode == Mode.RUNTIME_TOKEN) {
      throw ApiException.forbidden("A runtime token speaks for one worker; ask for that one");
    }
    if (speaksForWorkers()) {
      return credentialId;
    }
    require(scope);
    return null;
  }

  /**
   * Insists on one of these scopes.
   *
   * @throws ApiException 403
   */
  public Actor require(Scope... oneOf) {
    if (mode != Mode.USER_KEY || Arrays.stream(oneOf).noneMatch(scopes::contains)) {
      throw ApiException.forbidden(
          "A user key with scope "
              + String.join(" or ", Arrays.stream(oneOf).map(Scope::wire).toList())
              + " is required");
    }
    return new Actor(org, credentialId);
  }

  /**
   * Insists on the right to read what is in its org: any worker, or a key with one of the scopes.
   */
  public String reading(Scope... oneOf) {
    if (!speaksForWorkers()) {
      require(oneOf);
    }
    return org;
  }

  private @Nullable String boundTo() {
    return mode == Mode.RUNTIME_TOKEN ? null : credentialId;
  }
}
