package dev.sluice.backend.redis.agentfactory;

import dev.sluice.backend.Rules;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.ToolUse;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A session of the target while its place is found. Times are epoch ms, 0 for none. */
final class Draft {

  private final String id;
  private final String key;
  private final ImportedItem item;
  private final long createdAt;
  private final long updatedAt;
  private final long now;
  private final List<Line> lines = new ArrayList<>();

  private Place place = Place.READY;
  private SessionState state = SessionState.PENDING;
  private int attempts;
  private long notBefore;
  private long endedAt;
  private @Nullable String owner;
  private @Nullable String lostBy;
  private long acceptBy;
  private long claimedAt;
  private long startedAt;
  private long releaseBy;
  private SortedMap<String, String> fields = new TreeMap<>();
  private long cost;
  private @Nullable ToolUse tools;

  private record Line(
      long atMs, Event.Kind kind, @Nullable String worker, @Nullable String detail) {}

  /** Ready. The key is named in the list. */
  Draft(String id, String key, ImportedItem item, long createdAt, long updatedAt, long now) {
    this.id = id;
    this.key = key;
    this.item = item;
    this.createdAt = within(createdAt, now);
    this.updatedAt = within(updatedAt, now);
    this.now = now;
  }

  private static long within(long time, long now) {
    return time == 0 || time > now ? now : time;
  }

  String id() {
    return id;
  }

  String key() {
    return key;
  }

  String issue() {
    return item.issueId();
  }

  String project() {
    return item.project();
  }

  long queuedAt() {
    return item.queuedAt();
  }

  long score() {
    return item.score();
  }

  Place place() {
    return place;
  }

  SessionState state() {
    return state;
  }

  @Nullable String owner() {
    return owner;
  }

  long claimedAt() {
    return claimedAt;
  }

  long updatedAt() {
    return updatedAt;
  }

  long endedAt() {
    return endedAt;
  }

  long cost() {
    return cost;
  }

  /** True if its worker has yet to learn of a stop. */
  boolean stops() {
    return place == Place.CLAIMED && state == SessionState.STOPPED;
  }

  boolean contends() {
    return place == Place.READY || place == Place.PARKED;
  }

  void put(Place waiting) {
    place = waiting;
  }

  void later(long untilMs) {
    place = Place.LATER;
    notBefore = untilMs;
  }

  /** Takes over what the worker has reported. */
  void reported(SourceSession session) {
    fields = Reports.fields(session);
    cost = Reports.costMicroUsd(session);
    tools = Reports.tools(session, now);
    claimedAt = within(session.claimedAt(), now);
    startedAt = session.state() == SessionState.CLAIMED ? 0 : claimedAt;
  }

  /** One that the worker has not begun must still be accepted. */
  void claimed(String worker, SessionState as) {
    place = Place.CLAIMED;
    state = as;
    owner = worker;
    acceptBy = as == SessionState.CLAIMED ? claimedAt + Rules.DEFAULTS.acceptMs() : 0;
    lines.add(new Line(claimedAt, Event.Kind.CLAIMED, worker, null));
  }

  /** Waits again; null if no worker may re-attach it. */
  void lost(@Nullable String worker) {
    place = Place.READY;
    state = SessionState.PENDING;
    owner = null;
    acceptBy = 0;
    lostBy = worker;
    if (worker != null) {
      lines.add(new Line(now, Event.Kind.LEASE_LOST, worker, null));
    }
  }

  void countAttempt() {
    attempts++;
  }

  void ended(SessionState as, long atMs, @Nullable String worker) {
    place = Place.ENDED;
    state = as;
    endedAt = within(atMs, now);
    owner = worker;
    acceptBy = 0;
    releaseBy = 0;
    lines.add(new Line(endedAt, Event.Kind.ENDED, worker, as.wire()));
  }

  /** Its worker has yet to learn of the stop. */
  void stopping() {
    state = SessionState.STOPPED;
    endedAt = now;
    acceptBy = 0;
    releaseBy = now + Rules.DEFAULTS.stopGraceMs();
    lines.add(new Line(now, Event.Kind.STOPPING, owner, null));
  }

  SessionCopy copy(Counters counters) {
    long enqueuedSeq = counters.seq();
    List<Event> timeline =
        lines.stream()
            .map(line -> new Event(counters.seq(), line.atMs, line.kind, line.worker, line.detail))
            .toList();
    boolean everClaimed = owner != null || lostBy != null;
    return new SessionCopy(
        id,
        item.issueId(),
        item.issueIdentifier(),
        Subject.NONE,
        item.project(),
        List.of(),
        null,
        item.priority(),
        item.queuedAt(),
        item.score(),
        notBefore,
        0,
        createdAt,
        enqueuedSeq,
        "",
        item.text(),
        List.of(),
        place,
        state,
        attempts,
        0,
        updatedAt,
        endedAt,
        new ClaimState(
            owner,
            everClaimed ? counters.token() : 0,
            acceptBy,
            claimedAt,
            startedAt,
            releaseBy,
            fields,
            everClaimed ? Math.max(claimedAt, updatedAt) : 0,
            cost,
            false,
            tools,
            null),
        ReturnInfo.NONE.withLostBy(lostBy),
        timeline);
  }
}
