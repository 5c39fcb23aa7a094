package dev.sluice.backend.hazelcast.faults;

import dev.sluice.backend.hazelcast.faults.NetworkHosts.Link;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** A step of a sequence of faults. */
sealed interface Step {

  /**
   * Cuts these directions and mends all others.
   *
   * @param words name the fault
   */
  record Network(String words, Set<Link> cut) implements Step {

    @Override
    public String toString() {
      return words;
    }
  }

  record Pause(int member) implements Step {}

  record Resume(int member) implements Step {}

  /**
   * Kills a process.
   *
   * @param emptyDisk true if it starts again without its directory
   */
  record Kill(int member, boolean emptyDisk) implements Step {}

  /** Starts a killed one again. */
  record Start(int member) implements Step {}

  /** A fault lasts so long. */
  record Last(long ms) implements Step {}

  /** Waits until these members serve. */
  record Serve(Set<Integer> members) implements Step {}

  /** Waits until so many further items are acknowledged. */
  record Work(int items) implements Step {}

  static Network whole() {
    return new Network("mend all", Set.of());
  }

  /** Each of these members alone; the others see each other. */
  static Network alone(int size, Integer... members) {
    Set<Integer> alone = new TreeSet<>(Set.of(members));
    Set<Link> cut = new HashSet<>();
    for (int from = 0; from < size; from++) {
      for (int to = 0; to < size; to++) {
        if (from != to && (alone.contains(from) || alone.contains(to))) {
          cut.add(new Link(from, to));
        }
      }
    }
    return new Network("cut off each of " + alone, cut);
  }

  static Network between(int a, int b) {
    return new Network("cut the link " + a + "-" + b, Set.of(new Link(a, b), new Link(b, a)));
  }

  static Network oneWay(int from, int to) {
    return new Network("cut " + from + ">" + to, Set.of(new Link(from, to)));
  }

  /** The member hears the others, and none of them hears it; or the other way round. */
  static Network oneWay(int size, int member, boolean speaks) {
    Set<Link> cut = new HashSet<>();
    for (int other = 0; other < size; other++) {
      if (other != member) {
        cut.add(speaks ? new Link(other, member) : new Link(member, other));
      }
    }
    return new Network((speaks ? "deafen " : "silence ") + member, cut);
  }
}
