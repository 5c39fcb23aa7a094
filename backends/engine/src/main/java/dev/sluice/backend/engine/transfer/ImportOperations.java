package dev.sluice.backend.engine.transfer;

import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.ArchiveRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.IdempotentAnswer;
import dev.sluice.backend.engine.records.JobRecord;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.OrgReply.Stored;
import dev.sluice.backend.engine.records.QueueRecord;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.LoggedEvents;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.SessionLog;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.engine.transfer.ClosureOperations.RequireImport;
import dev.sluice.backend.engine.write.RetentionSweep;
import dev.sluice.backend.engine.write.WriteOperation;
import dev.sluice.backend.engine.write.WriteStep;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class ImportOperations {

  private ImportOperations() {}

  /**
   * Adds what is not there yet, and discards the texts of the rest. Takes no sequence number.
   *
   * @param changes those of {@code RecordsIn}
   * @param storedMs when their texts were stored, epoch ms
   */
  public record Import(String closureId, List<Change> changes, long storedMs)
      implements WriteOperation<Boolean> {

    @Override
    public boolean passesClosure() {
      return true;
    }

    @Override
    public Boolean run(WriteStep step) {
      RequireImport.require(step, closureId);
      step.requireFresh(storedMs);
      step.requireMemory();
      changes.forEach(new Adder(step)::add);
      return true;
    }
  }

  private static final class Adder {

    private final WriteStep step;
    private final OrgState state;

    /** Its timeline may follow. */
    private @Nullable String lastAdded;

    Adder(WriteStep step) {
      this.step = step;
      this.state = step.state();
    }

    void add(Change change) {
      if (change instanceof Change.PutSession put) {
        session(put.session());
      } else if (change instanceof Change.PutTimeline put) {
        if (put.sessionId().equals(lastAdded)) {
          step.applyInternal(put);
        }
      } else if (change instanceof Change.PutActivities put) {
        activities(put);
      } else if (change instanceof Change.PutMessage put) {
        message(put.message());
      } else if (change instanceof Change.PutAcked put) {
        if (state.acked(put.sessionId()) == null && inState(put.sessionId())) {
          step.applyInternal(put);
        }
      } else if (change instanceof Change.PutArchive put) {
        archive(put.archive());
      } else if (change instanceof Change.PutJob put) {
        job(put.job());
      } else if (change instanceof Change.AddAudit add) {
        audit(add.line());
      } else {
        addOther(change);
      }
    }

    private void addOther(Change change) {
      if (change instanceof Change.PutCounters put) {
        step.adopt(put.counters());
      } else if (change instanceof Change.PutWorker put) {
        if (state.worker(put.worker().id()) == null) {
          step.applyInternal(put);
        }
      } else if (change instanceof Change.PutQueue put) {
        ProjectWork project = state.work().project(put.queue().project());
        if (project == null || project.queue().nothing()) {
          step.applyInternal(put);
        }
      } else if (change instanceof Change.PutStopOrder put) {
        if (state.stopOrders().find(put.order().id()) == null) {
          step.applyInternal(put);
        }
      } else if (change instanceof Change.PutAnswer put) {
        IdempotentAnswer answer = put.answer();
        if (state.answers().find(answer.key(), answer.part()) == null) {
          step.applyInternal(put);
        }
      } else if (change instanceof Change.PutLiveness put) {
        WorkerEntry worker = state.worker(put.workerId());
        if (worker != null && worker.liveness().lastSeenMs() == 0) { // just added
          step.applyInternal(put);
        }
      } else {
        step.applyInternal(change); // nodes, event log and revoked keys
      }
    }

    private boolean inState(String sessionId) {
      return state.session(sessionId) instanceof SessionRecord;
    }

    private void session(SessionRecord session) {
      if (state.session(session.id()) != null) {
        step.discard(Stored.ITEM, session.id(), session.payload());
        return;
      }
      step.applyInternal(new Change.PutSession(session));
      lastAdded = session.id();
      if (session.place() == Place.ENDED) {
        step.noteEnded(session.id());
      }
    }

    private void activities(Change.PutActivities put) {
      String id = put.sessionId();
      SessionLog<ActivityRecord> log = state.activities(id);
      boolean known = inState(id);
      List<ActivityRecord> lines = log == null ? new ArrayList<>() : new ArrayList<>(log.lines());
      long last = log == null ? 0 : log.count();
      boolean more = false;
      for (ActivityRecord line : put.lines()) {
        if (known && line.id() > last) {
          lines.add(line);
          more = true;
        } else {
          step.discard(Stored.ACTIVITY, id, line.text());
        }
      }
      if (more) {
        step.applyInternal(new Change.PutActivities(id, List.copyOf(lines)));
      }
    }

    private void message(MessageRecord message) {
      Inbox inbox = state.inbox(message.sessionId());
      boolean there = inbox != null && inbox.at(message.lane(), message.seq()) != null;
      if (there || !inState(message.sessionId())) {
        step.discard(Stored.TEXT, message.sessionId(), message.text());
      } else {
        step.applyInternal(new Change.PutMessage(message));
      }
    }

    private void archive(ArchiveRecord more) {
      ArchiveRecord before = state.archives().find(more.sessionId());
      List<MessageRecord> messages = new ArrayList<>();
      if (before != null) {
        messages.addAll(before.messages());
      }
      for (MessageRecord message : more.messages()) {
        if (messages.stream().anyMatch(each -> each.id().equals(message.id()))) {
          step.discard(Stored.TEXT, message.sessionId(), message.text());
        } else {
          messages.add(message);
        }
      }
      if (before == null || messages.size() > before.messages().size()) {
        step.applyInternal(
            new Change.PutArchive(
                new ArchiveRecord(more.sessionId(), more.atMs(), List.copyOf(messages))));
      }
    }

    private void job(JobRecord job) {
      if (state.jobs().find(job.id()) != null) {
        step.discard(Stored.JOB, job.id(), job.item());
      } else {
        step.applyInternal(new Change.PutJob(job));
      }
    }

    /** The lines of the import replace the org's own. */
    private void audit(AuditLine line) {
      AuditLine before = state.audit().find(line.id());
      if (line.equals(before)) {
        return;
      }
      if (before != null) {
        step.applyInternal(new Change.RemoveAudit(line.id()));
      }
      step.applyInternal(new Change.AddAudit(line));
    }
  }

  /** Answers true once nothing is left. Takes no sequence number. */
  public record Discard(String closureId, int atMost) implements WriteOperation<Boolean> {

    @Override
    public boolean passesClosure() {
      return true;
    }

    @Override
    public Boolean run(WriteStep step) {
      RequireImport.require(step, closureId);
      OrgState state = step.state();
      List<String> sessions = ReadOrg.firstSessions(state, atMost);
      sessions.forEach(id -> session(step, id));
      boolean over = sessions.isEmpty() && others(step) == 0;
      step.takeNoNumber();
      return over;
    }

    private int others(WriteStep step) {
      OrgState state = step.state();
      List<String> archives = ReadOrg.first(state.archives().byTime(), atMost);
      for (String id : archives) {
        ArchiveRecord archive = state.archives().find(id);
        if (archive != null) {
          RetentionSweep.remove(step, archive);
        }
      }
      List<String> workers = ReadOrg.first(state.workers().registered(), atMost);
      workers.forEach(step::removeWorker);
      List<String> projects = List.copyOf(state.work().projectNames());
      projects.forEach(name -> step.applyInternal(new Change.PutQueue(QueueRecord.none(name))));
      List<String> answers = ReadOrg.first(state.answers().byEnd(), atMost);
      answers.forEach(key -> step.applyInternal(new Change.RemoveAnswers(key)));
      List<String> orders = ReadOrg.first(state.stopOrders().byTime(), atMost);
      orders.forEach(id -> step.applyInternal(new Change.RemoveStopOrder(id)));
      return events(step)
          + archives.size()
          + workers.size()
          + projects.size()
          + answers.size()
          + orders.size()
          + jobs(step);
    }

    private int events(WriteStep step) {
      LoggedEvents log = step.state().events();
      int dropped = Math.min(log.size(), atMost);
      if (dropped > 0) {
        step.dropEvents(log.oldest(), log.oldest() + dropped - 1);
      }
      return dropped;
    }

    private int jobs(WriteStep step) {
      List<String> ids = ReadOrg.first(step.state().jobs().waiting(), atMost);
      ids.addAll(ReadOrg.first(step.state().jobs().offered(), atMost));
      ids.addAll(ReadOrg.first(step.state().jobs().over(), atMost));
      for (String id : ids) {
        JobRecord job = step.state().jobs().find(id);
        if (job != null) {
          step.discard(Stored.JOB, id, job.item());
          step.applyInternal(new Change.RemoveJob(id));
        }
      }
      return ids.size();
    }

    private static void session(WriteStep step, String id) {
      Inbox inbox = step.state().inbox(id);
      if (inbox != null) {
        for (MessageRecord message : inbox.all()) {
          step.discard(Stored.TEXT, id, message.text());
        }
        step.applyInternal(new Change.ClearInbox(id));
      }
      SessionSlot slot = step.state().session(id);
      if (slot instanceof SessionRecord session) {
        RetentionSweep.remove(step, session);
      } else if (slot instanceof MovedSession moved) {
        RetentionSweep.remove(step, moved);
      } else {
        step.applyInternal(new Change.RemoveSession(id));
      }
    }
  }
}
