package dev.sluice.backend.tck.model;

import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Names;
import dev.sluice.backend.Place;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.Session;
import dev.sluice.backend.SessionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One org: its sessions, its workers, its counters, and the steps that several operations take.
 *
 * <p>First come the questions, which change nothing and may refuse; then the steps, which can't
 * fail. An operation asks all its questions before its first step.
 */
final class OrgState {

  final String id;
  final Rules rules;
  final List<ModelSession> sessions = new ArrayList<>();
  final List<ModelWorker> workers = new ArrayList<>();

  /** Of the last change. */
  long seq;

  long lastToken;

  /** 0 before the first. */
  long lastSweep;

  /** End of the last gap between two sweeps that was too long for silence to count. */
  long gapEnd;

  /** The time of the operation that runs. */
  long now;

  OrgState(String id, Rules rules) {
    this.id = id;
    this.rules = rules;
  }

  /** Stored time never goes back. */
  OrgState at(long time) {
    now = Math.max(now, time);
    return this;
  }

  // Questions

  Optional<ModelSession> find(String sessionId) {
    return sessions.stream().filter(session -> session.id().equals(sessionId)).findFirst();
  }

  ModelSession session(String sessionId) {
    return find(sessionId)
        .orElseThrow(() -> refusal(Refusal.UNKNOWN_SESSION, "no session " + sessionId));
  }

  ModelSession readableSession(String sessionId) {
    return readable(session(sessionId));
  }

  ModelSession readable(ModelSession session) {
    if (session.damaged) {
      throw refusal(Refusal.DAMAGED, "the record of session " + session.id() + " is damaged");
    }
    return session;
  }

  Optional<ModelWorker> findWorker(String workerId) {
    return workers.stream().filter(worker -> worker.id().equals(workerId)).findFirst();
  }

  ModelWorker worker(String workerId, @Nullable String registeredBy) {
    return findWorker(workerId)
        .filter(worker -> worker.knownTo(registeredBy))
        .orElseThrow(() -> refusal(Refusal.UNKNOWN_WORKER, "no worker " + workerId));
  }

  /** The sessions that take a worker's slots, by id. */
  List<ModelSession> activeSet(ModelWorker worker) {
    return sessions.stream()
        .filter(session -> session.claimed() && session.ownedBy(worker.id()))
        .sorted(Comparator.comparing(ModelSession::id, Names::compareBytes))
        .toList();
  }

  /** 1-based among the waiting work of its project; 0 if it doesn't wait or is too far behind. */
  int position(ModelSession session) {
    if (!session.waits()) {
      return 0;
    }
    long before =
        sessions.stream()
            .filter(other -> other.waits() && other.work.project().equals(session.work.project()))
            .filter(other -> ModelSession.ORDER.compare(other, session) < 0)
            .count();
    return before < rules.exactPosition() ? (int) before + 1 : 0;
  }

  long waiting() {
    return sessions.stream().filter(ModelSession::waits).count();
  }

  Session view(ModelSession session) {
    return session.view(position(session));
  }

  RefusedException refusal(Refusal refusal, String message) {
    return new RefusedException(refusal, message, null, seq);
  }

  // Steps

  /** Every change takes the next number. */
  long change() {
    return ++seq;
  }

  void signOfLife(ModelWorker worker) {
    worker.lastSeen = now;
    worker.leaseUntil = now + rules.leaseMs();
    worker.silent = false;
  }

  /** A new claim, not accepted yet. */
  void claim(ModelSession session, ModelWorker worker) {
    lastToken = Math.max(lastToken + 1, now * 1024);
    session.place = Place.CLAIMED;
    session.state = SessionState.CLAIMED;
    session.owner = worker.id();
    session.token = lastToken;
    session.claimedAt = now;
    session.acceptBy = now + rules.acceptMs(worker.dialect());
    session.startedAt = 0;
    session.updatedAt = now;
    session.fields = new TreeMap<>();
    session.lostBy = null;
    session.nackedBy = null;
    session.returnUntil = 0;
  }

  /** A claim lost by time goes on under a new token: as a claim, but its worker knows of it. */
  void reattach(ModelSession session, ModelWorker worker) {
    TreeMap<String, String> fields = new TreeMap<>(session.fields);
    claim(session, worker);
    session.fields = fields;
    accept(session);
  }

  void accept(ModelSession session) {
    session.acceptBy = 0;
  }

  /** Back to the order of hand-out, with its original score. */
  void giveBack(ModelSession session, Place place) {
    session.place = place;
    session.state = SessionState.PENDING;
    session.owner = null;
    session.acceptBy = 0;
    session.updatedAt = now;
  }

  /** The same after silence: one more attempt, and its owner may come back. */
  void lose(ModelSession session) {
    session.lostBy = session.owner;
    session.attempts++;
    giveBack(session, Place.READY);
  }

  /** Ends a session with all effects: its slot is free, its messages are gone. */
  void end(ModelSession session, SessionState state) {
    session.state = state;
    session.endedAt = now;
    session.updatedAt = now;
    release(session);
  }

  /** What is left to do of an end when a stopped session lets go of its slot. */
  void release(ModelSession session) {
    session.place = Place.ENDED;
    session.acceptBy = 0;
    session.releaseBy = 0;
    session.inbox.clear();
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
