package dev.sluice.service.resources.worker;

import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.HeartbeatResult;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import dev.sluice.service.api.ProjectAdmission;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.CallerVerifier;
import dev.sluice.service.auth.WorkerStandings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records heartbeats. A heartbeat never admits more than the credential of its worker allows. */
public final class Heartbeats {

  private final Workers workers;
  private final Credentials credentials;
  private final WorkerStandings standings;

  public Heartbeats(Workers workers, Credentials credentials, WorkerStandings standings) {
    this.workers = workers;
    this.credentials = credentials;
    this.standings = standings;
  }

  HeartbeatResult note(Caller caller, WorkerRef worker, Heartbeat said) {
    if (said.projects() == null) {
      return workers.heartbeat(worker, said);
    }
    HeartbeatResult result =
        workers.heartbeat(worker, said.admitting(admitted(caller, said.projects())));
    standings.forget(worker.org(), worker.workerId());
    return result;
  }

  /** Null, to change nothing, if a person's worker asks for all: it takes what it was given. */
  private @Nullable Projects admitted(Caller caller, Projects projects) {
    String id = caller.credentialId();
    if (id.equals(CallerVerifier.LEGACY_ID)) {
      return projects;
    }
    Optional<Key> key =
        credentials.keys(caller.org()).stream().filter(each -> each.id().equals(id)).findFirst();
    boolean people = key.isEmpty() || key.get().type() == Key.Type.USER;
    if (people && projects.all()) {
      return null;
    }
    return ProjectAdmission.within(projects, key.map(Key::projects).orElse(List.of()));
  }
}
