package dev.sluice.service.api.answers.open;

import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.NewWork;
import dev.sluice.service.api.PublicStatus;
import dev.sluice.service.api.TaskBody;
import dev.sluice.service.api.answers.PublicAnswers;
import java.util.List;

/** Answers of {@code /api/mcp}. A task is a session, {@code taskId} its id. */
public final class TaskAnswers {

  private TaskAnswers() {}

  public record Submitted(
      boolean submitted,
      String taskId,
      String issueId,
      String status,
      int priority,
      String workType) {

    public static Submitted of(Enqueued enqueued, NewWork work, TaskBody task) {
      return new Submitted(
          true,
          enqueued.sessionId(),
          work.issueId(),
          enqueued.state().wire(),
          work.priority(),
          task.workType());
    }
  }

  /** {@code stopped} is false if the session had ended otherwise. */
  public record Stopped(
      boolean stopped, String taskId, String issueId, String previousStatus, String newStatus) {

    public static Stopped of(Session before, Session after) {
      return new Stopped(
          after.state() == SessionState.STOPPED,
          after.id(),
          after.issueId(),
          PublicStatus.of(before),
          PublicStatus.of(after));
    }
  }

  public record Forwarded(
      boolean forwarded, String promptId, String taskId, String issueId, String sessionStatus) {

    public static Forwarded of(Session session, SendResult sent) {
      return new Forwarded(
          true, sent.message().id(), session.id(), session.issueId(), PublicStatus.of(session));
    }
  }

  /**
   * @param total not less than {@code returned}
   */
  public record Fleet(long total, int returned, List<PublicAnswers.Entry> sessions) {

    public static Fleet of(long total, List<PublicAnswers.Entry> sessions) {
      return new Fleet(Math.max(total, sessions.size()), sessions.size(), sessions);
    }
  }
}
