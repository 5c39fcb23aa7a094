package dev.sluice.backend.engine;

import dev.sluice.backend.JsonBytes;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.records.AckedRecord;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.ArchiveRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Counters;
import dev.sluice.backend.engine.records.Holdings;
import dev.sluice.backend.engine.records.IdempotentAnswer;
import dev.sluice.backend.engine.records.JobRecord;
import dev.sluice.backend.engine.records.Liveness;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.OrgReply.Garbage;
import dev.sluice.backend.engine.records.OrgReply.Stored;
import dev.sluice.backend.engine.records.QueueRecord;
import dev.sluice.backend.engine.records.SweepingNodes;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.engine.tables.StoredActivity;
import dev.sluice.backend.engine.tables.StoredItem;
import dev.sluice.backend.inbox.AckedMessage;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.transfer.JobCopy;
import dev.sluice.backend.transfer.MessageCopy;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.WorkerCopy;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.NewBatchJob;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Turns records of the contract into changes, and stores the texts that these will name. */
final class RecordsIn {

  private final String org;
  private final Rules rules;
  private final String node;
  private final List<Change> changes = new ArrayList<>();
  private final Map<Stored, List<Blobs.Ref>> refs = new EnumMap<>(Stored.class);
  private final Map<Stored, List<String>> texts = new EnumMap<>(Stored.class);
  private final List<List<String>> names = new ArrayList<>();

  /**
   * @param node that sweeps the org from now on
   */
  RecordsIn(String org, Rules rules, String node) {
    this.org = org;
    this.rules = rules;
    this.node = node;
  }

  List<Change> changes() {
    return changes;
  }

  List<Blobs.Ref> items() {
    return refs.getOrDefault(Stored.ITEM, List.of());
  }

  /** Public ids of {@link #items}. */
  List<List<String>> names() {
    return names;
  }

  /** All that {@link #store} stores. */
  List<Garbage> stored() {
    List<Garbage> stored = new ArrayList<>();
    refs.forEach(
        (kind, some) ->
            some.forEach(ref -> stored.add(new Garbage(kind, ref.sessionId(), ref.name()))));
    return stored;
  }

  /**
   * @param nowMs stored with the texts, epoch ms
   */
  void store(SideTables tables, long nowMs) {
    refs.forEach(
        (kind, some) -> tables.of(kind).store(some, texts.getOrDefault(kind, List.of()), nowMs));
  }

  private long keep(Stored kind, String id, String text) {
    long name = Blobs.newName();
    refs.computeIfAbsent(kind, any -> new ArrayList<>()).add(new Blobs.Ref(org, id, name));
    texts.computeIfAbsent(kind, any -> new ArrayList<>()).add(text);
    return name;
  }

  void add(OrgRecord record) {
    if (record instanceof SessionCopy session) {
      session(session);
    } else if (record instanceof WorkerCopy worker) {
      worker(worker);
    } else if (record instanceof MessageCopy message) {
      message(message);
    } else if (record instanceof JobCopy job) {
      job(job);
    } else {
      add((OrgRecord.Small) record);
    }
  }

  private void add(OrgRecord.Small record) {
    if (record instanceof OrgRecord.Told told) {
      activity(told);
    } else if (record instanceof OrgRecord.Acked acked) {
      List<AckedRecord> lines = acked.messages().stream().map(this::acked).toList();
      changes.add(new Change.PutAcked(acked.sessionId(), lines.size(), lines));
    } else if (record instanceof OrgRecord.Numbers numbers) {
      numbers(numbers);
    } else if (record instanceof OrgRecord.Revoked revoked) {
      changes.add(new Change.NoteRevoked(revoked.keyId()));
    } else if (record instanceof OrgRecord.Project project) {
      changes.add(new Change.PutQueue(queue(project)));
    } else if (record instanceof OrgRecord.Stop stop) {
      changes.add(new Change.PutStopOrder(stop.order()));
    } else if (record instanceof OrgRecord.Answer answer) {
      changes.add(new Change.PutAnswer(answer(answer)));
    } else if (record instanceof OrgRecord.Audited audited) {
      changes.add(new Change.AddAudit(audited.line()));
    } else if (record instanceof OrgRecord.Logged logged) {
      changes.add(new Change.DropEvents(logged.latest(), logged.latest()));
    } else {
      throw new IllegalArgumentException("not of a state: " + record.getClass());
    }
  }

  private void numbers(OrgRecord.Numbers numbers) {
    changes.add(
        new Change.PutCounters(
            new Counters(
                numbers.seq(),
                numbers.token(),
                numbers.nowMs(),
                numbers.lastSweepMs(),
                numbers.gapEndMs(),
                numbers.frontMs())));
    changes.add(
        new Change.PutNodes(SweepingNodes.since(numbers.excusedMs(), node, numbers.lastSweepMs())));
  }

  private void session(SessionCopy session) {
    String item = session.item();
    long payload = Blobs.newName(); // of a lost item too
    if (item != null) {
      payload = keep(Stored.ITEM, session.id(), StoredItem.of(session.publicIds(), item));
      names.add(session.publicIds());
    }
    changes.add(new Change.PutSession(SessionIn.of(session, payload)));
    if (!session.timeline().isEmpty()) {
      changes.add(
          new Change.PutTimeline(session.id(), session.timeline().size(), session.timeline()));
    }
  }

  private void activity(OrgRecord.Told told) {
    String text = StoredActivity.of(told.kind(), told.body());
    ActivityRecord line =
        new ActivityRecord(
            told.id(),
            told.atMs(),
            keep(Stored.ACTIVITY, told.sessionId(), text),
            StoredBytes.ofActivity(told.kind(), told.body()));
    List<ActivityRecord> lines = new ArrayList<>();
    int last = changes.size() - 1;
    if (last >= 0
        && changes.get(last) instanceof Change.PutActivities before
        && before.sessionId().equals(told.sessionId())) {
      lines.addAll(before.lines());
      changes.remove(last);
    }
    lines.add(line);
    changes.add(new Change.PutActivities(told.sessionId(), lines));
  }

  private void message(MessageCopy message) {
    String payload = message.payload();
    MessageRecord record =
        new MessageRecord(
            message.sessionId(),
            message.id(),
            message.seq(),
            message.kind(),
            message.lane(),
            message.userId(),
            message.userName(),
            message.createdAtMs(),
            payload.isEmpty() ? Blobs.EMPTY : keep(Stored.TEXT, message.sessionId(), payload),
            message.hiddenUntilMs(),
            message.offeredTo(),
            Message.excerpt(payload),
            StoredBytes.ofMessage(payload),
            JsonBytes.of(payload));
    if (message.archivedAtMs() == 0) {
      changes.add(new Change.PutMessage(record));
    } else {
      archived(record, message.archivedAtMs());
    }
  }

  private void archived(MessageRecord message, long atMs) {
    String id = message.sessionId();
    List<MessageRecord> messages = new ArrayList<>();
    int last = changes.size() - 1;
    if (last >= 0
        && changes.get(last) instanceof Change.PutArchive before
        && before.archive().sessionId().equals(id)) {
      messages.addAll(before.archive().messages());
      changes.remove(last);
    }
    messages.add(message);
    changes.add(new Change.PutArchive(new ArchiveRecord(id, atMs, messages)));
  }

  private AckedRecord acked(AckedMessage acked) {
    Message message = acked.message();
    long offeredAtMs = message.offeredAtMs();
    MessageRecord record =
        new MessageRecord(
            message.sessionId(),
            message.id(),
            0, // only unacknowledged ones are found by it
            message.type(),
            message.lane(),
            message.userId(),
            message.userName(),
            message.createdAtMs(),
            Blobs.EMPTY,
            offeredAtMs == 0 ? 0 : offeredAtMs + rules.visibilityMs(),
            null,
            message.payload(),
            0,
            0);
    return new AckedRecord(record, acked.ackedAtMs(), acked.ackedBy(), acked.undeliverable());
  }

  private void job(JobCopy job) {
    NewBatchJob content = new NewBatchJob(job.id(), job.contentHash(), job.item());
    BatchJob.State state = job.state();
    changes.add(
        new Change.PutJob(
            new JobRecord(
                job.id(),
                job.contentHash(),
                keep(Stored.JOB, job.id(), job.item()),
                job.seq(),
                state,
                job.offers(),
                job.workerId(),
                job.createdAtMs(),
                job.updatedAtMs(),
                job.offeredUntilMs(),
                job.held(),
                StoredBytes.of(content))));
  }

  private static QueueRecord queue(OrgRecord.Project project) {
    return new QueueRecord(
        project.name(),
        project.limits(),
        project.spentMicroUsd(),
        project.spentDay(),
        project.pause());
  }

  private static IdempotentAnswer answer(OrgRecord.Answer answer) {
    return new IdempotentAnswer(
        answer.key(),
        answer.part(),
        answer.bodyHash(),
        answer.untilMs(),
        answer.id(),
        answer.duplicate(),
        answer.state(),
        answer.position(),
        answer.atMs());
  }

  private void worker(WorkerCopy worker) {
    changes.add(
        new Change.PutWorker(
            new WorkerRecord(
                worker.registration(),
                worker.registeredAtMs(),
                worker.drained(),
                worker.noShows(),
                worker.quarantinedUntilMs(),
                worker.retired(),
                worker.quarantines(),
                worker.note(),
                holdings(worker),
                worker.nacks(),
                worker.denials(),
                worker.failedRuns(),
                "",
                worker.protectedUntilMs())));
    Liveness live =
        new Liveness(
            0,
            worker.lastSeenMs(),
            worker.silent(),
            worker.activeCount(),
            worker.lastPollMs(),
            worker.lastRequest(),
            worker.lastClaims().stream()
                .map(claim -> new Liveness.ClaimRef(claim.sessionId(), claim.token()))
                .toList(),
            worker.settledUntilMs());
    changes.add(
        new Change.PutLiveness(
            worker.registration().workerId(), live.leased(rules.leaseMs()).offeredBy(node, 0)));
  }

  private static Holdings holdings(WorkerCopy worker) {
    Holdings holdings =
        new Holdings(
            worker.quarantined(),
            worker.shortMs(),
            worker.shortAccepted(),
            worker.predecessors(),
            worker.unlisted(),
            worker.notHeld(),
            worker.unknownHeld());
    return holdings.equals(Holdings.NONE) ? Holdings.NONE : holdings;
  }
}
