package dev.sluice.backend.engine.state;

import dev.sluice.backend.engine.figures.OrgFigures;
import dev.sluice.backend.engine.packed.SessionTable;
import dev.sluice.backend.engine.records.AckedRecord;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.ArchiveRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Counters;
import dev.sluice.backend.engine.records.FindingRecord;
import dev.sluice.backend.engine.records.IssueNumber;
import dev.sluice.backend.engine.records.NoticeRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.engine.records.SweepingNodes;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.stops.StopOrder;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records by id, and their indexes. */
public abstract class OrgView {

  final SessionTable sessions = new SessionTable();
  final Map<String, SessionLog<Event>> timelines = new HashMap<>();
  final Map<String, SessionLog<ActivityRecord>> activities = new HashMap<>();
  final Map<String, WorkerEntry> workers = new HashMap<>();
  final Map<String, Inbox> inboxes = new HashMap<>();
  final Map<String, SessionLog<AckedRecord>> acked = new HashMap<>();
  final Set<String> revoked = new HashSet<>();
  Counters counters = Counters.ZERO;
  SweepingNodes nodes = SweepingNodes.NONE;
  final SortedMap<String, FindingRecord> findings = new TreeMap<>();
  final SortedMap<String, NoticeRecord> notices = new TreeMap<>();
  @Nullable Closure closure;
  long bytes;

  final WorkIndex work = new WorkIndex();
  final Issues issues = new Issues(sessions);
  final ParkedWalk parkedWalk = new ParkedWalk(work);
  final Deadlines deadlines = new Deadlines();
  final UnreadMessages unread = new UnreadMessages();
  final TimeIndexed<ArchiveRecord> archives =
      new TimeIndexed<>(ArchiveRecord::sessionId, ArchiveRecord::atMs);
  final IdempotentAnswers answers = new IdempotentAnswers();
  final AnsweredCalls calls = new AnsweredCalls();
  final Outbox outbox = new Outbox();
  final WorkerIndex workerIndex = new WorkerIndex();
  final Jobs jobs = new Jobs(deadlines.offers());
  final AuditTrail audit = new AuditTrail();
  final LoggedEvents events = new LoggedEvents();
  final TimeIndexed<StopOrder> stopOrders = new TimeIndexed<>(StopOrder::id, StopOrder::atMs);
  final Map<String, WorkerClaims> workerClaims = new HashMap<>();
  final PlaceCounts places = new PlaceCounts();
  final OrgFigures figures = new OrgFigures();
  final RankedSet issueNumbers = new RankedSet();
  final RankedSet claimed = new RankedSet();
  final RankedSet ended = new RankedSet();
  final RankedSet dead = new RankedSet();

  public @Nullable SessionSlot session(String id) {
    return sessions.get(id);
  }

  /** Finds what {@link #session} does, sooner if it waits and was never claimed. */
  public @Nullable SessionSlot waiting(String id) {
    return sessions.getWaiting(id);
  }

  /** A timeline without its enqueue; null if empty or moved out. */
  public @Nullable SessionLog<Event> timeline(String sessionId) {
    return timelines.get(sessionId);
  }

  /** Returns null if none, or moved out. */
  public @Nullable SessionLog<ActivityRecord> activities(String sessionId) {
    return activities.isEmpty() ? null : activities.get(sessionId);
  }

  public @Nullable WorkerEntry worker(String id) {
    return workers.get(id);
  }

  public WorkerIndex workers() {
    return workerIndex;
  }

  public boolean revoked(String keyId) {
    return !revoked.isEmpty() && revoked.contains(keyId);
  }

  public WorkerClaims workerClaims(String workerId) {
    return workerClaims.getOrDefault(workerId, WorkerClaims.NOTHING);
  }

  public @Nullable Inbox inbox(String sessionId) {
    return inboxes.isEmpty() ? null : inboxes.get(sessionId);
  }

  /** Returns null if none, or moved out. */
  public @Nullable SessionLog<AckedRecord> acked(String sessionId) {
    return acked.isEmpty() ? null : acked.get(sessionId);
  }

  public UnreadMessages unread() {
    return unread;
  }

  public TimeIndexed<ArchiveRecord> archives() {
    return archives;
  }

  public AnsweredCalls calls() {
    return calls;
  }

  public IdempotentAnswers answers() {
    return answers;
  }

  public Counters counters() {
    return counters;
  }

  public SweepingNodes nodes() {
    return nodes;
  }

  /** Maybe one that has ended. */
  public @Nullable Closure closure() {
    return closure;
  }

  public Set<String> revoked() {
    return Collections.unmodifiableSet(revoked);
  }

  /** Sorted by bytes. */
  public SortedSet<String> unreadable() {
    return sessions.unreadable();
  }

  public WorkIndex work() {
    return work;
  }

  public Issues issues() {
    return issues;
  }

  public ParkedWalk parkedWalk() {
    return parkedWalk;
  }

  public Deadlines deadlines() {
    return deadlines;
  }

  public Outbox outbox() {
    return outbox;
  }

  public Jobs jobs() {
    return jobs;
  }

  public AuditTrail audit() {
    return audit;
  }

  public LoggedEvents events() {
    return events;
  }

  public TimeIndexed<StopOrder> stopOrders() {
    return stopOrders;
  }

  /** By key. */
  public SortedMap<String, FindingRecord> findings() {
    return Collections.unmodifiableSortedMap(findings);
  }

  /** By id, the oldest first. */
  public SortedMap<String, NoticeRecord> notices() {
    return Collections.unmodifiableSortedMap(notices);
  }

  public OrgFigures figures() {
    return figures;
  }

  /** Sessions by {@link IssueNumber}. */
  public RankedSet issueNumbers() {
    return issueNumbers;
  }

  public RankedSet claimed() {
    return claimed;
  }

  public RankedSet ended() {
    return ended;
  }

  public RankedSet dead() {
    return dead;
  }

  public Counts counts() {
    return places.show();
  }

  public long bytes() {
    return bytes;
  }

  /** Returns {@link #bytes} and those of the event log, which the bounds of an org don't count. */
  public long bytesInMemory() {
    return bytes + events.bytes();
  }

  public long bytesOf(String sessionId) {
    SessionLog<ActivityRecord> log = activities(sessionId);
    return sessions.bytesOf(sessionId) + (log == null ? 0 : log.bytes());
  }

  /** Visits in no order. Takes as long as there are sessions. */
  public void eachSession(Consumer<SessionSlot> look) {
    sessions.each(look);
  }

  public int sessionCount() {
    return sessions.size();
  }

  /**
   * Passes changes that rebuild the rest, in an order that can be applied. Takes as long as there
   * are records.
   */
  public void eachOtherRecord(Consumer<Change> look) {
    look.accept(new Change.PutCounters(counters));
    look.accept(new Change.PutNodes(nodes));
    workers.forEach(
        (id, entry) -> {
          look.accept(new Change.PutWorker(entry.record()));
          look.accept(new Change.PutLiveness(id, entry.liveness()));
        });
    timelines.forEach(
        (id, timeline) ->
            look.accept(
                new Change.PutTimeline(id, timeline.count(), List.copyOf(timeline.lines()))));
    activities.forEach(
        (id, log) -> look.accept(new Change.PutActivities(id, List.copyOf(log.lines()))));
    acked.forEach(
        (id, log) -> look.accept(new Change.PutAcked(id, log.count(), List.copyOf(log.lines()))));
    for (Inbox inbox : inboxes.values()) {
      inbox.each(message -> look.accept(new Change.PutMessage(message)));
    }
    answers.each(answer -> look.accept(new Change.PutAnswer(answer)));
    archives.each(archive -> look.accept(new Change.PutArchive(archive)));
    for (String project : work.projectNames()) {
      ProjectWork named = work.project(project);
      if (named != null && !named.queue().nothing()) {
        look.accept(new Change.PutQueue(named.queue()));
      }
    }
    revoked.forEach(key -> look.accept(new Change.NoteRevoked(key)));
    jobs.each(job -> look.accept(new Change.PutJob(job)));
    audit.oldestFirst().forEach(line -> look.accept(new Change.AddAudit(line)));
    eachEvent(look);
    stopOrders.each(run -> look.accept(new Change.PutStopOrder(run)));
    findings.values().forEach(each -> look.accept(new Change.PutFinding(each)));
    notices.values().forEach(each -> look.accept(new Change.PutNotice(each)));
    outbox.each(look);
    figures.each(counters.nowMs(), bucket -> look.accept(new Change.PutFigures(bucket)));
    if (closure != null) {
      look.accept(new Change.PutClosure(closure));
    }
    calls.each(look);
  }

  private void eachEvent(Consumer<Change> look) {
    if (events.oldest() > 1) {
      look.accept(new Change.DropEvents(events.oldest() - 1, events.oldest() - 1));
    }
    for (long number = events.oldest(); number <= events.latest(); number++) {
      look.accept(new Change.LogEvent(events.get(number)));
    }
  }
}
