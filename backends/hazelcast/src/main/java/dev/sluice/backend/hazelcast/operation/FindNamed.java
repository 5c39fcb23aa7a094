package dev.sluice.backend.hazelcast.operation;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.hazelcast.state.MovedSession;
import dev.sluice.backend.hazelcast.state.SessionRecord;
import dev.sluice.backend.hazelcast.state.SessionSlot;
import org.jspecify.annotations.Nullable;

/**
 * Looks a session up by another name of it, which is stored outside the entry.
 *
 * @param name that name
 * @param sessionId the session that it was stored for; null if it is stored for none
 * @param payload names that session's item: one of the same id enqueued since has another
 */
public record FindNamed(String name, @Nullable String sessionId, long payload)
    implements ReadOperation<SessionView> {

  @Override
  public SessionView run(Step step) {
    SessionSlot slot = sessionId == null ? null : step.state().session(sessionId);
    if (sessionId == null || slot == null || !mayHave(slot, payload)) {
      throw step.refusal(Refusal.UNKNOWN_SESSION, "no session is called " + name);
    }
    return step.view(step.session(sessionId));
  }

  /** Whether that is the item of a session; of what can't be read it may be. */
  static boolean mayHave(SessionSlot slot, long payload) {
    if (slot instanceof SessionRecord session) {
      return session.payload() == payload;
    }
    return !(slot instanceof MovedSession moved) || moved.payload() == payload;
  }
}
