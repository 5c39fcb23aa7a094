package dev.sluice.backend.engine.transfer;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Names;
import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.read.ReadOperation;
import dev.sluice.backend.engine.read.ReadStep;
import dev.sluice.backend.engine.records.ArchiveRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.FinalRecord;
import dev.sluice.backend.engine.records.JobRecord;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.state.Bucket;
import dev.sluice.backend.engine.state.Inbox;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.ProjectWork;
import dev.sluice.backend.engine.state.RankedSet;
import dev.sluice.backend.engine.state.WorkerEntry;
import dev.sluice.backend.engine.transfer.OrgCursor.Section;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A page of an org's records, in the order of indexes that every copy of the state has.
 *
 * @param atMost records, sessions with all of theirs as one
 */
public record ReadOrg(OrgCursor from, int atMost) implements ReadOperation<ReadOrg.Answer> {

  private static final Comparator<Cursor> ORDER =
      (a, b) -> RankedSet.compare(a.number(), a.name(), b.number(), b.name());

  /**
   * @param records as changes that rebuild them
   * @param next null at the end; at the begin of {@link Section#KEYS} if that comes next
   * @param damaged ids of sessions that can't be read
   */
  public record Answer(List<Change> records, @Nullable OrgCursor next, List<String> damaged) {}

  @Override
  public Answer run(ReadStep step) {
    return new Reader(step, atMost).read(from);
  }

  /** Ids of the first sessions. */
  static List<String> firstSessions(OrgState state, int atMost) {
    List<String> ids = new ArrayList<>();
    for (String id : state.unreadable()) {
      if (ids.size() < atMost) {
        ids.add(id);
      }
    }
    for (String name : state.work().projectNames()) {
      ProjectWork project = state.work().project(name);
      if (project != null) {
        for (Section section : List.of(Section.IN_ORDER, Section.PARKED, Section.LATER)) {
          sets(project, section).forEach(set -> addFirst(set, ids, atMost));
        }
      }
    }
    for (RankedSet set : List.of(state.claimed(), state.dead(), state.ended())) {
      addFirst(set, ids, atMost);
    }
    return ids;
  }

  static List<String> first(RankedSet set, int atMost) {
    List<String> ids = new ArrayList<>();
    addFirst(set, ids, atMost);
    return ids;
  }

  private static void addFirst(RankedSet set, List<String> ids, int atMost) {
    if (ids.size() < atMost) {
      set.visit(
          (number, id) -> {
            ids.add(id);
            return ids.size() < atMost;
          });
    }
  }

  /** The sets of a project that a section walks through as one. */
  private static List<RankedSet> sets(ProjectWork project, Section section) {
    if (section == Section.IN_ORDER) {
      return project.buckets().stream().map(Bucket::items).toList();
    }
    RankedSet set = project.list(Place.valueOf(section.name()));
    return set == null ? List.of() : List.of(set);
  }

  private static final class Reader {

    private final ReadStep step;
    private final OrgState state;
    private final int atMost;
    private final List<Change> records = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>(0);
    private int things;
    private long bytes;

    Reader(ReadStep step, int atMost) {
      this.step = step;
      this.state = step.state();
      this.atMost = atMost;
    }

    Answer read(OrgCursor from) {
      @Nullable OrgCursor at = from;
      do {
        @Nullable OrgCursor within = section(at);
        at = within != null ? within : at.next();
      } while (at != null && at.section() != Section.KEYS && room() > 0);
      return new Answer(records, at, damaged);
    }

    private int room() {
      return bytes > Page.MAX_BYTES ? 0 : atMost - things;
    }

    /** Returns where to continue in the section; null at its end. */
    private @Nullable OrgCursor section(OrgCursor at) {
      switch (at.section()) {
        case NUMBERS -> numbers();
        case REVOKED ->
            state.revoked().stream()
                .sorted(Names::compareBytes)
                .forEach(id -> add(new Change.NoteRevoked(id)));
        case PROJECTS -> projects();
        case UNREADABLE -> damaged.addAll(state.unreadable());
        case IN_ORDER, PARKED, LATER, CLAIMED, DEAD -> {
          return byProject(at);
        }
        default -> {
          return inOneSet(at);
        }
      }
      return null;
    }

    private void numbers() {
      add(new Change.PutCounters(state.counters()));
      records.add(new Change.PutNodes(state.nodes()));
      long logged = state.events().latest();
      if (logged > 0) {
        records.add(new Change.DropEvents(logged, logged));
      }
    }

    private void projects() {
      for (String name : state.work().projectNames()) {
        ProjectWork project = state.work().project(name);
        if (project != null && !project.queue().nothing()) {
          add(new Change.PutQueue(project.queue()));
        }
      }
    }

    private @Nullable OrgCursor inOneSet(OrgCursor at) {
      return switch (at.section()) {
        case WORKERS -> each(state.workers().registered(), at, this::worker);
        case ENDED -> sessions(List.of(state.ended()), at);
        case ARCHIVES -> each(state.archives().byTime(), at, this::archive);
        case WAITING_JOBS -> each(state.jobs().waiting(), at, this::job);
        case OFFERED_JOBS -> each(state.jobs().offered(), at, this::job);
        case PAST_JOBS -> each(state.jobs().over(), at, this::job);
        case STOP_ORDERS -> each(state.stopOrders().byTime(), at, this::stopOrder);
        case ANSWERS ->
            each(
                state.answers().byEnd(),
                at,
                key -> state.answers().parts(key).forEach(part -> add(new Change.PutAnswer(part))));
        case AUDIT -> audit(at);
        default -> null;
      };
    }

    private @Nullable OrgCursor each(RankedSet set, OrgCursor at, Consumer<String> add) {
      List<Cursor> keys = keys(List.of(set), at);
      for (Cursor key : keys) {
        if (room() <= 0) {
          return at;
        }
        add.accept(key.name());
        at = at.after(key.number(), key.name());
      }
      return keys.isEmpty() ? null : at;
    }

    private @Nullable OrgCursor audit(OrgCursor at) {
      for (AuditLine line : state.audit().after(at.number())) {
        if (room() <= 0) {
          return at;
        }
        add(new Change.AddAudit(line));
        at = at.after(line.id(), "");
      }
      return null;
    }

    private void worker(String id) {
      WorkerEntry worker = state.worker(id);
      if (worker != null) {
        add(new Change.PutWorker(worker.record()));
        records.add(new Change.PutLiveness(id, worker.liveness()));
      }
    }

    /** That of a session came with it. */
    private void archive(String sessionId) {
      ArchiveRecord archive = state.archives().find(sessionId);
      if (archive != null && state.session(sessionId) == null) {
        bytes += archive.bytes();
        add(new Change.PutArchive(archive));
      }
    }

    private void job(String id) {
      JobRecord job = state.jobs().find(id);
      if (job != null) {
        bytes += job.bytes();
        add(new Change.PutJob(job));
      }
    }

    private void stopOrder(String id) {
      StopOrder order = state.stopOrders().find(id);
      if (order != null) {
        add(new Change.PutStopOrder(order));
      }
    }

    private @Nullable OrgCursor byProject(OrgCursor at) {
      for (String name : state.work().projectNames().tailSet(at.project(), true)) {
        ProjectWork project = state.work().project(name);
        @Nullable OrgCursor here = name.equals(at.project()) ? at : at.in(name);
        while (project != null && here != null) {
          if (room() <= 0) {
            return here;
          }
          here = sessions(sets(project, at.section()), here);
        }
      }
      return null;
    }

    private @Nullable OrgCursor sessions(List<RankedSet> sets, OrgCursor at) {
      List<Cursor> keys = keys(sets, at);
      step.loadAll(keys.stream().map(Cursor::name).toList());
      for (Cursor key : keys) {
        if (room() <= 0) {
          return at;
        }
        SessionSlot slot = state.session(key.name());
        if (slot != null) {
          session(slot);
        }
        at = at.after(key.number(), key.name());
      }
      return keys.isEmpty() ? null : at;
    }

    private void session(SessionSlot slot) {
      String id = slot.id();
      @Nullable FinalRecord record = null;
      if (slot instanceof SessionRecord session) {
        record = step.finalRecord(session);
      } else if (slot instanceof MovedSession moved) {
        record = step.load(moved);
        if (record == null) {
          damaged.add(id);
        }
      }
      if (record == null) {
        return; // an unreadable one was named before
      }
      things++;
      bytes += state.bytesOf(id);
      records.add(new Change.PutSession(record.session()));
      if (record.eventCount() > 0) {
        records.add(new Change.PutTimeline(id, record.eventCount(), record.events()));
      }
      if (!record.activities().isEmpty()) {
        records.add(new Change.PutActivities(id, record.activities()));
      }
      Inbox inbox = state.inbox(id);
      if (inbox != null) {
        bytes += inbox.bytes();
        inbox.all().forEach(message -> records.add(new Change.PutMessage(message)));
      }
      if (record.ackedCount() > 0) {
        records.add(new Change.PutAcked(id, record.ackedCount(), record.acked()));
      }
      ArchiveRecord archive = state.archives().find(id);
      if (archive != null) {
        bytes += archive.bytes();
        records.add(new Change.PutArchive(archive));
      }
    }

    private void add(Change record) {
      things++;
      records.add(record);
    }

    private List<Cursor> keys(List<RankedSet> sets, OrgCursor at) {
      List<Cursor> keys = new ArrayList<>();
      int most = Math.max(1, room());
      for (RankedSet set : sets) {
        int before = keys.size();
        set.visitAfter(
            at.number(),
            at.id(),
            (number, id) -> {
              keys.add(new Cursor(number, id));
              return keys.size() - before < most;
            });
      }
      if (sets.size() > 1) {
        keys.sort(ORDER);
      }
      return keys.size() <= most ? keys : keys.subList(0, most);
    }
  }
}
