package dev.sluice.fleet;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Names;
import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import dev.sluice.control.DeadCause;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest entries of a list that is ordered by end. Each look reads what is new at its
 * top. A walk in steps reads the rest. A later walk removes entries that left the list. It runs
 * when the length differs, or repeatedly if the length is unknown.
 */
final class PastScan {

  static final int STEP = 250;

  private static final int TOP = 50;

  /** For the top, and for steps while a walk is urgent. */
  private static final long BUDGET_NS = Duration.ofMillis(15).toNanos();

  private static final Comparator<Cursor> LATEST_FIRST =
      Comparator.comparingLong(Cursor::number)
          .thenComparing(Cursor::name, Names::compareBytes)
          .reversed();

  private final BiFunction<@Nullable Cursor, Integer, Page<Session>> list;
  private final long lateMs;
  private final Ticker ticker;
  private final NavigableMap<Cursor, Session> known = new TreeMap<>(LATEST_FIRST);
  private UnclaimedWork.Part latest = UnclaimedWork.Part.NONE;
  private int most = UnclaimedWork.MOST_KEPT;
  private boolean changed;

  /** True if the last page made older entries too many. */
  private boolean dropped;

  /** Begin of the next step; null for the top. */
  private @Nullable Cursor walked;

  /** True until the first walk is over, and that of a gap below the top. */
  private boolean reading = true;

  private boolean cut;
  private boolean differed;
  private long lookedAtMs;
  private Rest rest = Rest.NONE;

  /**
   * @param list the page of a size behind a cursor
   * @param lateMs how long after its time an entry may join the list
   */
  PastScan(BiFunction<@Nullable Cursor, Integer, Page<Session>> list, long lateMs, Ticker ticker) {
    this.list = list;
    this.lateMs = lateMs;
    this.ticker = ticker;
  }

  int size() {
    return known.size();
  }

  void keep(int entries) {
    most = entries;
    if (trim()) {
      cut = true;
      changed = true;
    }
  }

  /**
   * @param now epoch ms
   * @param length of the list; null if unknown
   */
  UnclaimedWork.Part look(long now, @Nullable Long length) {
    long begin = ticker.read();
    if (!reading || !known.isEmpty()) {
      top(begin);
    }
    lookedAtMs = now;
    boolean whole = !reading && !cut;
    boolean differs = whole && length != null && known.size() != length;
    if (differs && !differed) {
      walked = null;
    }
    differed = differs;
    if (reading || differs || (!(whole && length != null) && rest.isOver(begin))) {
      long from = ticker.read();
      do {
        step();
      } while (walked != null && (reading || differs) && ticker.read() - begin < BUDGET_NS);
      rest = Rest.after(from, ticker.read());
    }
    if (changed || latest.reading() != reading || latest.cut() != cut) {
      latest = new UnclaimedWork.Part(List.copyOf(known.values()), reading, cut);
      changed = false;
    }
    return latest;
  }

  private void top(long begin) {
    Cursor newest = known.isEmpty() ? null : known.firstKey();
    @Nullable Cursor at = null;
    int read = 0;
    int again = 0; // entries read from the newest known on
    do {
      int size = read == 0 ? TOP : STEP;
      at = next(at, size);
      read += size;
      again += newest != null && at != null && isBehind(at, newest) ? size : 0;
    } while (at != null
        && newest != null
        && (read == TOP || ticker.read() - begin < BUDGET_NS)
        && (again == 0 || (!reading && again < STEP && at.number() > lookedAtMs - lateMs)));
    if (at != null && (newest == null || isBehind(newest, at))) { // a gap, or nothing known
      reading = true;
      walked = at;
    } else if (reading && at != null && (walked == null || isBehind(at, walked))) {
      walked = at;
    }
  }

  private void step() {
    Cursor at = next(walked, STEP);
    boolean full =
        dropped || (known.size() >= most && at != null && !isBehind(known.lastKey(), at));
    walked = full ? null : at;
    if (walked == null) {
      reading = false;
      cut = full;
    }
  }

  /** Replaces what is known of a page, and returns its end; null for the end of the list. */
  private @Nullable Cursor next(@Nullable Cursor from, int size) {
    Page<Session> page = list.apply(from, size);
    Cursor to = page.next();
    NavigableMap<Cursor, Session> before = from == null ? known : known.tailMap(from, false);
    before = to == null ? before : before.headMap(to, true);
    NavigableMap<Cursor, Session> now = new TreeMap<>(LATEST_FIRST);
    page.items().forEach(session -> now.put(key(session), session));
    dropped = false;
    if (!before.keySet().equals(now.keySet())) {
      before.clear();
      now.forEach((key, session) -> known.put(key, brief(session)));
      dropped = trim();
      changed = true;
    }
    return to;
  }

  private boolean trim() {
    boolean over = known.size() > most;
    while (known.size() > most) {
      known.pollLastEntry();
    }
    return over;
  }

  private static boolean isBehind(Cursor one, Cursor other) {
    return LATEST_FIRST.compare(one, other) > 0;
  }

  private static Cursor key(Session session) {
    return new Cursor(session.endedAtMs(), session.id());
  }

  private static Session brief(Session session) {
    return session.withFields(
        session.place() == Place.DEAD
            ? DeadCause.of(session).fields()
            : Collections.emptySortedMap());
  }
}
