package dev.sluice.backend.engine.write;

import static java.util.Objects.requireNonNullElse;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.records.IdempotentAnswer;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.state.CapabilitySet;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.WorkIndex;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.ContentHash;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Score;
import dev.sluice.backend.work.Subject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record Enqueue(List<Item> items, long payloadsStoredMs)
    implements WriteOperation<Enqueue.Answer> {

  /**
   * @param requiredCapabilities {@link dev.sluice.backend.store.PackedNames}, sorted by bytes
   * @param subject null from older nodes
   * @param takenId true if the id was the public id of another session before this step
   */
  public record Item(
      String sessionId,
      String issueId,
      String issueIdentifier,
      String project,
      List<String> requiredCapabilities,
      int priority,
      long queuedAtMs,
      String contentHash,
      long payload,
      long notBeforeMs,
      long deadlineMs,
      @Nullable Idempotency idempotency,
      long bytes,
      Subject subject,
      boolean takenId) {

    public Item {
      subject = requireNonNullElse(subject, Subject.NONE);
    }
  }

  public record Answer(List<Enqueued> results) {}

  @Override
  public Answer run(WriteStep step) {
    step.requireFresh(payloadsStoredMs);
    step.loadAll(items.stream().map(Item::sessionId).toList());
    List<Enqueued> results = new ArrayList<>(items.size());
    for (Item item : items) {
      results.add(enqueue(step, item));
      step.advanceSeq();
    }
    return new Answer(results);
  }

  private static Enqueued enqueue(WriteStep step, Item item) {
    if (IdempotentCalls.reused(step, item.idempotency())) {
      return refused(item, Refusal.KEY_REUSED);
    }
    IdempotentAnswer before = IdempotentCalls.find(step, item.idempotency());
    if (before != null) {
      return replayed(before);
    }
    Enqueued result = carryOut(step, item);
    if (result.refusal() == null) {
      IdempotentCalls.keep(step, item.idempotency(), result);
    }
    return result;
  }

  private static Enqueued replayed(IdempotentAnswer before) {
    SessionState state = before.state() == null ? SessionState.PENDING : before.state();
    return new Enqueued(before.id(), before.duplicate(), state, before.position(), null, true);
  }

  private static Enqueued carryOut(WriteStep step, Item item) {
    SessionSlot known = step.state().session(item.sessionId());
    if (known != null) {
      SessionRecord record = step.readable(known);
      return repeat(step, record == null ? step.indexed(item.sessionId()) : record, item);
    }
    if (item.takenId()) {
      return refused(item, Refusal.ID_TAKEN);
    }
    if (step.isFullForWork(item.bytes())) {
      return refused(item, Refusal.STORE_FULL);
    }
    Refusal refusal = refusal(step, item.project(), item.requiredCapabilities());
    if (refusal != null) {
      return refused(item, refusal);
    }
    SessionRecord session = session(step, item);
    step.events().enqueued(session);
    step.put(session);
    return present(step, step.session(item.sessionId()), false);
  }

  private static SessionRecord session(WriteStep step, Item item) {
    return new SessionRecord(
        item.sessionId(),
        item.issueId(),
        item.issueIdentifier(),
        item.project(),
        item.requiredCapabilities(),
        item.priority(),
        item.queuedAtMs(),
        item.contentHash(),
        item.payload(),
        item.notBeforeMs() > step.now() ? Place.LATER : Place.READY,
        SessionState.PENDING,
        0,
        0,
        step.now(),
        step.now(),
        0,
        ClaimState.NONE,
        ReturnInfo.NONE,
        Score.of(item.priority(), item.queuedAtMs()),
        item.notBeforeMs(),
        item.deadlineMs(),
        step.seq(),
        item.bytes(),
        item.subject());
  }

  /** The limit that refuses such work. */
  static @Nullable Refusal refusal(WriteStep step, String project, List<String> capabilities) {
    Rules rules = step.rules();
    if (rules.maxWaiting() > 0 && step.state().counts().waiting() >= rules.maxWaiting()) {
      return Refusal.QUEUE_FULL;
    }
    if (step.isOneTooMany(project)) {
      return Refusal.TOO_MANY_PROJECTS;
    }
    WorkIndex work = step.state().work();
    CapabilitySet set = work.capabilitySet(capabilities);
    ProjectWork known = work.project(project);
    boolean newToOrg = set == null;
    boolean newToProject = known == null || set == null || !known.needs(set);
    int sets = known == null ? 0 : known.setCount();
    return (newToOrg && work.capabilitySets().size() >= rules.bounds().maxOrgCapabilitySets())
            || (newToProject && sets >= rules.maxCapabilitySets())
        ? Refusal.TOO_MANY_CAPABILITY_SETS
        : null;
  }

  private static Enqueued repeat(WriteStep step, @Nullable SessionRecord known, Item item) {
    if (known == null) {
      return refused(item, Refusal.DAMAGED);
    }
    return ContentHash.same(known.contentHash(), item.contentHash())
        ? present(step, known, true)
        : refused(item, Refusal.CONFLICT);
  }

  private static Enqueued present(WriteStep step, SessionRecord session, boolean duplicate) {
    return new Enqueued(session.id(), duplicate, session.state(), step.position(session), null);
  }

  private static Enqueued refused(Item item, Refusal refusal) {
    return new Enqueued(item.sessionId(), false, SessionState.PENDING, 0, refusal);
  }
}
