package dev.sluice.service.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The waiting polls of one org on this node, in the order in which they came. Each call is short
 * and never waits for anything but the others.
 */
final class Room {

  /** Polls that one look tells all about, but for what their workers nacked. */
  private record Group(Profile profile, boolean mayTake) {}

  private final SortedMap<Long, Waiter> looking = new TreeMap<>();

  /** Those that sleep; no group without one. */
  private final Map<Group, SortedMap<Long, Waiter>> asleep = new HashMap<>();

  /** By worker; more than one only for a moment. */
  private final Map<String, List<Waiter>> byWorker = new HashMap<>();

  /** A poll comes, and is about to look. */
  synchronized void enter(Waiter waiter) {
    looking.put(waiter.number, waiter);
    byWorker.computeIfAbsent(waiter.workerId(), id -> new ArrayList<>(1)).add(waiter);
  }

  /**
   * What becomes of a poll that looked and found nothing.
   *
   * @param wakes what goes on to others; nothing while it is to look again
   */
  record Rest(Next next, List<Wake> wakes) {}

  /** What it does next. */
  enum Next {
    SLEEP,
    /** Something came while it looked. */
    LOOK_AGAIN,
    /** Its time is over; it has left. */
    END
  }

  /** A poll that looked found nothing. */
  synchronized Rest rest(Waiter waiter, Look look) {
    waiter.profile = look.profile();
    waiter.mayTake = look.mayTake();
    if (waiter.due) {
      return new Rest(Next.END, leave(waiter, look.more()));
    }
    if (waiter.lookAgain) {
      waiter.lookAgain = false; // what comes from here on is for another look than the next
      return new Rest(Next.LOOK_AGAIN, List.of());
    }
    looking.remove(waiter.number);
    waiter.phase = Waiter.Phase.ASLEEP;
    asleep.computeIfAbsent(group(waiter), g -> new TreeMap<>()).put(waiter.number, waiter);
    return new Rest(Next.SLEEP, waiter.takeWakes(look.more()));
  }

  /**
   * A poll is over. To be called once.
   *
   * @param more whether its last look left any work; true if there was none, or it failed
   * @return the wakes that go on to others
   */
  synchronized List<Wake> leave(Waiter waiter, boolean more) {
    if (waiter.phase == Waiter.Phase.ASLEEP) {
      rouse(waiter);
    }
    looking.remove(waiter.number);
    waiter.phase = Waiter.Phase.OVER;
    List<Waiter> ofWorker = byWorker.getOrDefault(waiter.workerId(), List.of());
    ofWorker.remove(waiter);
    if (ofWorker.isEmpty()) {
      byWorker.remove(waiter.workerId());
    }
    return waiter.takeWakes(more);
  }

  /**
   * The time of a poll is over.
   *
   * @return whether it slept: then it is the caller's to answer; else it ends by itself
   */
  synchronized boolean end(Waiter waiter) {
    waiter.due = true;
    if (waiter.phase != Waiter.Phase.ASLEEP) {
      return false;
    }
    leave(waiter, true); // what sleeps has handed on its wakes
    return true;
  }

  /** Those of its worker that came before it. */
  synchronized List<Waiter> older(Waiter newer) {
    return byWorker.getOrDefault(newer.workerId(), List.of()).stream()
        .filter(waiter -> waiter.number < newer.number)
        .toList();
  }

  synchronized List<Waiter> all() {
    return byWorker.values().stream().flatMap(List::stream).toList();
  }

  /**
   * Picks the first whom a wake suits.
   *
   * @return one that slept and has to look now; null if there is none, or one that looks anyway
   *     will look again
   */
  synchronized @Nullable Waiter wake(Wake wake) {
    Waiter first = null;
    for (Map.Entry<Group, SortedMap<Long, Waiter>> entry : asleep.entrySet()) {
      Waiter candidate = first(entry.getKey(), entry.getValue(), wake);
      if (candidate != null && (first == null || candidate.number < first.number)) {
        first = candidate;
      }
    }
    if (first != null) {
      first.add(wake);
      rouse(first);
      return first;
    }
    Waiter awake = firstLooking(wake);
    if (awake != null) {
      awake.add(wake);
      awake.lookAgain = true;
    }
    return null;
  }

  /** Wakes those of a worker; answers which slept and have to look now. */
  synchronized List<Waiter> wakeWorker(String workerId) {
    List<Waiter> slept = new ArrayList<>(1);
    for (Waiter waiter : byWorker.getOrDefault(workerId, List.of())) {
      if (waiter.phase == Waiter.Phase.ASLEEP) {
        rouse(waiter);
        slept.add(waiter);
      } else {
        waiter.lookAgain = true;
      }
    }
    return slept;
  }

  private void rouse(Waiter waiter) {
    Group group = group(waiter);
    SortedMap<Long, Waiter> others = asleep.get(group);
    if (others != null) {
      others.remove(waiter.number);
      if (others.isEmpty()) {
        asleep.remove(group);
      }
    }
    waiter.phase = Waiter.Phase.LOOKING;
    waiter.lookAgain = false;
    looking.put(waiter.number, waiter);
  }

  private static Group group(Waiter waiter) {
    return new Group(Objects.requireNonNull(waiter.profile, "it has looked"), waiter.mayTake);
  }

  private static @Nullable Waiter first(Group group, SortedMap<Long, Waiter> polls, Wake wake) {
    if (!wake.suits(group.profile()) || (wake.needsSlot() && !group.mayTake())) {
      return null;
    }
    SortedMap<Long, Waiter> left = polls.tailMap(wake.passed(group.profile()) + 1);
    return left.isEmpty() ? null : left.get(left.firstKey());
  }

  /** One that isn't to look again already, if there is one. */
  private @Nullable Waiter firstLooking(Wake wake) {
    Waiter first = null;
    for (Waiter waiter : looking.values()) {
      Profile profile = waiter.profile;
      if (profile == null || (wake.suits(profile) && waiter.number > wake.passed(profile))) {
        if (!waiter.lookAgain) {
          return waiter;
        }
        first = first == null ? waiter : first;
      }
    }
    return first;
  }
}
