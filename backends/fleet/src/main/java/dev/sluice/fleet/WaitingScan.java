package dev.sluice.fleet;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps waiting work, which changes anywhere: scans all again after a {@link Rest}. The lists of
 * projects take turns, so that a long one leaves room for others. A scan takes several looks;
 * meanwhile the last one stands.
 */
final class WaitingScan {

  /** A project with many sets of capabilities takes Redis up to 5 ms. */
  static final int STEP = 100;

  /** A look ends after the read that exceeds this. */
  private static final long BUDGET_NS = Duration.ofMillis(15).toNanos();

  /** After so long without a look, the results of the scan are out of date. */
  private static final long LEFT_MS = Duration.ofSeconds(30).toMillis();

  /** Least of a step, so that many projects don't make many calls. */
  private static final int LEAST = 25;

  private final Lists lists;
  private final Ticker ticker;
  private final Deque<Turn> turns = new ArrayDeque<>();
  private final Map<String, Session> seen = new LinkedHashMap<>();
  private UnclaimedWork.Part latest = UnclaimedWork.Part.NONE;
  private int most = UnclaimedWork.MOST_KEPT;
  private boolean scanning;
  private boolean cut;
  private int step;
  private long lookedAtMs;
  private long tookNs;
  private Rest rest = Rest.NONE;

  interface Lists {

    Page<Session> read(String project, Place place, @Nullable Cursor from, int limit);
  }

  /**
   * @param from null for the begin of the list
   */
  private record Turn(String project, Place place, @Nullable Cursor from) {}

  WaitingScan(Lists lists, Ticker ticker) {
    this.lists = lists;
    this.ticker = ticker;
  }

  int size() {
    return latest.sessions().size() + seen.size();
  }

  void keep(int entries) {
    most = entries;
    if (latest.sessions().size() > most) {
      latest = new UnclaimedWork.Part(latest.sessions().subList(0, most), latest.reading(), true);
    }
  }

  /**
   * @param now epoch ms
   */
  UnclaimedWork.Part look(long now, Page<ProjectQueue> queues) {
    long begin = ticker.read();
    if (now - lookedAtMs > LEFT_MS) {
      scanning = false;
      latest = new UnclaimedWork.Part(latest.sessions(), true, false);
    }
    lookedAtMs = now;
    if (!scanning && (latest.reading() || rest.isOver(begin))) {
      begin(queues);
    }
    if (scanning) {
      goOn(begin);
    }
    return latest;
  }

  private void begin(Page<ProjectQueue> queues) {
    scanning = true;
    cut = queues.next() != null;
    tookNs = 0;
    turns.clear();
    seen.clear();
    for (ProjectQueue queue : queues.items()) {
      Counts counts = queue.counts();
      turn(queue, Place.READY, counts.ready() + counts.returned());
      turn(queue, Place.PARKED, counts.parked());
      turn(queue, Place.LATER, counts.later());
    }
    step = Math.max(LEAST, Math.min(STEP, most / Math.max(1, turns.size())));
  }

  private void turn(ProjectQueue queue, Place place, long count) {
    if (count > 0) {
      turns.add(new Turn(queue.project(), place, null));
    }
  }

  private void goOn(long begin) {
    do {
      step();
    } while (!turns.isEmpty() && ticker.read() - begin < BUDGET_NS);
    long end = ticker.read();
    tookNs += end - begin;
    scanning = !turns.isEmpty();
    if (!scanning || latest.reading() && seen.size() > latest.sessions().size()) {
      latest =
          new UnclaimedWork.Part(
              seen.values().stream().sorted(UnclaimedWork.HAND_OUT).toList(),
              scanning,
              !scanning && cut);
    }
    if (!scanning) {
      seen.clear();
      rest = Rest.after(end - tookNs, end);
    }
  }

  /** A turn whose read fails stays. */
  private void step() {
    Turn turn = turns.peek();
    if (turn == null) {
      return;
    }
    @Nullable Cursor next = null;
    try {
      int limit = Math.min(step, most - seen.size());
      Page<Session> page = lists.read(turn.project(), turn.place(), turn.from(), limit);
      for (Session session : page.items()) { // one that moved is seen twice
        seen.put(session.id(), session.withFields(Collections.emptySortedMap()));
      }
      next = page.next();
    } catch (RefusedException damaged) {
      cut = true;
    }
    turns.remove();
    if (next != null) {
      turns.add(new Turn(turn.project(), turn.place(), next));
    }
    if (seen.size() >= most) {
      cut |= !turns.isEmpty();
      turns.clear();
    }
  }
}
