package dev.sluice.service.auth;

import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
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
 * @param projects the only projects that its calls are about; empty means all
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
  Caller boundTo(List<String> only) {
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
   * True if the caller speaks for that worker: each of its own, or the one that it proves to be.
   */
  public boolean speaksFor(String otherWorkerId) {
    return speaksForWorkers() && (workerId == null || workerId.equals(otherWorkerId));
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

  /** True if the caller is bound to projects. */
  public boolean bound() {
    return !projects.isEmpty();
  }

  /** True if what is of that project concerns the caller; workers take what is of none, too. */
  public boolean sees(String project) {
    return !bound()
        || projects.contains(project)
        || speaksForWorkers() && project.equals(NewWork.ANY_PROJECT);
  }

  /** True if a session concerns the caller: by its project, or because the caller owns it. */
  public boolean sees(Session session) {
    return sees(session.project()) || workerId != null && workerId.equals(session.owner());
  }

  /** True if a worker takes work of the caller's projects alone. */
  public boolean sees(Worker worker) {
    return within(worker.registration().projects());
  }

  /** True if all of these projects are the caller's; none stands for all of the org. */
  public boolean within(List<String> wanted) {
    return !bound() || !wanted.isEmpty() && projects.containsAll(wanted);
  }

  /**
   * Insists that a project is one of the caller's.
   *
   * @param project null for all of the org
   * @throws ApiException 403 that names the caller's projects
   */
  public void requireProject(@Nullable String project) {
    if (project == null ? bound() : !sees(project)) {
      throw ApiException.forbidden(
          "This key is bound to "
              + String.join(", ", projects.subList(0, Math.min(3, projects.size())))
              + (projects.size() > 3 ? " and " + (projects.size() - 3) + " more projects" : ""));
    }
  }

  /**
   * Insists that the caller isn't bound to projects.
   *
   * @throws ApiException 403 that names the caller's projects
   */
  public void requireWholeOrg() {
    requireProject(null);
  }

  private @Nullable String boundTo() {
    return mode == Mode.RUNTIME_TOKEN ? null : credentialId;
  }
}
