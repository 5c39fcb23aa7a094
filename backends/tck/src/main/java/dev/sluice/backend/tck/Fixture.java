package dev.sluice.backend.tck;

import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.Event;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** The base of all cases, which checks that refused calls leave no trace. */
public abstract class Fixture extends CaseVerbs {

  protected void assertRefused(Refusal reason, WorkBuilder... items) {
    withoutTrace(() -> assertThat(offer(items)).extracting(Enqueued::refusal).containsOnly(reason));
  }

  protected RefusedException refused(Refusal reason, ThrowingCallable call) {
    Snapshot before = snapshot();
    RefusedException refusal = refusal(reason, call);
    assertThat(AnswerLog.last()).as("sequence number").isEqualTo(before.seq());
    assertThat(snapshot()).as("what is stored after a refusal").isEqualTo(before);
    return refusal;
  }

  protected void refusedAsOwnedBy(@Nullable KitWorker owner, ThrowingCallable call) {
    String id = owner == null ? null : owner.id();
    assertThat(refused(Refusal.NOT_OWNER, call).owner()).isEqualTo(id);
  }

  protected static RefusedException refusal(Refusal reason, ThrowingCallable call) {
    AnswerLog.clear();
    RefusedException refusal = catchThrowableOfType(RefusedException.class, call);
    assertThat(refusal).as("a refusal, %s", reason).isNotNull();
    assertThat(refusal.refusal()).isEqualTo(reason);
    return refusal;
  }

  protected void withoutTrace(Runnable call) {
    Snapshot before = snapshot();
    call.run();
    assertThat(snapshot()).as("what is stored").isEqualTo(before);
  }

  /** Asserts that only an audit line is new. */
  protected void audited(Runnable call) {
    Snapshot before = snapshot();
    call.run();
    Snapshot after = snapshot();
    assertThat(seq()).as("sequence number").isEqualTo(before.seq() + 1);
    assertThat(acts(after.audit)).isEqualTo(acts(before.audit) + 1);
    assertThat(after.butAudit()).as("what is stored").isEqualTo(before.butAudit());
  }

  private static long acts(List<AuditLine> lines) {
    return lines.stream().mapToLong(AuditLine::times).sum();
  }

  /**
   * Asserts the refusal of an end reported by another worker than the owner; it leaves only a line
   * on the timeline.
   */
  protected RefusedException refusedLate(String sessionId, ThrowingCallable call) {
    Snapshot before = snapshot();
    List<Event> timeline = timeline(sessionId);
    RefusedException refusal = refusal(Refusal.NOT_OWNER, call);
    assertThat(AnswerLog.last()).as("its sequence number").isEqualTo(before.seq() + 1);
    assertThat(seq()).as("sequence number").isEqualTo(before.seq() + 1);
    assertThat(snapshot().sessions()).as("sessions").isEqualTo(before.sessions());
    assertThat(snapshot().workers()).as("workers").isEqualTo(before.workers());
    assertThat(timeline(sessionId)).hasSize(timeline.size() + 1).startsWith(asArray(timeline));
    assertThat(timeline(sessionId).get(timeline.size()).kind()).isEqualTo(Event.Kind.LATE_RESULT);
    return refusal;
  }

  private static Event[] asArray(List<Event> timeline) {
    return timeline.toArray(Event[]::new);
  }

  /** All that is visible of the org, or its refusals where unreadable. */
  private record Snapshot(
      long seq,
      Counts counts,
      List<Object> sessions,
      List<Object> timelines,
      List<Object> inboxes,
      InboxCounts unread,
      List<Object> workers,
      List<ProjectQueue> queues,
      List<AuditLine> audit) {

    Snapshot butAudit() {
      return new Snapshot(
          0, counts, sessions, timelines, inboxes, unread, workers, queues, List.of());
    }
  }

  private Snapshot snapshot() {
    return new Snapshot(
        seq(),
        queue().counts(org),
        seen(enqueued, this::session),
        seen(enqueued, this::timeline),
        seen(enqueued, id -> inboxes().history(org, id)),
        inboxes().counts(org),
        seen(workers.stream().filter(KitWorker::isRegistered).toList(), KitWorker::record),
        queues().list(org, null, Page.MAX).items(),
        auditLines());
  }

  private static <T> List<Object> seen(Collection<T> things, Function<T, Object> look) {
    return things.stream().map(thing -> lookAt(thing, look)).toList();
  }

  private static <T> Object lookAt(T thing, Function<T, Object> look) {
    try {
      return look.apply(thing);
    } catch (RefusedException e) {
      return e.refusal();
    }
  }
}
