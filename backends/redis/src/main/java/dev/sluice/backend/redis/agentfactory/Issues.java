package dev.sluice.backend.redis.agentfactory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.backend.Names;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the promise of one claim an issue: docs/rules.md, "Issues". Locks only decide between two
 * claims, since the other server loses them early.
 */
final class Issues {

  private static final Comparator<Draft> BEST =
      Comparator.comparingLong(Draft::score).thenComparing(Draft::id, Names::compareBytes);

  private final Map<String, String> holders = new HashMap<>();
  private final Fleet fleet;
  private final Findings findings;

  private Issues(Fleet fleet, Findings findings) {
    this.fleet = fleet;
    this.findings = findings;
  }

  static void settle(
      Source source, Keys keys, Map<String, Draft> drafts, Fleet fleet, Findings findings) {
    Issues issues = new Issues(fleet, findings);
    source.strings(
        keys.of(Family.LOCK), (key, text) -> issues.addLock(key, text, drafts), findings::gone);
    Map<List<String>, List<Draft>> byIssue = new HashMap<>();
    for (Draft draft : drafts.values()) {
      if (draft.contends() || draft.place() == Place.CLAIMED) {
        byIssue
            .computeIfAbsent(List.of(draft.project(), draft.issue()), each -> new ArrayList<>())
            .add(draft);
      }
    }
    byIssue.values().forEach(issues::settle);
  }

  private void addLock(String key, String text, Map<String, Draft> drafts) {
    ObjectNode json = Json.object(text);
    String holder = json == null ? null : Json.text(json, "sessionId");
    Draft draft = holder == null ? null : drafts.get(holder);
    if (holder == null) {
      findings.leftOut(key, "it names no session");
    } else if (draft == null || draft.place() == Place.ENDED) {
      findings.leftOut(key, "its session is not live");
    } else {
      holders.put(Family.LOCK.id(key), holder);
    }
  }

  private void settle(List<Draft> sessions) {
    List<Draft> claimed =
        sessions.stream()
            .filter(session -> session.place() == Place.CLAIMED)
            .sorted(
                Comparator.comparing((Draft session) -> !holdsLock(session))
                    .thenComparing(session -> !fleet.holds(session.owner(), session.id()))
                    .thenComparing(Draft::updatedAt, Comparator.reverseOrder())
                    .thenComparing(Draft::id, Names::compareBytes))
            .toList();
    for (Draft other : claimed.subList(Math.min(1, claimed.size()), claimed.size())) {
      giveWay(other, claimed.get(0).id());
    }
    List<Draft> contenders = sessions.stream().filter(Draft::contends).sorted(BEST).toList();
    for (Draft contender : contenders) {
      boolean first = claimed.isEmpty() && contender == contenders.get(0);
      contender.put(first ? Place.READY : Place.PARKED);
    }
  }

  private void giveWay(Draft other, String winner) {
    String claim = ": its issue is claimed by session " + winner;
    if (other.state() == SessionState.STOPPED) {
      other.ended(SessionState.STOPPED, other.endedAt(), other.owner());
      findings.imported(other.key(), "as ended" + claim);
    } else {
      other.lost(other.owner());
      findings.imported(other.key(), "as parked" + claim);
    }
  }

  private boolean holdsLock(Draft session) {
    return session.id().equals(holders.get(session.issue()));
  }
}
