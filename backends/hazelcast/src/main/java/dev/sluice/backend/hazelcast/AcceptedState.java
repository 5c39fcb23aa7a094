package dev.sluice.backend.hazelcast;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.store.QueueBackend;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit lines of a cluster that went on with one member's state by an operator's word. */
final class AcceptedState {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptedState.class);

  private static final int ATTEMPTS = 60;

  private AcceptedState() {}

  /**
   * Adds one to each org. A member that stops serving meanwhile tries again for a minute.
   *
   * @param member whose state was accepted
   */
  static void note(QueueBackend backend, String member, String operator) {
    AuditNote note =
        new AuditNote(
            operator,
            "the state of member "
                + member
                + " was accepted as the newest: what others acknowledged after it is lost");
    Queue<String> orgs = new ArrayDeque<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        if (attempt == 0 || orgs.isEmpty()) {
          orgs.addAll(backend.upkeep().orgs());
        }
        noteEach(backend, orgs, note);
        return;
      } catch (BackendUnavailableException e) {
        LOG.debug("audit lines have to wait", e);
      }
      try {
        TimeUnit.SECONDS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    LOG.warn("No audit line says in {} that {}", orgs, note.reason());
  }

  private static void noteEach(QueueBackend backend, Queue<String> orgs, AuditNote note) {
    AuditAct act = AuditAct.acceptLoss("cluster");
    for (String org = orgs.peek(); org != null; org = orgs.peek()) {
      try {
        backend.audit().add(org, note, act.verb(), act.object(), act.detail());
      } catch (RefusedException e) {
        LOG.warn("Org {} gets no audit line that {}", org, note.reason(), e);
      }
      orgs.remove();
    }
  }
}
