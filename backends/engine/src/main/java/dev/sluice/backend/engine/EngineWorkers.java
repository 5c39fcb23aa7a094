package dev.sluice.backend.engine;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.read.ShownMessage;
import dev.sluice.backend.engine.read.WorkerReads.FindWorker;
import dev.sluice.backend.engine.read.WorkerReads.ListWorkers;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.engine.tables.StoredItem;
import dev.sluice.backend.engine.write.ClaimOperations.FailMissing;
import dev.sluice.backend.engine.write.Poll;
import dev.sluice.backend.engine.write.WorkerOperations.Deregister;
import dev.sluice.backend.engine.write.WorkerOperations.Drain;
import dev.sluice.backend.engine.write.WorkerOperations.NoteHeartbeat;
import dev.sluice.backend.engine.write.WorkerOperations.Protect;
import dev.sluice.backend.engine.write.WorkerOperations.Register;
import dev.sluice.backend.engine.write.WorkerOperations.SetNote;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.HeartbeatResult;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class EngineWorkers implements Workers {

  private static final Logger LOG = LoggerFactory.getLogger(EngineWorkers.class);

  private final Orgs orgs;
  private final Blobs items;
  private final Blobs texts;
  private final EngineBatch batch;
  private final Registry registry;
  private final Supplier<String> node;

  /**
   * @param node that answers, {@link EngineUpkeep#sweeper}
   */
  EngineWorkers(
      Orgs orgs, SideTables tables, EngineBatch batch, Registry registry, Supplier<String> node) {
    this.node = node;
    this.orgs = orgs;
    this.batch = batch;
    this.items = tables.items();
    this.texts = tables.texts();
    this.registry = registry;
  }

  @Override
  public Worker register(String org, Registration registration) {
    registry.noteOrg(org);
    return orgs.call(org, new Register(registration));
  }

  @Override
  public HeartbeatResult heartbeat(WorkerRef worker, Heartbeat heartbeat) {
    NoteHeartbeat.Answer answer =
        orgs.call(
            worker.org(), new NoteHeartbeat(worker.workerId(), worker.registeredBy(), heartbeat));
    Map<String, HeartbeatResult.Verdict> held = new HashMap<>();
    List<String> listed = heartbeat.held() == null ? List.of() : heartbeat.held();
    for (int i = 0; i < listed.size(); i++) {
      held.put(listed.get(i), answer.verdicts().get(i));
    }
    return new HeartbeatResult(answer.waiting(), held, answer.dialect(), answer.drained());
  }

  @Override
  public Worker find(WorkerRef worker) {
    return orgs.call(worker.org(), new FindWorker(worker.workerId(), worker.registeredBy()));
  }

  @Override
  public Page<Worker> list(String org, @Nullable Cursor cursor, int limit) {
    ListWorkers.Answer page = orgs.call(org, new ListWorkers(cursor, limit));
    return new Page<>(page.workers(), page.next());
  }

  @Override
  public Worker drain(String org, String workerId, boolean drain, @Nullable AuditNote note) {
    return orgs.call(org, new Drain(workerId, drain, note));
  }

  @Override
  public Worker setNote(String org, String workerId, String text, AuditNote note) {
    return orgs.call(org, new SetNote(workerId, text, note));
  }

  @Override
  public Worker protect(String org, String workerId, long untilMs, AuditNote note) {
    if (!orgs.takes(Protect.class)) {
      throw RefusedException.of(Refusal.UPGRADING, "");
    }
    return orgs.call(org, new Protect(workerId, untilMs, note));
  }

  @Override
  public List<String> deregister(WorkerRef worker, @Nullable AuditNote note) {
    Deregister.Answer answer =
        orgs.call(worker.org(), new Deregister(worker.workerId(), worker.registeredBy(), note));
    return answer.returned();
  }

  @Override
  public PollResult poll(PollRequest request) {
    return orgs.reading(
        () -> {
          WorkerRef worker = request.worker();
          Poll.Answer answer = poll(request, false, List.of());
          List<ClaimedWork> work = work(worker.org(), answer.work());
          Map<String, ShownMessage> messages = new LinkedHashMap<>();
          answer.messages().forEach(message -> messages.put(message.message().id(), message));
          boolean repeated = answer.repeated();
          while (work.size() < answer.work().size()) {
            // Items were missing: claim others in their place, but not for a repeated request.
            answer = poll(request, !repeated, messages.values());
            work = work(worker.org(), answer.work());
            answer.messages().forEach(message -> messages.put(message.message().id(), message));
          }
          return new PollResult(
              work,
              MessageTexts.show(texts, worker.org(), List.copyOf(messages.values())),
              batch.show(worker.org(), answer.jobs()),
              answer.dialect(),
              answer.capabilities().capabilities(),
              answer.capabilities().repositories(),
              answer.takes(),
              answer.freeSlots(),
              answer.more());
        });
  }

  /**
   * @param read messages of an earlier run
   */
  private Poll.Answer poll(PollRequest request, boolean more, Collection<ShownMessage> read) {
    WorkerRef worker = request.worker();
    return orgs.call(
        worker.org(),
        new Poll(
            worker.workerId(),
            worker.registeredBy(),
            request.requestId(),
            request.max(),
            request.batch(),
            more,
            node.get(),
            read.stream().mapToLong(shown -> shown.message().answerBytes()).sum()));
  }

  private List<ClaimedWork> work(String org, List<Poll.Claimed> claims) {
    if (claims.isEmpty()) {
      return List.of();
    }
    List<@Nullable String> found =
        items.fetch(
            claims.stream().map(c -> new Blobs.Ref(org, c.sessionId(), c.payload())).toList());
    List<ClaimedWork> work = new ArrayList<>(claims.size());
    for (int i = 0; i < claims.size(); i++) {
      Poll.Claimed claim = claims.get(i);
      String item = found.get(i);
      if (item == null) {
        fail(org, claim);
      } else {
        work.add(
            new ClaimedWork(
                claim.sessionId(),
                claim.token(),
                claim.acceptByMs(),
                claim.project(),
                claim.queuedAtMs(),
                StoredItem.json(item)));
      }
    }
    return work;
  }

  private void fail(String org, Poll.Claimed claim) {
    LOG.error("the item of session {} of org {} is missing", claim.sessionId(), org);
    try {
      orgs.callAside(org, new FailMissing(claim.sessionId(), claim.token(), claim.before()));
    } catch (RefusedException e) {
      LOG.debug("somebody else was faster", e);
    }
  }
}
