package dev.sluice.backend.embedded.journal;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.work.BatchOffer;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A process that adds and revokes keys, pauses queues, offers jobs, and runs sessions with public
 * ids. It reports each change once done.
 */
final class DurableWriter {

  private static final AuditNote BY = new AuditNote("who", "why");

  static final String ORG = "durable";
  static final WorkerRef WORKER = new WorkerRef(ORG, "worker-1", null);
  static final Holder HOLDER = new Holder("worker-1", null, 0);

  private DurableWriter() {}

  /**
   * @param args the data directory and the number of the first change
   */
  public static void main(String[] args) {
    try (QueueBackend backend = DurableKillTest.open(Path.of(args[0]))) {
      backend.workers().register(ORG, registration());
      for (int i = Integer.parseInt(args[1]); ; i++) {
        backend.credentials().addKey(hash(i), key(i));
        say("key " + i);
        backend.queues().pause(ORG, "project-" + i, 0, new AuditNote("an operator", "reason " + i));
        say("pause " + i);
        if (i % 2 == 0) {
          backend.credentials().revoke(ORG, key(i).id());
          say("revoke " + i);
          backend.queues().resume(ORG, "project-" + i, BY);
          say("resume " + i);
        }
        batch(backend, i);
        work(backend, i);
      }
    }
  }

  private static void batch(QueueBackend backend, int i) {
    backend.batch().add(ORG, List.of(new NewBatchJob("job-" + i, "hash", item(i))));
    say("job " + i);
    PollRequest request = new PollRequest(WORKER, "request-" + i, 0, true); // delivers the last
    for (BatchOffer offer : backend.workers().poll(request).batch()) {
      say("offer " + offer.jobId().substring("job-".length()));
    }
  }

  private static void work(QueueBackend backend, int i) {
    String id = "session-" + i;
    backend.work().enqueue(ORG, List.of(work(id, "public-" + i, item(i))));
    say("name " + i);
    backend.sessions().claim(ORG, id, WORKER);
    backend
        .sessions()
        .addActivity(
            ORG,
            id,
            HOLDER,
            new NewActivity("action", "{}", "tool-" + i, Collections.emptySortedMap()));
    say("tool " + i);
    backend.sessions().report(ORG, id, HOLDER, report(i, "hash"));
    say("attempt " + i);
  }

  static StatusReport report(int i, String hash) {
    return new StatusReport(
        SessionState.RUNNING, Collections.emptySortedMap(), -1, new Attempt("attempt-" + i, hash));
  }

  static String item(int i) {
    return "{\"number\":" + i + "}";
  }

  private static NewWork work(String id, String name, String item) {
    return new NewWork(
        id,
        id,
        id,
        "named",
        List.of(),
        null,
        5,
        1,
        0,
        0,
        List.of(name),
        "hash",
        item,
        Subject.NONE,
        null);
  }

  private static Registration registration() {
    return new Registration(
        WORKER.workerId(),
        "key",
        Dialect.STANDARD,
        "host",
        1_000_000,
        Projects.ALL,
        List.of(BatchLane.CAPABILITY),
        false,
        "{}");
  }

  static String hash(int i) {
    return "%064x".formatted(i);
  }

  static Key key(int i) {
    return new Key("key-" + i, ORG, Key.Type.USER, "a name", Set.of(), List.of());
  }

  private static void say(String what) {
    System.out.println(what);
    System.out.flush();
  }
}
