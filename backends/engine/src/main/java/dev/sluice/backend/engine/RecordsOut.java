package dev.sluice.backend.engine;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Counters;
import dev.sluice.backend.engine.records.Holdings;
import dev.sluice.backend.engine.records.IdempotentAnswer;
import dev.sluice.backend.engine.records.JobRecord;
import dev.sluice.backend.engine.records.Liveness;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.OrgReply.Stored;
import dev.sluice.backend.engine.records.QueueRecord;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.engine.tables.StoredActivity;
import dev.sluice.backend.engine.tables.StoredItem;
import dev.sluice.backend.engine.transfer.ReadOrg;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.transfer.JobCopy;
import dev.sluice.backend.transfer.MessageCopy;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.WorkerCopy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the changes of a page of {@link ReadOrg} into records of the contract. */
final class RecordsOut {

  /** Finds the public ids that lead to items, for each item those of its own. */
  interface Names {
    List<List<String>> leadingTo(String org, List<Blobs.Ref> items, List<List<String>> wanted);
  }

  private final String org;
  private final Rules rules;
  private final SideTables tables;
  private final Names names;
  private final List<OrgRecord> records = new ArrayList<>();
  private final List<String> damaged = new ArrayList<>(0);
  private final Map<Stored, List<Blobs.Ref>> refs = new EnumMap<>(Stored.class);
  private final Map<Stored, Iterator<@Nullable String>> texts = new EnumMap<>(Stored.class);
  private Iterator<List<String>> leading = Collections.emptyIterator();

  RecordsOut(String org, Rules rules, SideTables tables, Names names) {
    this.org = org;
    this.rules = rules;
    this.tables = tables;
    this.names = names;
  }

  List<OrgRecord> records() {
    return records;
  }

  /** Names of records without their texts. */
  List<String> damaged() {
    return damaged;
  }

  RecordsOut add(List<Change> changes) {
    changes.forEach(this::need);
    refs.forEach(
        (kind, wanted) -> {
          List<@Nullable String> found = tables.of(kind).fetch(wanted);
          texts.put(kind, found.iterator());
          if (kind == Stored.ITEM) {
            leading = names.leadingTo(org, wanted, namesOf(found)).iterator();
          }
        });
    for (int i = 0; i < changes.size(); i++) {
      add(changes.get(i), i + 1 < changes.size() ? changes.get(i + 1) : null);
    }
    return this;
  }

  private static List<List<String>> namesOf(List<@Nullable String> items) {
    List<List<String>> names = new ArrayList<>(items.size());
    for (String item : items) {
      names.add(item == null ? List.of() : StoredItem.names(item));
    }
    return names;
  }

  private void need(Change change) {
    if (change instanceof Change.PutSession put) {
      need(Stored.ITEM, put.session().id(), put.session().payload());
    } else if (change instanceof Change.PutActivities put) {
      put.lines().forEach(line -> need(Stored.ACTIVITY, put.sessionId(), line.text()));
    } else if (change instanceof Change.PutMessage put) {
      need(put.message());
    } else if (change instanceof Change.PutArchive put) {
      put.archive().messages().forEach(this::need);
    } else if (change instanceof Change.PutJob put) {
      need(Stored.JOB, put.job().id(), put.job().item());
    }
  }

  private void need(MessageRecord message) {
    if (message.text() != Blobs.EMPTY) {
      need(Stored.TEXT, message.sessionId(), message.text());
    }
  }

  private void need(Stored kind, String id, long name) {
    refs.computeIfAbsent(kind, any -> new ArrayList<>()).add(new Blobs.Ref(org, id, name));
  }

  private @Nullable String next(Stored kind) {
    Iterator<@Nullable String> left = texts.get(kind);
    return left == null ? null : left.next();
  }

  /**
   * @param next may belong to it
   */
  private void add(Change change, @Nullable Change next) {
    if (change instanceof Change.PutSession put) {
      session(put.session(), next instanceof Change.PutTimeline timeline ? timeline : null);
    } else if (change instanceof Change.PutActivities put) {
      put.lines().forEach(line -> activity(put.sessionId(), line));
    } else if (change instanceof Change.PutMessage put) {
      message(put.message(), 0);
    } else if (change instanceof Change.PutAcked put) {
      long visibilityMs = rules.visibilityMs();
      records.add(
          new OrgRecord.Acked(
              put.sessionId(), put.lines().stream().map(line -> line.show(visibilityMs)).toList()));
    } else if (change instanceof Change.PutArchive put) {
      put.archive().messages().forEach(message -> message(message, put.archive().atMs()));
    } else if (change instanceof Change.PutJob put) {
      job(put.job());
    } else {
      addOther(change, next);
    }
  }

  private void addOther(Change change, @Nullable Change next) {
    if (change instanceof Change.PutCounters put && next instanceof Change.PutNodes nodes) {
      records.add(numbers(put.counters(), nodes.nodes().excusedUntilMs()));
    } else if (change instanceof Change.NoteRevoked note) {
      records.add(new OrgRecord.Revoked(note.keyId()));
    } else if (change instanceof Change.PutQueue put) {
      records.add(project(put.queue()));
    } else if (change instanceof Change.PutWorker put && next instanceof Change.PutLiveness live) {
      records.add(worker(put.worker(), live.liveness()));
    } else if (change instanceof Change.PutStopOrder put) {
      records.add(new OrgRecord.Stop(put.order()));
    } else if (change instanceof Change.PutAnswer put) {
      records.add(answer(put.answer()));
    } else if (change instanceof Change.AddAudit add) {
      records.add(new OrgRecord.Audited(add.line()));
    } else if (change instanceof Change.DropEvents drop) {
      records.add(new OrgRecord.Logged(drop.upTo()));
    }
  }

  private void session(SessionRecord session, Change.@Nullable PutTimeline timeline) {
    @Nullable String stored = next(Stored.ITEM);
    List<Event> events = timeline == null ? List.of() : timeline.lines();
    records.add(
        new SessionCopy(
            session.id(),
            session.issueId(),
            session.issueIdentifier(),
            session.subject(),
            session.project(),
            PackedNames.capabilities(session.capabilities()),
            PackedNames.repository(session.capabilities()),
            session.priority(),
            session.queuedAtMs(),
            session.score(),
            session.notBeforeMs(),
            session.deadlineMs(),
            session.createdAtMs(),
            session.enqueuedSeq(),
            session.contentHash(),
            stored == null ? null : StoredItem.json(stored),
            leading.next(),
            session.place(),
            session.state(),
            session.attempts(),
            session.nacks(),
            session.updatedAtMs(),
            session.endedAtMs(),
            session.claim(),
            session.returnInfo(),
            events));
  }

  private void activity(String sessionId, ActivityRecord line) {
    @Nullable String text = next(Stored.ACTIVITY);
    if (text == null) {
      damaged.add("activity " + line.id() + " of session " + sessionId);
    } else {
      records.add(
          new OrgRecord.Told(
              sessionId,
              line.id(),
              line.atMs(),
              StoredActivity.type(text),
              StoredActivity.body(text)));
    }
  }

  private void message(MessageRecord message, long archivedAtMs) {
    @Nullable String text = message.text() == Blobs.EMPTY ? "" : next(Stored.TEXT);
    if (text == null) {
      damaged.add("message " + message.id() + " of session " + message.sessionId());
    } else {
      records.add(
          new MessageCopy(
              message.sessionId(),
              message.id(),
              message.seq(),
              message.type(),
              message.lane(),
              text,
              message.userId(),
              message.userName(),
              message.createdAtMs(),
              message.hiddenUntilMs(),
              message.offeredTo(),
              archivedAtMs));
    }
  }

  private void job(JobRecord job) {
    @Nullable String item = next(Stored.JOB);
    if (item == null) {
      damaged.add("job " + job.id());
    } else {
      records.add(
          new JobCopy(
              job.id(),
              job.contentHash(),
              item,
              job.seq(),
              job.state(),
              job.offers(),
              job.workerId(),
              job.createdAtMs(),
              job.updatedAtMs(),
              job.offeredUntilMs(),
              job.held()));
    }
  }

  private static OrgRecord.Numbers numbers(Counters counters, long excusedMs) {
    return new OrgRecord.Numbers(
        counters.seq(),
        counters.token(),
        counters.nowMs(),
        counters.lastSweepMs(),
        counters.gapEndMs(),
        counters.frontMs(),
        excusedMs);
  }

  private static OrgRecord.Project project(QueueRecord queue) {
    return new OrgRecord.Project(
        queue.project(), queue.limits(), queue.spentMicroUsd(), queue.spentDay(), queue.pause());
  }

  private static OrgRecord.Answer answer(IdempotentAnswer answer) {
    return new OrgRecord.Answer(
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

  private static WorkerCopy worker(WorkerRecord worker, Liveness live) {
    Holdings holdings = worker.holdings();
    return new WorkerCopy(
        worker.registration(),
        worker.registeredAtMs(),
        live.lastSeenMs(),
        live.silent(),
        live.activeCount(),
        worker.drained(),
        worker.retired(),
        worker.noShows(),
        worker.nacks(),
        worker.quarantines(),
        worker.quarantinedUntilMs(),
        live.settledUntilMs(),
        live.lastPollMs(),
        live.lastRequest(),
        live.lastClaims().stream()
            .map(claim -> new WorkerCopy.ClaimRef(claim.sessionId(), claim.token()))
            .toList(),
        worker.note(),
        holdings.quarantined(),
        holdings.shortMs(),
        holdings.shortAccepted(),
        holdings.predecessors(),
        holdings.unlisted(),
        holdings.notHeld(),
        holdings.unknownHeld(),
        worker.denials(),
        worker.failedRuns(),
        worker.protectedUntilMs());
  }
}
