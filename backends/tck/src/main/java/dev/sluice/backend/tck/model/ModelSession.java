package dev.sluice.backend.tck.model;

import dev.sluice.backend.AckedMessage;
import dev.sluice.backend.Activity;
import dev.sluice.backend.Attempt;
import dev.sluice.backend.DeadReason;
import dev.sluice.backend.Event;
import dev.sluice.backend.Lane;
import dev.sluice.backend.Message;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Names;
import dev.sluice.backend.NewActivity;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.Place;
import dev.sluice.backend.Session;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.ToolUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is kept of a session. Times are epoch ms; 0 means not (or no longer) set. */
final class ModelSession {

  /** The order of hand-out, and that of the contenders of an issue. */
  static final Comparator<ModelSession> ORDER =
      Comparator.<ModelSession>comparingLong(session -> session.score)
          .thenComparing(ModelSession::id, Names::compareBytes);

  /** What workers choose by: the best of each bucket is what a poll looks at. */
  record Bucket(String project, List<String> requiredCapabilities) {}

  /** A message until it is acknowledged; hidden from polls while it may be on its way. */
  static final class Unacked {
    final Message message;
    long hiddenUntil;

    /** 0 before the first offer. */
    long offeredAt;

    /** The worker that a poll offered it to last. */
    @Nullable String offeredTo;

    Unacked(Message message) {
      this.message = message;
    }

    /** It may be on its way from now on. */
    Message offer(OrgState org) {
      offeredAt = org.now;
      hiddenUntil = org.now + org.rules.visibilityMs();
      return shown();
    }

    Message shown() {
      return message.offered(offeredAt);
    }
  }

  /** As enqueued. Priority, score and deadline may change later, see below. */
  final NewWork work;

  final long createdAt;

  Place place = Place.PARKED;
  SessionState state = SessionState.PENDING;
  int priority;
  long score;
  long deadline;
  long updatedAt;
  SortedMap<String, String> fields = new TreeMap<>();
  long cost;

  /** Which tools its latest claim has used. */
  @Nullable ToolUse tools;

  /** Of the latest report of its latest claim that had one and counted. */
  @Nullable Attempt attempt;

  /** Who owns it, or owned it at its end. */
  @Nullable String owner;

  /** Of the latest claim. */
  long token;

  long claimedAt;

  /** Set while a claim is not accepted yet. */
  long acceptBy;

  long lastSign;
  long startedAt;
  long endedAt;

  /** Set while a stopped session still holds its slot. */
  long releaseBy;

  /** Whether a refresh has been told of the stop. */
  boolean stopTold;

  int attempts;

  /** The worker whose claim, the latest one, was lost by time and may still be re-attached. */
  @Nullable String lostBy;

  int nacks;

  /** The worker that nacked it since its latest claim. */
  @Nullable String nackedBy;

  /** Set while it is kept from that worker. */
  long returnUntil;

  /** Why it was given up on. */
  @Nullable DeadReason dead;

  /** Oldest first. */
  final List<Unacked> inbox = new ArrayList<>();

  /** What was acknowledged last, the first of it first. */
  final List<AckedMessage> acked = new ArrayList<>();

  /** Oldest first. */
  final List<Event> timeline = new ArrayList<>();

  /** Oldest first. */
  final List<Activity> activities = new ArrayList<>();

  /** Of the latest activity. */
  long activityId;

  /** Stands for a record that can't be read; what the order of hand-out needs is kept apart. */
  boolean damaged;

  /** Stands for an item that is gone from the store. */
  boolean itemMissing;

  ModelSession(NewWork work, long now) {
    this.work = work;
    priority = work.priority();
    score = work.score();
    deadline = work.deadlineMs();
    createdAt = now;
    updatedAt = now;
  }

  String id() {
    return work.sessionId();
  }

  String issue() {
    return work.issueId();
  }

  String project() {
    return work.project();
  }

  Bucket bucket() {
    return new Bucket(work.project(), work.requiredCapabilities());
  }

  boolean waits() {
    return place.waits();
  }

  /** Whether it is in its bucket. */
  boolean inOrder() {
    return place.inOrder();
  }

  /** Whether it is a contender of its issue. */
  boolean contends() {
    return inOrder() || place == Place.PARKED;
  }

  boolean claimed() {
    return place == Place.CLAIMED;
  }

  /** Whether it is stopped and its worker still winds it down. */
  boolean inStopGrace() {
    return claimed() && state == SessionState.STOPPED;
  }

  /** The worker that holds it. Only of a claimed one. */
  String holder() {
    return Objects.requireNonNull(owner, "a claimed session has an owner");
  }

  /** What an activity leaves on the record. */
  void note(NewActivity activity, long now) {
    fields.putAll(activity.fields());
    if (activity.toolName() != null) {
      tools = new ToolUse(activity.toolName(), now, tools == null ? 1 : tools.count() + 1);
    }
  }

  boolean ownedBy(String workerId) {
    return workerId.equals(owner);
  }

  /** Whether it is kept from that worker, which nacked it. */
  boolean keptFrom(String workerId) {
    return waits() && returnUntil != 0 && workerId.equals(nackedBy);
  }

  Optional<Unacked> unacked(String messageId, Lane lane) {
    return inbox.stream()
        .filter(m -> m.message.id().equals(messageId) && m.message.lane() == lane)
        .findFirst();
  }

  Optional<Unacked> stopMessage() {
    return inbox.stream().filter(m -> m.message.type() == MessageType.STOP).findFirst();
  }

  String item() {
    return itemMissing ? "" : work.item();
  }

  Session view(int position) {
    return new Session(
        id(),
        issue(),
        work.issueIdentifier(),
        project(),
        place,
        state,
        priority,
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
        score,
        work.requiredCapabilities(),
        work.notBeforeMs(),
        deadline,
        nackedBy,
        returnUntil,
        dead,
        lastSign,
        cost,
        tools,
        fields,
        item());
  }
}
