package dev.sluice.service.auth;

import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.control.Actor;
import dev.sluice.service.api.answers.Titles;
import dev.sluice.service.errors.ApiException;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a request and its permissions.
 *
 * @param org never taken from a body
 * @param credentialId the name in audit lines and on registered workers
 * @param projects limits its calls
 */
public record Caller(
    Mode mode,
    String org,
    @Nullable String workerId,
    String credentialId,
    Set<Scope> scopes,
    Projects projects,
    @Nullable Role role)
    implements Principal {

  public enum Mode {
    RUNTIME_TOKEN,
    /** Registers workers and acts for them. */
    REGISTRATION_TOKEN,
    /** Like a registration token, shared by all; off unless configured. */
    LEGACY_KEY,
    USER_KEY,
    OPERATOR
  }

  public Caller(
      Mode mode,
      String org,
      @Nullable String workerId,
      String credentialId,
      Set<Scope> scopes,
      Projects projects) {
    this(mode, org, workerId, credentialId, scopes, projects, null);
  }

  @Override
  public String getName() {
    return credentialId;
  }

  public String displayName() {
    if (workerId != null) {
      return workerId;
    }
    return mode == Mode.OPERATOR ? credentialId.substring(Operator.PREFIX.length()) : credentialId;
  }

  Caller boundTo(Projects only) {
    return new Caller(mode, org, workerId, credentialId, scopes, only, role);
  }

  public boolean speaksForWorkers() {
    return mode != Mode.USER_KEY && mode != Mode.OPERATOR;
  }

  /**
   * True for who may read prompts, and for people that steer: they read titles that are made from
   * prompts, which tell work apart.
   */
  public boolean readsPrompts() {
    return scopes.contains(Scope.WORK_READ)
        || (mode == Mode.OPERATOR && scopes.contains(Scope.WORK_WRITE));
  }

  public Titles titles() {
    return speaksForWorkers() ? Titles.NONE : readsPrompts() ? Titles.ALL : Titles.GIVEN;
  }

  public void requirePerson() {
    if (speaksForWorkers()) {
      throw ApiException.forbidden("A user key or a login is required");
    }
  }

  /** Wire names, sorted. */
  public List<String> scopeNames() {
    return scopes.stream().map(Scope::wire).sorted().toList();
  }

  public boolean mayAny(Scope... oneOf) {
    return Arrays.stream(oneOf).anyMatch(scopes::contains);
  }

  public void requireWorker() {
    if (!speaksForWorkers()) {
      throw ApiException.forbidden(
          "A person's credential doesn't speak for workers; use the runtime token");
    }
  }

  /** Returns the worker of a path, which the caller must be or have registered; else 403. */
  public WorkerRef worker(String pathId) {
    requireWorker();
    if (mode == Mode.RUNTIME_TOKEN && !pathId.equals(workerId)) {
      throw ApiException.forbidden("This runtime token belongs to another worker");
    }
    PathIds.check("worker id", pathId);
    return new WorkerRef(org, pathId, boundTo());
  }

  /** Returns the worker of a path, also for a person with a scope. */
  public WorkerRef worker(String pathId, Scope scope) {
    if (speaksForWorkers()) {
      return worker(pathId);
    }
    require(scope);
    PathIds.check("worker id", pathId);
    return new WorkerRef(org, pathId, null);
  }

  /**
   * Returns the worker of the body, which a runtime token may omit; {@code token} 0 means none. A
   * runtime token may name a worker that its own has replaced, and speaks for its own.
   */
  public Holder holder(@Nullable String bodyWorkerId, long token) {
    requireWorker();
    String named = bodyWorkerId == null ? workerId : bodyWorkerId;
    if (named == null) {
      throw ApiException.invalid("workerId", "is required");
    }
    return workerId == null || named.equals(workerId)
        ? new Holder(named, boundTo(), token)
        : new Holder(workerId, boundTo(), token, named);
  }

  /** Returns the worker of the body of a call without a claim; a runtime token may omit it. */
  public WorkerRef acting(@Nullable String bodyWorkerId) {
    Holder holder = holder(bodyWorkerId, 0);
    if (holder.named() != null) {
      throw ApiException.forbidden("workerId is not the worker of this runtime token");
    }
    return new WorkerRef(org, holder.workerId(), holder.registeredBy());
  }

  public @Nullable WorkerRef self() {
    return workerId == null ? null : new WorkerRef(org, workerId, null);
  }

  public boolean speaksFor(String otherWorkerId) {
    return speaksForWorkers() && (workerId == null || workerId.equals(otherWorkerId));
  }

  /**
   * Returns the new worker of a transfer. A runtime token must belong to one of the two workers;
   * for the other, their common registration token counts.
   */
  public WorkerRef transfer(String oldWorkerId, String newWorkerId) {
    requireWorker();
    if (workerId != null && !workerId.equals(oldWorkerId) && !workerId.equals(newWorkerId)) {
      throw ApiException.forbidden("This runtime token belongs to neither worker");
    }
    return new WorkerRef(org, newWorkerId, credentialId);
  }

  /** Returns the credential whose workers the caller may list; null for the whole org. */
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

  public Actor require(Scope... oneOf) {
    if (speaksForWorkers() || !mayAny(oneOf)) {
      String needed = String.join(" or ", Arrays.stream(oneOf).map(Scope::wire).toList());
      throw ApiException.forbidden(
          role == null
              ? "A user key with scope " + needed + " is required"
              : "Role " + role.wire() + " doesn't have the scope " + needed);
    }
    return new Actor(org, credentialId);
  }

  public Actor requireAll(Scope... all) {
    if (speaksForWorkers() || !scopes.containsAll(List.of(all))) {
      String needed = String.join(" and ", Arrays.stream(all).map(Scope::wire).toList());
      throw ApiException.forbidden(
          role == null
              ? "A user key with the scopes " + needed + " is required"
              : "Role " + role.wire() + " doesn't have the scopes " + needed);
    }
    return new Actor(org, credentialId);
  }

  public String reading(Scope... oneOf) {
    if (!speaksForWorkers()) {
      require(oneOf);
    }
    return org;
  }

  /** A worker reads the prompts of its work, so this scope is apart from those of the fleet. */
  public void requireRegistering() {
    switch (mode) {
      case RUNTIME_TOKEN ->
          throw ApiException.forbidden(
              "A runtime token doesn't register; use the registration token");
      case USER_KEY, OPERATOR -> require(Scope.WORKER_REGISTER);
      case REGISTRATION_TOKEN, LEGACY_KEY -> {}
    }
  }

  public boolean bound() {
    return !projects.all();
  }

  /** The project of a key that is bound to one; else null. */
  public @Nullable String onlyProject() {
    return projects.names().size() == 1 ? projects.names().get(0) : null;
  }

  /** Workers also see work without a project. */
  public boolean sees(String project) {
    return !bound()
        || projects.names().contains(project)
        || speaksForWorkers() && project.equals(NewWork.ANY_PROJECT);
  }

  public boolean sees(Session session) {
    return sees(session.project()) || workerId != null && workerId.equals(session.owner());
  }

  public boolean sees(Worker worker) {
    return within(worker.registration().projects().names());
  }

  /** An empty list means the whole org. */
  public boolean within(List<String> wanted) {
    return !bound() || !wanted.isEmpty() && projects.names().containsAll(wanted);
  }

  /** Null means the whole org. */
  public void requireProject(@Nullable String project) {
    if (project == null ? bound() : !sees(project)) {
      List<String> names = projects.names();
      throw ApiException.forbidden(
          "This key is bound to "
              + (names.isEmpty()
                  ? "no project"
                  : String.join(", ", names.subList(0, Math.min(3, names.size()))))
              + (names.size() > 3 ? " and " + (names.size() - 3) + " more projects" : ""));
    }
  }

  public void requireWholeOrg() {
    requireProject(null);
  }

  private @Nullable String boundTo() {
    return mode == Mode.RUNTIME_TOKEN ? null : credentialId;
  }
}
