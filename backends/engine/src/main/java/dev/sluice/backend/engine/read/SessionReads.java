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
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Stage;
import dev.sluice.backend.store.PackedNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

public final class SessionReads {

  private SessionReads() {}

  public record FindSession(String sessionId) implements ReadOperation<PositionedSession> {

    @Override
    public PositionedSession run(ReadStep step) {
      return step.view(step.session(sessionId));
    }
  }

  /**
   * @param name a public id
   * @param items those it was taken for
   */
  public record FindNamed(String name, List<Item> items)
      implements ReadOperation<PositionedSession> {

    /**
     * @param payload key of the item; an item enqueued later has another one
     */
    public record Item(String sessionId, long payload) {}

    @Override
    public PositionedSession run(ReadStep step) {
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

    /** True if it is, or may be, the session's item. */
    static boolean mayHave(SessionSlot slot, long payload) {
      if (slot instanceof SessionRecord session) {
        return session.payload() == payload;
      }
      return !(slot instanceof MovedSession moved) || moved.payload() == payload;
    }
  }

  /** Loads those that moved out. */
  public record ListHeadlines(List<String> ids) implements ReadOperation<ListHeadlines.Answer> {

    public record Answer(List<Headline> headlines) {}

    @Override
    public Answer run(ReadStep step) {
      return new Answer(readable(step, ids).map(ListHeadlines::headline).toList());
    }

    private static Headline headline(SessionRecord session) {
      return Headline.of(
          session.id(),
          session.issueIdentifier(),
          PackedNames.repository(session.capabilities()),
          session.subject());
    }
  }

  /** Those that are there and readable, in the order of the ids. */
  private static Stream<SessionRecord> readable(ReadStep step, List<String> ids) {
    step.loadAll(ids);
    return ids.stream()
        .map(step.state()::session)
        .filter(Objects::nonNull)
        .map(step::readable)
        .filter(Objects::nonNull);
  }

  /** Loads those that moved out. */
  public record ListStages(List<String> ids) implements ReadOperation<ListStages.Answer> {

    public record Answer(List<Stage> stages) {}

    @Override
    public Answer run(ReadStep step) {
      return new Answer(readable(step, ids).map(ListStages::stage).toList());
    }

    private static Stage stage(SessionRecord session) {
      return new Stage(session.id(), session.project(), session.place(), session.state());
    }
  }

  public record FindStanding(String sessionId) implements ReadOperation<FindStanding.Answer> {

    /**
     * @param behind first of the issue, for parked work
     */
    public record Answer(
        PositionedSession session,
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

  public record ReadTimeline(String sessionId) implements ReadOperation<ReadTimeline.Answer> {

    public record Answer(List<Event> events) {}

    @Override
    public Answer run(ReadStep step) {
      return new Answer(List.copyOf(step.events(step.session(sessionId))));
    }
  }

  /**
   * @param afterId exclusive
   */
  public record ListActivities(String sessionId, long afterId, int limit)
      implements ReadOperation<ListActivities.Answer> {

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
