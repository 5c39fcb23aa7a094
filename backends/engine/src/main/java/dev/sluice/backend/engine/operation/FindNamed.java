package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.engine.state.MovedSession;
import dev.sluice.backend.engine.state.SessionRecord;
import dev.sluice.backend.engine.state.SessionSlot;
import java.util.List;

/**
 * Looks a session up by another name of it, which is stored outside the entry.
 *
 * @param name that name
 * @param items those that it was taken for
 */
public record FindNamed(String name, List<Item> items) implements ReadOperation<SessionView> {

  /**
   * An item.
   *
   * @param sessionId its session
   * @param payload names it among those of its session: one enqueued since has another
   */
  public record Item(String sessionId, long payload) {}

  @Override
  public SessionView run(Step step) {
    List<String> ids =
        items.stream().filter(item -> isStored(step, item)).map(Item::sessionId).toList();
    step.loadAll(ids);
    SessionRecord first = null;
    for (String id : ids) {
      SessionRecord session = step.session(id);
      if (first == null || session.enqueuedSeq() < first.enqueuedSeq()) {
        first = session;
      }
    }
    if (first == null) {
      throw step.refusal(Refusal.UNKNOWN_SESSION, name);
    }
    return step.view(first);
  }

  private static boolean isStored(Step step, Item item) {
    SessionSlot slot = step.state().session(item.sessionId());
    return slot != null && mayHave(slot, item.payload());
  }

  /** Whether that is the item of a session; of what can't be read it may be. */
  static boolean mayHave(SessionSlot slot, long payload) {
    if (slot instanceof SessionRecord session) {
      return session.payload() == payload;
    }
    return !(slot instanceof MovedSession moved) || moved.payload() == payload;
  }
}
