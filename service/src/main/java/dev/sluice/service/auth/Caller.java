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
 * @param scopes what a user key or an operator's role allows
 * @param projects the only projects its workers may register for; empty means all
 * @param role an operator's; null for other modes
 */
public record Caller(
    Mode mode,
    String org,
    @Nullable String workerId,
    String credentialId,
    Set<Scope> scopes,
    List<String> projects,
    @Nullable Role role)
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
    USER_KEY,
    /** A person who has logged in, limited by the scopes of a role. */
    OPERATOR
  }

  /** A caller with a key or a token. */
  public Caller(
      Mode mode,
      String org,
      @Nullable String workerId,
      String credentialId,
      Set<Scope> scopes,
      List<String> projects) {
    this(mode, org, workerId, credentialId, scopes, projects, null);
  }

  @Override
  public String getName() {
    return credentialId;
  }

  /** What people call it: an operator's or a worker's own name, else the id of the key. */
  public String displayName() {
    if (workerId != null) {
      return workerId;
    }
    return mode == Mode.OPERATOR ? credentialId.substring(Operator.PREFIX.length()) : credentialId;
  }

  /** The same caller, bound to these projects. */
  Caller within(List<String> only) {
    return new Caller(mode, org, workerId, credentialId, scopes, only, role);
  }

  /** Whether it speaks for workers at all. */
  public boolean speaksForWorkers() {
    return mode != Mode.USER_KEY && mode != Mode.OPERATOR;
  }

  /**
   * Insists that it speaks for workers.
   *
   * @throws ApiException 403
   */
  public void requireWorker() {
    if (!speaksForWorkers()) {
      throw ApiException.forbidden(
          "A person's credential doesn't speak for workers; use the runtime token");
    }
  }

  /**
   * The worker of a path, for a caller that must be that worker or have registered it.
   *
   * @throws ApiException 403 for the token of another worker or a person's credential, 400 for an
   *     impossible id
   */
  public WorkerRef worker(String pathId) {
    requireWorker();
    if (mode == Mode.RUNTIME_TOKEN && !pathId.equals(workerId)) {
      throw ApiException.forbidden("This runtime token belongs to another worker");
    }
    PathIds.check("worker id", pathId);
    return new WorkerRef(org, pathId, boundTo());
  }

  /** The worker of a path, for a person with a scope too. */
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
    if (speaksForWorkers() || Arrays.stream(oneOf).noneMatch(scopes::contains)) {
      String needed = String.join(" or ", Arrays.stream(oneOf).map(Scope::wire).toList());
      throw ApiException.forbidden(
          role == null
              ? "A user key with scope " + needed + " is required"
              : "Role " + role.wire() + " doesn't have the scope " + needed);
    }
    return new Actor(org, credentialId);
  }

  /**
   * Insists on the right to read what is in its org: any worker, or a person with one of the
   * scopes.
   */
  public String reading(Scope... oneOf) {
    if (!speaksForWorkers()) {
      require(oneOf);
    }
    return org;
  }

  /**
   * Insists on the right to register workers, protocol 3.1: a credential of that kind, or a
   * person's that may onboard some.
   *
   * @throws ApiException 403
   */
  public void requireRegistering() {
    switch (mode) {
      case RUNTIME_TOKEN ->
          throw ApiException.forbidden(
              "A runtime token doesn't register; use the registration token");
      case USER_KEY -> require(Scope.WORKER_REGISTER);
      case OPERATOR -> require(Scope.FLEET_WRITE);
      case REGISTRATION_TOKEN, LEGACY_KEY -> {}
    }
  }

  private @Nullable String boundTo() {
    return mode == Mode.RUNTIME_TOKEN ? null : credentialId;
  }
}
