package dev.sluice.service.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The waiting polls of one org on this node. Thread-safe; no call blocks. */
final class Room {

  /** Waiters for which one poll of the store answers all, apart from nacks. */
  private record Group(Profile profile, boolean mayTake) {}

  private final SortedMap<Long, Waiter> looking = new TreeMap<>();

  /** No empty groups. */
  private final Map<Group, SortedMap<Long, Waiter>> asleep = new HashMap<>();

  /** Usually one per worker. */
  private final Map<String, List<Waiter>> byWorker = new HashMap<>();

  synchronized void enter(Waiter waiter) {
    looking.put(waiter.number, waiter);
    byWorker.computeIfAbsent(waiter.workerId(), id -> new ArrayList<>(1)).add(waiter);
  }

  /** Wakes to be passed on; empty while it polls again. */
  record Rest(Next next, List<Wake> wakes) {}

  enum Next {
    SLEEP,
    LOOK_AGAIN,
    END
  }

  synchronized Rest rest(Waiter waiter, Look look) {
    waiter.profile = look.profile();
    if (waiter.endsBy(look.freeSlots()) || waiter.due) {
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
   * Returns wakes to be passed on. Call once; {@code more} is true if the last poll left work,
   * failed, or never came.
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

  synchronized boolean end(Waiter waiter) {
    waiter.due = true;
    if (waiter.phase != Waiter.Phase.ASLEEP) {
      return false;
    }
    leave(waiter, true); // what sleeps has handed on its wakes
    return true;
  }

  synchronized List<Waiter> older(Waiter newer) {
    return byWorker.getOrDefault(newer.workerId(), List.of()).stream()
        .filter(waiter -> waiter.number < newer.number)
        .toList();
  }

  synchronized List<Waiter> all() {
    return byWorker.values().stream().flatMap(List::stream).toList();
  }

  /**
   * Returns the first suitable waiter, to be woken; null if there is none, or a polling one will
   * poll again.
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

  /** Returns those that slept. */
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

  private @Nullable Waiter firstLooking(Wake wake) {
    Waiter first = null;
    for (Waiter waiter : looking.values()) {
      Profile profile = waiter.profile;
      if (wake.needsSlot() && waiter.barred()) {
        continue;
      }
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
