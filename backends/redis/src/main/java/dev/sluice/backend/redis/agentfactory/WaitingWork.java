package dev.sluice.backend.redis.agentfactory;

import static dev.sluice.backend.redis.agentfactory.Findings.part;

import dev.sluice.backend.redis.agentfactory.SourceItem.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All places of waiting work by session; lists those that name no session. */
final class WaitingWork {

  private static final String NAMELESS = "it is no JSON object with a sessionId";

  private final Source source;
  private final Keys keys;
  private final Findings findings;
  private final Map<String, List<SourceItem>> places = new HashMap<>();

  private WaitingWork(Source source, Keys keys, Findings findings) {
    this.source = source;
    this.keys = keys;
    this.findings = findings;
  }

  static WaitingWork read(Source source, Keys keys, Findings findings) {
    WaitingWork work = new WaitingWork(source, keys, findings);
    work.readQueue();
    work.readParked();
    work.readBackoff();
    work.hash(Family.SUSPENDED)
        .forEach(
            (session, text) ->
                work.add(
                    session,
                    SourceItem.of(Origin.SUSPENDED, part("work:suspended", session), text)));
    work.scores(Family.WAKE)
        .forEach(
            (session, at) ->
                work.add(session, SourceItem.wake(part("work:wake", session), Json.time(at))));
    work.places.values().forEach(each -> each.sort(Comparator.comparing(SourceItem::origin)));
    return work;
  }

  /** The best place first; empty for none. */
  List<SourceItem> of(String session) {
    return places.getOrDefault(session, List.of());
  }

  Set<String> sessions() {
    return places.keySet();
  }

  private void readQueue() {
    Map<String, Double> scores = new HashMap<>();
    for (String key : keys.of(Family.QUEUE)) {
      if (keys.isList(key)) {
        readOldQueue(key);
      } else {
        scores.putAll(source.scores(key));
      }
    }
    Map<String, String> items = hash(Family.ITEMS);
    for (String session : both(scores.keySet(), items.keySet())) {
      Double score = scores.get(session);
      String text = items.get(session);
      String key = part(text == null ? "work:queue" : "work:items", session);
      SourceItem item = SourceItem.of(Origin.QUEUE, key, text);
      add(session, score == null ? item.flawed("it is not in work:queue") : item.withScore(score));
    }
  }

  /** The queue of very old versions: a list of items. */
  private void readOldQueue(String key) {
    int index = 0;
    for (String text : source.list(key)) {
      addNamed(SourceItem.of(Origin.QUEUE, part(key, String.valueOf(index++)), text));
    }
  }

  private void readParked() {
    Set<String> orders = new HashSet<>(keys.of(Family.PARKED));
    for (String key : keys.of(Family.PARKED_ITEMS)) {
      String order = Family.PARKED.key(Family.PARKED_ITEMS.id(key));
      Set<String> ordered = orders.remove(order) ? source.scores(order).keySet() : Set.of();
      Map<String, String> items = source.hash(key);
      items.forEach(
          (type, text) -> {
            SourceItem item = SourceItem.of(Origin.PARKED, part(key, type), text);
            addNamed(ordered.contains(type) ? item : item.flawed("it is not in " + order));
          });
      listWithoutItem(order, ordered, items.keySet());
    }
    orders.forEach(order -> listWithoutItem(order, source.scores(order).keySet(), Set.of()));
  }

  private void listWithoutItem(String order, Set<String> types, Set<String> items) {
    for (String type : types) {
      if (!items.contains(type)) {
        findings.leftOut(part(order, type), "it has no item");
      }
    }
  }

  private void addNamed(SourceItem item) {
    String session = item.json() == null ? null : Json.text(item.json(), "sessionId");
    if (session == null) {
      findings.leftOut(item.key(), NAMELESS);
    } else {
      add(session, item);
    }
  }

  private void readBackoff() {
    Map<String, Double> times = scores(Family.BACKOFF);
    Map<String, String> items = hash(Family.BACKOFF_ITEMS);
    for (String session : both(times.keySet(), items.keySet())) {
      String text = items.get(session);
      Double time = times.get(session);
      String key = part(text == null ? "work:backoff" : "work:backoff:items", session);
      SourceItem item = SourceItem.of(Origin.BACKOFF, key, text);
      if (time != null) {
        add(session, item.until(Json.time(time)));
      } else {
        long until = item.json() == null ? 0 : Json.time(item.json(), "backoffUntil");
        add(session, item.until(until).flawed("it is not in work:backoff"));
      }
    }
  }

  private void add(String session, SourceItem item) {
    places.computeIfAbsent(session, each -> new ArrayList<>()).add(item);
  }

  private Map<String, String> hash(Family family) {
    Map<String, String> all = new HashMap<>();
    keys.of(family).forEach(key -> all.putAll(source.hash(key)));
    return all;
  }

  private Map<String, Double> scores(Family family) {
    Map<String, Double> all = new HashMap<>();
    keys.of(family).forEach(key -> all.putAll(source.scores(key)));
    return all;
  }

  private static Set<String> both(Set<String> some, Set<String> others) {
    Set<String> both = new TreeSet<>(some);
    both.addAll(others);
    return both;
  }
}
