package dev.sluice.backend.hazelcast.faults;

import dev.sluice.backend.hazelcast.faults.NetworkHosts.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A sequence of faults by its seed. It leaves at least one member alive that surely holds all that
 * was acknowledged: a cluster in memory can't survive the death of all of these.
 */
final class RandomSteps {

  private final Random random;
  private final int size;
  private final boolean longForm;
  private final List<Step> steps = new ArrayList<>();
  private final Set<Integer> paused = new TreeSet<>();
  private final Set<Integer> dead = new TreeSet<>();
  private Set<Link> cut = Set.of();
  private Set<Integer> holders;
  private long ms;

  private RandomSteps(long seed, int size, boolean longForm) {
    random = new Random(seed);
    this.size = size;
    this.longForm = longForm;
    holders = all();
  }

  static List<Step> of(long seed, int size, boolean longForm) {
    RandomSteps made = new RandomSteps(seed * 7_919 + size, size, longForm);
    made.make();
    return List.copyOf(made.steps);
  }

  private void make() {
    int faults = longForm ? 3 + random.nextInt(5) : 2 + random.nextInt(2);
    long limit = longForm ? 60_000 : 6_000;
    if (size > 2 && random.nextInt(3) == 0) {
      staleMember();
      faults--;
    }
    for (int i = 0; i < faults && ms < limit; i++) {
      fault();
      last();
    }
  }

  /** Others have newer acknowledgements when the next fault comes. */
  private void staleMember() {
    int stale = random.nextInt(size);
    network(Step.alone(size, stale));
    Set<Integer> others = all();
    others.remove(stale);
    steps.add(new Step.Serve(others));
    steps.add(new Step.Work(20 + random.nextInt(60)));
    ms += 5_000;
  }

  private void fault() {
    int member = random.nextInt(size);
    int other = (member + 1 + random.nextInt(size - 1)) % size;
    if (random.nextInt(3) == 0 && goOn()) {
      return;
    }
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> cutOff(member);
      case 4 -> network(Step.alone(size, all().toArray(Integer[]::new)));
      case 5 -> network(Step.between(member, other));
      case 6 -> network(Step.oneWay(member, other));
      case 7 -> network(Step.oneWay(size, member, random.nextBoolean()));
      case 8 -> network(Step.whole());
      case 9, 10, 11 -> pauseOrResume(member);
      default -> killOrStart(member);
    }
  }

  /** Returns false if none is paused or dead. */
  private boolean goOn() {
    if (!paused.isEmpty()) {
      pauseOrResume(paused.iterator().next());
      return true;
    }
    if (!dead.isEmpty()) {
      killOrStart(dead.iterator().next());
      return true;
    }
    return false;
  }

  private void pauseOrResume(int member) {
    if (paused.remove(member)) {
      steps.add(new Step.Resume(member));
    } else if (!dead.contains(member)) {
      paused.add(member);
      steps.add(new Step.Pause(member));
      narrow();
    } else {
      killOrStart(member);
    }
  }

  private void killOrStart(int member) {
    Set<Integer> left = new TreeSet<>(holders);
    left.remove(member);
    if (dead.remove(member)) {
      steps.add(new Step.Start(member));
      narrow();
    } else if (!left.isEmpty() && (size > 2 || member > 0)) {
      holders = left;
      paused.remove(member);
      dead.add(member);
      steps.add(new Step.Kill(member, random.nextInt(3) > 0));
      narrow();
    } else {
      cutOff(member);
    }
  }

  /** Another member if this one is cut off already. */
  private void cutOff(int member) {
    Step.Network network = Step.alone(size, member);
    network(network.cut().equals(cut) ? Step.alone(size, (member + 1) % size) : network);
  }

  private void network(Step.Network network) {
    cut = network.cut();
    steps.add(network);
    narrow();
  }

  private void last() {
    int shortest = random.nextInt(3) == 0 ? 300 : 4_000;
    long lasts = shortest + random.nextInt(shortest == 300 ? 1_500 : longForm ? 14_000 : 2_500);
    ms += lasts;
    steps.add(new Step.Last(lasts));
  }

  /** Members outside of a majority that may form miss what it acknowledges. */
  private void narrow() {
    for (Set<Integer> part : majorities()) {
      holders.retainAll(part);
    }
  }

  /** The largest sets of members that run, all see each other, and may serve. */
  private List<Set<Integer>> majorities() {
    List<Set<Integer>> parts = new ArrayList<>();
    for (int bits = 1; bits < 1 << size; bits++) {
      Set<Integer> part = new TreeSet<>();
      for (int member = 0; member < size; member++) {
        if ((bits & 1 << member) != 0) {
          part.add(member);
        }
      }
      boolean serves = part.size() > size / 2 || (size == 2 && part.contains(0));
      if (serves && whole(part)) {
        parts.add(part);
      }
    }
    return parts.stream()
        .filter(
            part -> parts.stream().noneMatch(o -> o.size() > part.size() && o.containsAll(part)))
        .toList();
  }

  private boolean whole(Set<Integer> part) {
    return part.stream()
        .allMatch(
            a ->
                !paused.contains(a)
                    && !dead.contains(a)
                    && part.stream().allMatch(b -> a.equals(b) || !cut.contains(new Link(a, b))));
  }

  private Set<Integer> all() {
    return new TreeSet<>(IntStream.range(0, size).boxed().toList());
  }
}
