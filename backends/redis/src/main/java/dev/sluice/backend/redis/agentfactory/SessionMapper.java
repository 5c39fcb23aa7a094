package dev.sluice.backend.redis.agentfactory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.backend.Names;
import dev.sluice.backend.redis.agentfactory.SourceItem.Origin;
import dev.sluice.backend.sessions.SessionState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Joins sessions and waiting work. All that waits is ready or later; {@link Issues} parks. */
final class SessionMapper {

  /** Clients normalise these out of paths, so no call could name the session. */
  private static final Set<String> UNREACHABLE = Set.of(".", "..");

  /** A cleanup takes seconds. An older one is over, and its end was not reported. */
  private static final long LONGEST_CLEANUP_MS = 900_000;

  private final Findings findings;
  private final Fleet fleet;
  private final WaitingWork work;
  private final long now;
  private final Map<String, SourceSession> sessions = new HashMap<>();
  private final Map<String, Long> cancels = new TreeMap<>();
  private final Set<String> unreadable = new TreeSet<>();

  private SessionMapper(Findings findings, Fleet fleet, WaitingWork work, long now) {
    this.findings = findings;
    this.fleet = fleet;
    this.work = work;
    this.now = now;
  }

  /** Returns the sessions by id. */
  static Map<String, Draft> map(
      Source source, Keys keys, Fleet fleet, long now, Findings findings) {
    // Sessions first: what a worker takes meanwhile is then waiting work without a list.
    Map<String, String> texts = new TreeMap<>();
    source.strings(keys.of(Family.SESSION), texts::put, findings::gone);
    WaitingWork work = WaitingWork.read(source, keys, findings);
    SessionMapper mapper = new SessionMapper(findings, fleet, work, now);
    texts.forEach(mapper::addSession);
    source.strings(keys.of(Family.CANCEL), mapper::addCancel, findings::gone);
    return mapper.all();
  }

  private void addSession(String key, String text) {
    String id = Family.SESSION.id(key);
    ObjectNode json = Json.object(text);
    SourceSession session = json == null ? null : SourceSession.of(id, json);
    if (session != null) {
      sessions.put(id, session);
    } else {
      unreadable.add(id);
      findings.leftOut(key, json == null ? "it is no JSON object" : "its status is unknown");
    }
  }

  private void addCancel(String key, String text) {
    ObjectNode json = Json.object(text);
    String id = Family.CANCEL.id(key);
    if (!sessions.containsKey(id) || json == null) {
      findings.leftOut(key, json == null ? "it is no JSON object" : "it has no session");
    } else {
      cancels.put(id, Json.time(json, "requestedAt"));
    }
  }

  private Map<String, Draft> all() {
    Map<String, Draft> drafts = new TreeMap<>(Names::compareBytes);
    Set<String> ids = new TreeSet<>(sessions.keySet());
    ids.addAll(work.sessions());
    for (String id : ids) {
      Draft draft = map(id, sessions.get(id), work.of(id));
      if (draft != null) {
        drafts.put(id, draft);
      }
    }
    cancels.forEach((id, at) -> cancel(id, at, drafts.get(id)));
    return drafts;
  }

  private @Nullable Draft map(String id, @Nullable SourceSession session, List<SourceItem> places) {
    String problem = UNREACHABLE.contains(id) ? "must not be . or .." : Names.problem(id);
    if (problem != null) {
      return leaveOut(id, session, places, "its id " + problem);
    }
    SourceItem item =
        places.stream()
            .filter(place -> place.json() != null && (session != null || place.flaw() == null))
            .findFirst()
            .orElse(null);
    if (session == null && item == null) {
      return leaveOut(
          id,
          null,
          places,
          unreadable.contains(id) ? "its session can't be read" : "it has no session");
    }
    ImportedItem imported = ImportedItem.of(id, item, session, now, findings);
    if (imported == null) {
      return leaveOut(id, session, places, "its project is no valid name");
    }
    if (session == null) {
      String key = Objects.requireNonNull(item).key();
      findings.imported(key, unreadable.contains(id) ? "without its session" : "it has no session");
      Draft draft = new Draft(id, key, imported, imported.queuedAt(), imported.queuedAt(), now);
      place(draft, places);
      return draft;
    }
    Draft draft =
        new Draft(
            id, Family.SESSION.key(id), imported, session.createdAt(), session.updatedAt(), now);
    if (item == null && !session.state().terminal() && session.text("promptContext") == null) {
      findings.imported(draft.key(), "without a prompt, since its session has none");
    }
    if (session.state() == SessionState.PENDING) {
      place(draft, places);
    } else {
      draft.reported(session);
      settle(draft, session);
      for (SourceItem place : places) {
        if (place == item) {
          findings.imported(
              place.key(), "as the item of a session that is " + session.state().wire());
        } else {
          findings.leftOut(place.key(), "its session is " + session.state().wire());
        }
      }
    }
    return draft;
  }

  private @Nullable Draft leaveOut(
      String id, @Nullable SourceSession session, List<SourceItem> places, String why) {
    if (session != null) {
      findings.leftOut(Family.SESSION.key(id), why);
    }
    places.forEach(place -> findings.leftOut(place.key(), why));
    return null;
  }

  /** Sets the place of a session that no longer waits. */
  private void settle(Draft draft, SourceSession session) {
    String worker = session.worker();
    if (session.state().terminal()) {
      draft.ended(session.state(), session.updatedAt(), worker);
    } else if (session.state() == SessionState.FINALIZING
        && draft.updatedAt() + LONGEST_CLEANUP_MS < now) {
      draft.ended(SessionState.STOPPED, draft.updatedAt(), worker);
      findings.imported(draft.key(), "as stopped: it has been finalizing for too long");
    } else if (worker != null && fleet.has(worker)) {
      draft.claimed(worker, session.state());
      if (!fleet.holds(worker, draft.id())) {
        findings.imported(draft.key(), "as claimed, although the worker's set lacks it");
      }
    } else {
      draft.lost(worker);
      if (worker != null) {
        draft.countAttempt();
      }
      findings.imported(
          draft.key(),
          "as waiting: " + (worker == null ? "it has no worker" : "its worker is gone"));
    }
  }

  /** Sets the place of a session that waits. */
  private void place(Draft draft, List<SourceItem> places) {
    if (places.isEmpty()) {
      findings.imported(draft.key(), "as waiting, from its session: it is in no list");
      return;
    }
    SourceItem best = places.get(0);
    String flaw = best.flaw();
    if (flaw != null) {
      findings.imported(best.key(), "although " + flaw);
    }
    if (best.origin() == Origin.SUSPENDED) {
      findings.imported(best.key(), "as waiting, since no work is suspended here");
    } else if (best.wakeAt() > now) {
      draft.later(best.wakeAt());
    }
    for (SourceItem other : places.subList(1, places.size())) {
      findings.leftOut(other.key(), "its session is in another list: " + best.key());
    }
  }

  /** A cancel that came after the enqueue, or after the claim, is a stop. */
  private void cancel(String id, long at, @Nullable Draft draft) {
    String key = Family.CANCEL.key(id);
    if (draft == null) {
      findings.leftOut(key, "its session is left out");
      return;
    }
    switch (draft.place()) {
      case CLAIMED -> {
        if (at >= draft.claimedAt()) {
          draft.stopping();
          findings.imported(key, "as a stop");
        } else {
          findings.leftOut(key, "it is older than the claim");
        }
      }
      case ENDED, DEAD -> findings.leftOut(key, "its session has ended");
      case READY, PARKED, LATER, RETURNED -> {
        if (at >= draft.queuedAt()) {
          draft.ended(SessionState.STOPPED, at, null);
          findings.imported(key, "as a stop");
        } else {
          findings.leftOut(key, "it is older than the work");
        }
      }
    }
  }
}
