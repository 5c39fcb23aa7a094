package dev.sluice.service.resources.worker;

import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.api.HeldSessionsBody;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.RegistrationBody;
import dev.sluice.service.api.answers.WorkerAnswers.Registered;
import dev.sluice.service.auth.Admission;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.RuntimeTokens;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.config.Intervals;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class Registrar {

  private final Workers workers;
  private final RuntimeTokens tokens;
  private final Intervals intervals;
  private final Admission admission;

  public Registrar(
      Workers workers, RuntimeTokens tokens, Intervals intervals, Admission admission) {
    this.workers = workers;
    this.tokens = tokens;
    this.intervals = intervals;
    this.admission = admission;
  }

  Registered register(Caller caller, @Nullable String userAgent, JsonBody body) {
    Registration registration =
        RegistrationBody.read(
            body,
            "wkr_" + Secrets.randomHex(8),
            new RegistrationBody.Credential(
                caller.credentialId(), caller.projects(), !caller.speaksForWorkers()),
            userAgent);
    List<String> held = HeldSessionsBody.read(body);
    workers.register(caller.org(), registration);
    Registered registered = identity(caller, registration, false);
    if (held == null) {
      return registered;
    }
    WorkerRef worker = new WorkerRef(caller.org(), registration.workerId(), null);
    return registered.holding(workers.heartbeat(worker, Heartbeat.holding(held)));
  }

  /** Called before the body is read; 403, 429. */
  void require(Caller caller) {
    caller.requireRegistering();
    admission.registering(caller);
  }

  /** No token for the legacy key; {@code again} if it replaces earlier ones. */
  Registered identity(Caller caller, Registration registration, boolean again) {
    String workerId = registration.workerId();
    Duration poll = intervals.poll(registration.dialect());
    if (caller.mode() == Caller.Mode.LEGACY_KEY) {
      return Registered.of(workerId, intervals.heartbeat(), poll, null, null);
    }
    List<String> projects = registration.projects().names();
    String project = projects.isEmpty() ? NewWork.ANY_PROJECT : projects.get(0);
    String registeredBy = registration.registeredBy();
    RuntimeTokens.Minted minted =
        again
            ? tokens.renew(caller.org(), workerId, project, registeredBy)
            : tokens.mint(caller.org(), workerId, project, registeredBy);
    return Registered.of(workerId, intervals.heartbeat(), poll, minted.token(), minted.expiresAt());
  }
}
