package dev.sluice.backend.embedded.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Counters;
import dev.sluice.backend.engine.records.Liveness;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.UnreadableSession;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.wire.UnreadableBytesException;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the state of an org from its rows in the journal. The rest is new: each worker gets a
 * fresh lease, and counters skip the numbers that may have been used since they were written.
 */
final class StateBuilder {

  private final WireFormat wire;
  private final String org;
  private final byte[] prefix;
  private final OrgState state = new OrgState();
  private final List<String> workers = new ArrayList<>();
  private final List<Change.NoteWritten> written = new ArrayList<>();

  StateBuilder(WireFormat wire, String org) {
    this.wire = wire;
    this.org = org;
    prefix = (org + (char) Row.SEPARATOR).getBytes(UTF_8);
  }

  String org() {
    return org;
  }

  /** True for keys of its org. */
  boolean builds(byte[] key) {
    return key.length > prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  void add(byte[] key, byte[] value) {
    Change change = read(value);
    if (change == null) {
      unreadable(new String(key, UTF_8), value);
    } else if (change instanceof Change.ToWrite write) {
      if (ended(write.sessionId())) { // else requeued since
        state.apply(change);
      }
    } else if (change instanceof Change.NoteWritten note) {
      written.add(note);
    } else {
      if (change instanceof Change.PutWorker put) {
        workers.add(put.worker().id());
      }
      state.apply(change);
      if (change instanceof Change.LogEvent log) {
        take(log.counters());
      }
    }
  }

  /** The counters are in the row of an event, or in their own: later ones have a greater number. */
  private void take(@Nullable Counters counters) {
    if (counters != null && counters.seq() > state.counters().seq()) {
      state.apply(new Change.PutCounters(counters));
    }
  }

  OrgState build(long nowMs, long leaseMs) {
    written.sort(Comparator.comparingLong(Change.NoteWritten::atMs));
    written.forEach(state::apply);
    Liveness fresh = new Liveness(nowMs + leaseMs, nowMs, false, 0, 0, null, List.of(), 0);
    workers.forEach(worker -> state.apply(new Change.PutLiveness(worker, fresh)));
    Counters found = state.counters();
    state.apply(
        new Change.PutCounters(
            new Counters(
                found.seq() + 2 * JournalLog.MAX_UNWRITTEN_CHANGES,
                found.token(),
                found.nowMs(),
                found.lastSweepMs(),
                found.gapEndMs(),
                found.frontMs())));
    return state;
  }

  private boolean ended(String sessionId) {
    return state.session(sessionId) instanceof SessionRecord session
        && session.place() == Place.ENDED;
  }

  private void unreadable(String key, byte[] value) {
    char kind = ChangeRows.kind(key);
    if (kind != ChangeRows.SESSION) {
      throw new JournalException(
          "a row of org " + org + " in the journal is damaged: kind " + kind);
    }
    keep(key, value);
  }

  /** Calls on an unreadable session are refused by name. */
  void keep(String key, byte[] value) {
    state.keepUnreadable(new UnreadableSession(ChangeRows.name(key), value));
  }

  private @Nullable Change read(byte[] value) {
    try {
      return wire.fromBytes(value) instanceof Change change ? change : null;
    } catch (UnreadableBytesException | IllegalArgumentException e) {
      return null;
    }
  }
}
