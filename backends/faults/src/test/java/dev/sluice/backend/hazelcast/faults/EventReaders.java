package dev.sluice.backend.hazelcast.faults;

import dev.sluice.backend.hazelcast.faults.MemberMain.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A reader of each org's event log, with a cursor of its own. One thread at a time reads an org.
 */
final class EventReaders {

  private final FaultyCluster cluster;
  private final Map<String, List<String>> seen = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  EventReaders(FaultyCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Asks a member for the events behind those that were seen.
   *
   * @return false if there is no answer
   */
  boolean read(int member, String org) {
    List<String> before = of(org);
    String after = String.valueOf(before.size());
    Answer answer = cluster.call(member, Op.EVENTS, org, after).join();
    if (!answer.acknowledged()) {
      return false;
    }
    take(org, before, answer.text());
    return true;
  }

  /** Asks a member until nothing is left. Returns false if there is no answer. */
  boolean readAll(int member, String org) {
    int before;
    do {
      before = of(org).size();
      if (!read(member, org)) {
        return false;
      }
    } while (of(org).size() > before);
    return true;
  }

  private synchronized void take(String org, List<String> before, String text) {
    String[] words = text.split(" ");
    long oldest = Long.parseLong(words[0]);
    long latest = Long.parseLong(words[1]);
    if (before.size() < oldest - 1 || before.size() > latest) {
      problems.add(
          "%s has events %d to %d, and a reader had %d"
              .formatted(org, oldest, latest, before.size()));
      return;
    }
    List<String> all = new ArrayList<>(before);
    all.addAll(List.of(words).subList(2, words.length));
    seen.put(org, all);
  }

  /** What was seen of an org, in order. */
  synchronized List<String> of(String org) {
    return List.copyOf(seen.getOrDefault(org, List.of()));
  }

  /** Events that can't be read behind those that were seen. */
  synchronized List<String> problems() {
    return List.copyOf(problems);
  }
}
