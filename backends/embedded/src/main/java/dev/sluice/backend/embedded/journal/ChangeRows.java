package dev.sluice.backend.embedded.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.ChangeTable;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.WireFormat;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Changes as rows of the journal: a row's value is a change that rebuilds a record. Keys are {@code
 * org SEPARATOR kind name...}: in key order the rows of an org are together, and each kind follows
 * the kinds it needs.
 */
final class ChangeRows {

  static final char SESSION = '1';

  static final char COUNTERS = '2';
  static final char WORKER = '3';
  static final char EVENT = '4';
  static final char ACTIVITY = '5';
  static final char MESSAGE = '6';
  static final char ARCHIVE = '7';
  static final char QUEUE = '8';
  static final char REVOKED = '9';
  static final char TO_WRITE = 'A';
  static final char WRITTEN = 'B';
  static final char JOB = 'C';
  static final char AUDIT = 'D';
  static final char REPLAY = 'R';
  static final char STOP_ORDER = 'E';
  static final char ACKED = 'F';
  static final char CLOSURE = 'G';
  static final char FINDING = 'H';
  static final char NOTICE = 'I';
  static final char FIGURES = 'J';
  static final char LOGGED = 'K';

  private static final char SEPARATOR = (char) Row.SEPARATOR;

  /** Adds the rows of a change. */
  private interface Rows<C extends Change> {
    void add(Key key, C change, List<Row> rows);
  }

  private record Entry<C extends Change>(Class<C> type, Rows<C> rows) {
    void add(Key key, Change change, List<Row> to) {
      rows.add(key, type.cast(change), to);
    }
  }

  /** A restart rebuilds these, or needs them no more, since callers end with the process. */
  private static final List<Class<? extends Change>> NOT_WRITTEN =
      List.of(
          Change.PutLiveness.class,
          Change.PutNodes.class,
          Change.PutCall.class,
          Change.CountCause.class);

  private static final ChangeTable<Entry<?>> TABLE = new ChangeRows().table();

  private final Map<Class<? extends Change>, Entry<?>> entries = new HashMap<>();

  private ChangeRows() {}

  static void add(WireFormat wire, String org, Change change, List<Row> rows) {
    TABLE.of(change).add(new Key(wire, org), change, rows);
  }

  private ChangeTable<Entry<?>> table() {
    ofOrg();
    ofSessions();
    ofMessages();
    notWritten();
    return new ChangeTable<>(entries);
  }

  private <C extends Change> void on(Class<C> type, Rows<C> rows) {
    entries.put(type, new Entry<>(type, rows));
  }

  /** The change is the value of one row. */
  private <C extends Change> void put(Class<C> type, BiFunction<Key, C, String> row) {
    on(type, (key, change, rows) -> rows.add(key.put(row.apply(key, change), change)));
  }

  private <C extends Change> void delete(Class<C> type, BiFunction<Key, C, String> row) {
    on(type, (key, change, rows) -> rows.add(deleted(row.apply(key, change))));
  }

  /** Deletes all rows whose keys begin so. */
  private <C extends Change> void deleteUnder(Class<C> type, BiFunction<Key, C, String> begin) {
    on(type, (key, change, rows) -> rows.add(deletedUnder(begin.apply(key, change))));
  }

  private void ofOrg() {
    put(Change.PutCounters.class, (key, put) -> key.of(COUNTERS));
    put(Change.PutWorker.class, (key, put) -> key.of(WORKER, put.worker().id()));
    delete(Change.RemoveWorker.class, (key, remove) -> key.of(WORKER, remove.workerId()));
    put(Change.PutQueue.class, (key, put) -> key.of(QUEUE, put.queue().project()));
    put(Change.NoteRevoked.class, (key, note) -> key.of(REVOKED, note.keyId()));
    put(Change.PutJob.class, (key, put) -> key.of(JOB, put.job().id()));
    delete(Change.RemoveJob.class, (key, remove) -> key.of(JOB, remove.jobId()));
    put(Change.AddAudit.class, (key, add) -> key.of(AUDIT, add.line().id()));
    delete(Change.RemoveAudit.class, (key, remove) -> key.of(AUDIT, remove.id()));
    put(
        Change.PutAnswer.class,
        (key, put) -> key.of(REPLAY, put.answer().key(), put.answer().part()));
    deleteUnder(Change.RemoveAnswers.class, (key, remove) -> key.of(REPLAY, remove.key()));
    put(Change.PutStopOrder.class, (key, put) -> key.of(STOP_ORDER, put.order().id()));
    delete(Change.RemoveStopOrder.class, (key, remove) -> key.of(STOP_ORDER, remove.id()));
    on(
        Change.PutClosure.class,
        (key, put, rows) -> {
          String row = key.of(CLOSURE);
          rows.add(put.closure() == null ? deleted(row) : key.put(row, put));
        });
    put(Change.PutFinding.class, (key, put) -> key.of(FINDING, put.finding().finding().key()));
    delete(Change.RemoveFinding.class, (key, remove) -> key.of(FINDING, remove.key()));
    put(Change.PutNotice.class, (key, put) -> key.of(NOTICE, put.notice().notice().id()));
    delete(Change.RemoveNotice.class, (key, remove) -> key.of(NOTICE, remove.id()));
    put(Change.LogEvent.class, (key, log) -> key.of(LOGGED, log.event().number()));
    on(Change.DropEvents.class, ChangeRows::dropped);
    put(Change.PutFigures.class, (key, put) -> key.of(FIGURES, put.bucket().startMs()));
    delete(Change.RemoveFigures.class, (key, remove) -> key.of(FIGURES, remove.startMs()));
  }

  private void ofSessions() {
    put(Change.PutSession.class, (key, put) -> key.of(SESSION, put.session().id()));
    on(
        Change.MoveOut.class,
        (key, move, rows) -> {
          forget(key, move.session().id(), rows);
          rows.add(key.put(key.of(SESSION, move.session().id()), move));
        });
    on(
        Change.RemoveSession.class,
        (key, remove, rows) -> {
          forget(key, remove.sessionId(), rows);
          rows.add(deleted(key.of(SESSION, remove.sessionId())));
        });
    on(
        Change.AddEvent.class,
        (key, add, rows) -> line(key, EVENT, add.sessionId(), add.number(), add.keep(), add, rows));
    on(Change.PutTimeline.class, (key, put, rows) -> lines(key, EVENT, put.sessionId(), put, rows));
    on(
        Change.AddActivity.class,
        (key, add, rows) ->
            line(key, ACTIVITY, add.sessionId(), add.activity().id(), add.keep(), add, rows));
    on(
        Change.PutActivities.class,
        (key, put, rows) -> lines(key, ACTIVITY, put.sessionId(), put, rows));
    put(Change.ToWrite.class, (key, write) -> key.of(TO_WRITE, write.sessionId()));
    put(Change.NoteWritten.class, (key, note) -> key.of(WRITTEN, note.sessionId()));
  }

  private void ofMessages() {
    put(Change.PutMessage.class, (key, put) -> message(key, put.message()));
    delete(Change.RemoveMessage.class, (key, remove) -> message(key, remove.message()));
    deleteUnder(Change.ClearInbox.class, (key, clear) -> key.of(MESSAGE, clear.sessionId()));
    on(
        Change.AddAcked.class,
        (key, add, rows) -> line(key, ACKED, add.sessionId(), add.number(), add.keep(), add, rows));
    on(Change.PutAcked.class, (key, put, rows) -> lines(key, ACKED, put.sessionId(), put, rows));
    put(Change.PutArchive.class, (key, put) -> key.of(ARCHIVE, put.archive().sessionId()));
    delete(Change.RemoveArchive.class, (key, remove) -> key.of(ARCHIVE, remove.sessionId()));
  }

  private void notWritten() {
    NOT_WRITTEN.forEach(type -> on(type, (key, change, rows) -> {}));
  }

  static boolean written(Change change) {
    return !NOT_WRITTEN.contains(change.getClass());
  }

  /** Adds a numbered line, and deletes the one that it pushes out. */
  private static void line(
      Key key, char kind, String session, long number, int keep, Change change, List<Row> rows) {
    rows.add(key.put(key.of(kind, session, number), change));
    if (number > keep) {
      rows.add(deleted(key.of(kind, session, number - keep)));
    }
  }

  /** Replaces all lines. */
  private static void lines(Key key, char kind, String session, Change change, List<Row> rows) {
    rows.add(deletedUnder(key.of(kind, session)));
    rows.add(key.put(key.of(kind, session, 0), change));
  }

  /** The first row of the log says how many are gone. */
  private static void dropped(Key key, Change.DropEvents drop, List<Row> rows) {
    for (long number = drop.from(); number <= drop.upTo(); number++) {
      rows.add(deleted(key.of(LOGGED, number)));
    }
    rows.add(key.put(key.of(LOGGED, 0), new Change.DropEvents(drop.upTo(), drop.upTo())));
  }

  private static void forget(Key key, String sessionId, List<Row> rows) {
    rows.add(deletedUnder(key.of(EVENT, sessionId)));
    rows.add(deletedUnder(key.of(ACTIVITY, sessionId)));
    rows.add(deletedUnder(key.of(ACKED, sessionId)));
    rows.add(deleted(key.of(TO_WRITE, sessionId)));
    rows.add(deleted(key.of(WRITTEN, sessionId)));
  }

  private static String message(Key key, MessageRecord message) {
    return key.of(MESSAGE, message.sessionId())
        + message.lane().ordinal()
        + SEPARATOR
        + hex(message.seq());
  }

  static String org(String key) {
    return key.substring(0, key.indexOf(SEPARATOR));
  }

  static char kind(String key) {
    return key.charAt(key.indexOf(SEPARATOR) + 1);
  }

  static String name(String key) {
    String rest = key.substring(key.indexOf(SEPARATOR) + 2);
    return rest.substring(0, rest.length() - 1);
  }

  private record Key(WireFormat wire, String org) {

    Row put(String key, Change change) {
      return Row.put(StoreTable.STATES, key.getBytes(UTF_8), wire.toBytes(change));
    }

    String of(char kind) {
      return org + SEPARATOR + kind;
    }

    String of(char kind, long number) {
      return of(kind) + hex(number);
    }

    /** Ends with a separator, a prefix of all longer keys. */
    String of(char kind, String name) {
      return of(kind) + name + SEPARATOR;
    }

    String of(char kind, String name, long number) {
      return of(kind, name) + hex(number);
    }
  }

  /** Keeps numeric order; not for negative numbers. */
  private static String hex(long number) {
    return HexFormat.of().toHexDigits(number);
  }

  private static Row deleted(String key) {
    return Row.delete(StoreTable.STATES, key.getBytes(UTF_8));
  }

  private static Row deletedUnder(String key) {
    return Row.deleteUnder(StoreTable.STATES, key.getBytes(UTF_8));
  }
}
