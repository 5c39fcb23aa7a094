package dev.sluice.backend.engine.read;

import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.engine.read.QueueReads.FindQueue;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Look-ups of single sessions. */
public final class SessionReads {

  private SessionReads() {}

  /** Looks a session up. */
  public record FindSession(String sessionId) implements ReadOperation<SessionAnswer> {

    @Override
    public SessionAnswer run(ReadStep step) {
      return step.view(step.session(sessionId));
    }
  }

  /**
   * Looks a session up by another name of it, which is stored outside the state.
   *
   * @param name that name
   * @param items those that it was taken for
   */
  public record FindNamed(String name, List<Item> items) implements ReadOperation<SessionAnswer> {

    /**
     * An item.
     *
     * @param sessionId its session
     * @param payload names it among those of its session: one enqueued since has another
     */
    public record Item(String sessionId, long payload) {}

    @Override
    public SessionAnswer run(ReadStep step) {
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

    private static boolean isStored(ReadStep step, Item item) {
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

  /** Where a session stands and why. */
  public record FindStanding(String sessionId) implements ReadOperation<FindStanding.Answer> {

    /**
     * See {@link dev.sluice.backend.work.Standing}.
     *
     * @param behind the session of its issue that goes first, for parked work; else null
     */
    public record Answer(
        SessionAnswer session,
        @Nullable String behind,
        boolean behindClaimed,
        ProjectQueue queue) {}

    @Override
    public Answer run(ReadStep step) {
      SessionRecord session = step.session(sessionId);
      FirstOfIssue first = FirstOfIssue.of(step, session);
      return new Answer(
          step.view(session), first.id(), first.claimed(), FindQueue.show(step, session.project()));
    }
  }

  /** A session's timeline, the oldest line first. */
  public record ReadTimeline(String sessionId) implements ReadOperation<ReadTimeline.Answer> {

    /** Its lines. */
    public record Answer(List<Event> events) {}

    @Override
    public Answer run(ReadStep step) {
      return new Answer(List.copyOf(step.events(step.session(sessionId))));
    }
  }

  /**
   * A session's activities, the oldest first.
   *
   * @param afterId only those with a greater id
   */
  public record ListActivities(String sessionId, long afterId, int limit)
      implements ReadOperation<ListActivities.Answer> {

    /** The activities, without what was said. */
    public record Answer(List<ActivityRecord> activities) {}

    @Override
    public Answer run(ReadStep step) {
      step.session(sessionId);
      List<ActivityRecord> activities = new ArrayList<>();
      long bytes = 0;
      for (ActivityRecord activity : step.activities(sessionId)) {
        if (activity.id() > afterId) {
          bytes += activity.bytes();
          if (activities.size() == limit || (!activities.isEmpty() && bytes > Page.MAX_BYTES)) {
            break;
          }
          activities.add(activity);
        }
      }
      return new Answer(activities);
    }
  }
}
