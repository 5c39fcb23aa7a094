package dev.sluice.proof.disk;

import dev.sluice.backend.RefusedException;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.WorkerRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes a record of a store in words that can be compared with those of a plan. */
final class Facts {

  static final String ABSENT = "absent";

  private static final int ALL = 1_000;

  private Facts() {}

  /**
   * @param name type and id, such as {@code session work-1-0-7}
   */
  static String of(QueueBackend backend, String org, String name) {
    int space = name.indexOf(' ');
    String id = name.substring(space + 1);
    try {
      return switch (name.substring(0, space)) {
        case "session" -> session(backend, org, id);
        case "worker" ->
            backend.workers().find(new WorkerRef(org, id, null)).registration().hostname();
        case "order" -> backend.stopOrders().find(org, id).reason();
        case "queue" -> pause(backend.queues().find(org, id).pause());
        case "key" -> backend.credentials().findKey(Calls.hash(id)).map(Key::name).orElse(ABSENT);
        case "job" -> backend.batch().find(org, id).item();
        case "secret" -> secret(backend);
        default -> throw new IllegalArgumentException(name);
      };
    } catch (RefusedException e) {
      return switch (e.refusal()) {
        case UNKNOWN_SESSION, UNKNOWN_WORKER, UNKNOWN_STOP, UNKNOWN_JOB -> ABSENT;
        default -> e.refusal() + ": " + e.getMessage();
      };
    }
  }

  /** Asking stores a candidate if there is none. */
  private static String secret(QueueBackend backend) {
    String candidate = "another secret";
    String secret = backend.credentials().signingSecret(candidate);
    return secret.equals(candidate) ? ABSENT : secret;
  }

  private static String pause(@Nullable Pause pause) {
    return pause == null ? ABSENT : pause.reason();
  }

  private static String session(QueueBackend backend, String org, String id) {
    Session session = backend.sessions().find(org, id);
    String summary = session.fields().getOrDefault(Calls.SUMMARY, "");
    return session(
        session.place(),
        session.state(),
        session.owner(),
        session.item(),
        summary.isEmpty() ? "" : summary.substring(1, summary.length() - 1),
        backend.inboxes().list(org, id).stream().map(Message::payload).toList(),
        backend.sessions().activities(org, id, 0, ALL).stream().map(Activity::body).toList());
  }

  static String session(
      Place place,
      SessionState state,
      @Nullable String owner,
      String item,
      String summary,
      List<String> messages,
      List<String> activities) {
    return "%s, %s, owner %s, item %s, summary '%s', messages %s, activities %s"
        .formatted(place, state, owner, item, summary, messages, activities);
  }
}
