package dev.sluice.backend.tck.model;

import dev.sluice.backend.Activity;
import dev.sluice.backend.AuditAct;
import dev.sluice.backend.AuditLine;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Counts;
import dev.sluice.backend.Event;
import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Names;
import dev.sluice.backend.Place;
import dev.sluice.backend.ProjectQueue;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.Session;
import dev.sluice.backend.StopRun;
import dev.sluice.backend.StoredBytes;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.Worker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One org: its sessions, its workers, its queues, its counters.
 *
 * <p>First come the questions, which change nothing and may refuse; then the smallest steps, which
 * can't fail. An operation asks all its questions before its first step.
 */
final class OrgState {

  /** Messages that a session left unread at its end. */
  record Archive(long since, List<Message> messages) {}

  final String id;
  final Rules rules;
  final List<ModelSession> sessions = new ArrayList<>();
  final List<ModelWorker> workers = new ArrayList<>();

  /** In the order of adding. */
  final List<ModelJob> jobs = new ArrayList<>();

  final Map<String, ModelProject> projects = new HashMap<>();

  /** By session; outlives the session's record. */
  final Map<String, Archive> archives = new HashMap<>();

  /** What was answered to calls with a key, by key. */
  final Map<String, Replays.Kept> replays = new HashMap<>();

  /** Other names of sessions, each to the id of the one that has it. */
  final Map<String, String> publicIds = new HashMap<>();

  /** Who did what, the oldest first. */
  final List<AuditLine> audit = new ArrayList<>();

  /** Orders to stop many, the oldest first. */
  final List<StopRun> stopRuns = new ArrayList<>();

  /** Ids of revoked keys. */
  final Set<String> revoked = new HashSet<>();

  /** Of the last change. */
  long seq;

  long lastToken;

  /** The t of the last work put in front. */
  long lastFront;

  /** 0 before the first. */
  long lastSweep;

  /** End of the last gap between two sweeps that was too long for silence to count. */
  long gapEnd;

  /** The time of the operation that runs. */
  long now;

  /** The clock in it. */
  long clock;

  /** Whether the operation that runs has changed something. */
  private boolean changed;

  OrgState(String id, Rules rules) {
    this.id = id;
    this.rules = rules;
  }

  /** A new operation begins. Stored time never goes back by itself. */
  OrgState at(long time) {
    clock = time;
    now = StoredTime.next(now, time);
    changed = false;
    return this;
  }

  // Questions: sessions

  Optional<ModelSession> find(String sessionId) {
    return sessions.stream().filter(session -> session.id().equals(sessionId)).findFirst();
  }

  ModelSession session(String sessionId) {
    return find(sessionId).orElseThrow(() -> refusal(Refusal.UNKNOWN_SESSION, sessionId));
  }

  ModelSession readableSession(String sessionId) {
    return readable(session(sessionId));
  }

  ModelSession readable(ModelSession session) {
    if (session.damaged) {
      throw refusal(Refusal.DAMAGED, session.id());
    }
    return session;
  }

  /** A session that must be where a caller believes it to be. */
  ModelSession sessionIn(Set<Place> from, String sessionId) {
    ModelSession session = readableSession(sessionId);
    if (!from.contains(session.place)) {
      throw wrongState(session);
    }
    return session;
  }

  /** 1-based among the ready and returned work of its project; 0 elsewhere or too far behind. */
  int position(ModelSession session) {
    if (!session.inOrder()) {
      return 0;
    }
    long before =
        sessions.stream()
            .filter(other -> other.inOrder() && other.project().equals(session.project()))
            .filter(other -> ModelSession.ORDER.compare(other, session) < 0)
            .count();
    return before < rules.exactPosition() ? (int) before + 1 : 0;
  }

  Session view(ModelSession session) {
    return session.view(position(session));
  }

  // Questions: workers

  Optional<ModelWorker> findWorker(String workerId) {
    return workers.stream().filter(worker -> worker.id().equals(workerId)).findFirst();
  }

  boolean revoked(ModelWorker worker) {
    return revoked.contains(worker.registration.registeredBy());
  }

  /** Whether a caller that is bound to a credential (or to none) may act for it. */
  boolean mayActFor(ModelWorker worker, @Nullable String registeredBy) {
    return worker.knownTo(registeredBy) && !revoked(worker);
  }

  ModelWorker worker(String workerId, @Nullable String registeredBy) {
    return findWorker(workerId)
        .filter(worker -> mayActFor(worker, registeredBy))
        .orElseThrow(() -> unknownWorker(workerId));
  }

  RefusedException unknownWorker(String workerId) {
    return refusal(Refusal.UNKNOWN_WORKER, workerId);
  }

  /** The sessions that take a worker's slots, by id. */
  List<ModelSession> activeSet(ModelWorker worker) {
    return sessions.stream()
        .filter(session -> session.claimed() && session.ownedBy(worker.id()))
        .sorted(Comparator.comparing(ModelSession::id, Names::compareBytes))
        .toList();
  }

  Worker view(ModelWorker worker) {
    List<String> active = activeSet(worker).stream().map(ModelSession::id).toList();
    return worker.view(
        active, revoked(worker), Eligibility.standingNacks(this, worker), rules.maxReturns());
  }

  // Questions: jobs

  Optional<ModelJob> findJob(String jobId) {
    return jobs.stream().filter(job -> job.id().equals(jobId)).findFirst();
  }

  // Questions: queues

  Counts counts() {
    return counts(session -> true);
  }

  /** The queue of a project; one never heard of is empty and without limits. */
  ProjectQueue queue(String project) {
    Counts counts = counts(session -> session.project().equals(project));
    return project(project).view(counts, Oldest.queuedAt(this, project), now);
  }

  ModelProject project(String name) {
    return projects.computeIfAbsent(name, ModelProject::new);
  }

  /** What all its records count, {@link StoredBytes}. */
  long bytes() {
    long bytes = 0;
    for (ModelSession session : sessions) {
      bytes += StoredBytes.of(session.work);
      for (Activity activity : session.activities) {
        bytes += StoredBytes.ofActivity(activity.type(), activity.body());
      }
      for (ModelSession.Unacked unacked : session.inbox) {
        bytes += StoredBytes.ofMessage(unacked.message.payload());
      }
    }
    for (Archive archive : archives.values()) {
      for (Message message : archive.messages()) {
        bytes += StoredBytes.ofMessage(message.payload());
      }
    }
    for (ModelWorker worker : workers) {
      bytes += StoredBytes.of(worker.registration);
    }
    for (ModelJob job : jobs) {
      bytes += StoredBytes.of(job.job);
    }
    for (Replays.Kept kept : replays.values()) {
      bytes += (long) StoredBytes.LINE * kept.answers.size();
    }
    return bytes;
  }

  /** Whether there is no room for so many bytes of work or a job. */
  boolean isFullForWork(long more) {
    return bytes() + more > rules.bounds().maxWorkBytes();
  }

  /** Refuses so many bytes of anything else where there is no room. */
  void requireBytes(long more) {
    if (bytes() + more > rules.bounds().maxAllBytes()) {
      throw refusal(Refusal.STORE_FULL, "");
    }
  }

  /** Whether what is over is forgotten before its time. */
  boolean isPressed() {
    return bytes() > rules.bounds().pressedBytes();
  }

  /** Projects with live or dead work, limits, or a pause. */
  Set<String> projectNames() {
    Set<String> names = new HashSet<>();
    for (ModelSession session : sessions) {
      if (session.place != Place.ENDED) {
        names.add(session.project());
      }
    }
    for (ModelProject project : projects.values()) {
      if (project.hasOrders()) {
        names.add(project.name);
      }
    }
    return names;
  }

  /** Whether one more project of that name would be too many. */
  boolean isOneTooMany(String project) {
    Set<String> names = projectNames();
    return !names.contains(project) && names.size() >= rules.bounds().maxProjects();
  }

  private Counts counts(Predicate<ModelSession> which) {
    return new Counts(
        count(which, Place.READY),
        count(which, Place.PARKED),
        count(which, Place.LATER),
        count(which, Place.RETURNED),
        count(which, Place.CLAIMED),
        count(which, Place.DEAD));
  }

  private long count(Predicate<ModelSession> which, Place place) {
    return sessions.stream().filter(session -> session.place == place).filter(which).count();
  }

  RefusedException wrongState(ModelSession session) {
    return RefusedException.wrongState(session.id(), session.place, session.state, seq);
  }

  RefusedException refusal(Refusal refusal, String id) {
    return RefusedException.of(refusal, id, seq);
  }

  // Steps

  /** Every operation that changes something takes the next number, one however much it changes. */
  long change() {
    if (!changed) {
      changed = true;
      seq++;
    }
    return seq;
  }

  void signOfLife(ModelWorker worker) {
    change();
    worker.lastSeen = now;
    worker.leaseUntil = now + rules.leaseMs();
    worker.silent = false;
  }

  /** Writes a line on the timeline of a session. */
  void note(
      ModelSession session, Event.Kind kind, @Nullable String workerId, @Nullable String detail) {
    session.timeline.add(new Event(change(), now, kind, workerId, detail));
    if (session.timeline.size() > rules.kept().events()) {
      session.timeline.remove(0);
    }
  }

  /** Leaves an audit line, but none of what a worker does by itself. */
  void audit(@Nullable AuditNote note, AuditAct act) {
    if (note != null) {
      AuditLine latest = audit.isEmpty() ? null : audit.get(audit.size() - 1);
      AuditLine again = latest == null ? null : latest.again(now, note, act);
      if (again == null) {
        audit.add(AuditLine.of(change(), now, note, act));
      } else {
        change();
        audit.set(audit.size() - 1, again);
      }
    }
  }

  Message post(
      ModelSession session,
      MessageType type,
      Lane lane,
      String payload,
      @Nullable String userId,
      @Nullable String userName) {
    Message message =
        new Message(now + "-" + change(), session.id(), type, lane, payload, userId, userName, now);
    session.inbox.add(new ModelSession.Unacked(message));
    return message;
  }
}
