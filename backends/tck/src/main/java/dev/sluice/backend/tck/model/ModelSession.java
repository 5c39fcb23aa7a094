package dev.sluice.backend.tck.model;

import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Names;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.Place;
import dev.sluice.backend.Session;
import dev.sluice.backend.SessionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is kept of a session. Times are epoch ms; 0 means not (or no longer) set. */
final class ModelSession {

  /** The order of hand-out. */
  static final Comparator<ModelSession> ORDER =
      Comparator.<ModelSession>comparingLong(session -> session.work.score())
          .thenComparing(ModelSession::id, Names::compareBytes);

  /** What workers choose by: the best of each bucket is what a poll looks at. */
  record Bucket(String project, List<String> requiredCapabilities) {}

  /** A message until it is acknowledged; hidden from polls while it may be on its way. */
  static final class Unacked {
    final Message message;
    long hiddenUntil;

    Unacked(Message message) {
      this.message = message;
    }
  }

  final NewWork work;
  final long createdAt;

  Place place = Place.READY;
  SessionState state = SessionState.PENDING;
  long updatedAt;
  SortedMap<String, String> fields = new TreeMap<>();

  /** Who owns it, or owned it at its end. */
  @Nullable String owner;

  /** Of the latest claim. */
  long token;

  long claimedAt;

  /** Set while a claim is not accepted yet. */
  long acceptBy;

  long startedAt;
  long endedAt;

  /** Set while a stopped session still holds its slot. */
  long releaseBy;

  int attempts;

  /** The worker whose claim, the latest one, was lost by time and may still be re-attached. */
  @Nullable String lostBy;

  int nacks;

  /** The worker that nacked it since its latest claim. */
  @Nullable String nackedBy;

  long returnUntil;

  /** Oldest first. */
  final List<Unacked> inbox = new ArrayList<>();

  /** Stands for a record that can't be read; what the order of hand-out needs is kept apart. */
  boolean damaged;

  ModelSession(NewWork work, long now) {
    this.work = work;
    createdAt = now;
    updatedAt = now;
  }

  String id() {
    return work.sessionId();
  }

  Bucket bucket() {
    return new Bucket(work.project(), work.requiredCapabilities());
  }

  /** Whether it is in the order of hand-out. */
  boolean waits() {
    return place == Place.READY || place == Place.RETURNED;
  }

  boolean claimed() {
    return place == Place.CLAIMED;
  }

  /** Whether it is stopped and its worker still winds it down. */
  boolean inStopGrace() {
    return claimed() && state == SessionState.STOPPED;
  }

  boolean ownedBy(String workerId) {
    return workerId.equals(owner);
  }

  Optional<Unacked> unacked(String messageId, Lane lane) {
    return inbox.stream()
        .filter(m -> m.message.id().equals(messageId) && m.message.lane() == lane)
        .findFirst();
  }

  Optional<Unacked> stopMessage() {
    return inbox.stream().filter(m -> m.message.type() == MessageType.STOP).findFirst();
  }

  Session view(int position) {
    return new Session(
        id(),
        work.issueId(),
        work.issueIdentifier(),
        work.project(),
        place,
        state,
        work.priority(),
        work.queuedAtMs(),
        position,
        owner,
        token,
        acceptBy,
        attempts,
        nacks,
        createdAt,
        updatedAt,
        claimedAt,
        startedAt,
        endedAt,
        releaseBy,
        fields,
        work.item());
  }
}
